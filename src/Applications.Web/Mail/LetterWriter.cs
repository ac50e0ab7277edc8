using System.Collections.Concurrent;
using Applications.Data;
using Applications.Data.Outbox;
using Applications.Domain.Calendars;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Startup;
using Fluid;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Mail;

/// <summary>Composes letters from Liquid templates: one row in the ledger for each reader, delivered through the outbox.</summary>
public sealed class LetterWriter(ApplicationsDbContext db, TimeProvider clock, IOptions<SiteSettings> site, IOptions<MailSettings> mail)
{
    private static readonly FluidParser Parser = new();

    /// <summary>Parsed once: they came with the program.</summary>
    private static readonly ConcurrentDictionary<string, IFluidTemplate> Templates = new(StringComparer.Ordinal);

    /// <param name="intent">The outbox message; it names the mails, so that writing twice is writing once.</param>
    public async Task WriteAsync(Guid intent, SendLetter letter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var batch = letter.BatchId is { } batchId ? await db.Batches.AsNoTracking().SingleAsync(b => b.Id == batchId, ct) : null;
        var application = letter.CaseId is { } id ? await db.Applications.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) : null;
        var title = letter.TitleId is { } titleId ? await db.Certificates.AsNoTracking().SingleAsync(c => c.Id == titleId, ct) : null;
        var holder = letter.Audience.Split(':');
        var (role, scope) = (holder[0], holder.Length > 1 ? Guid.Parse(holder[1]) : (Guid?)null);
        var readers = await db.Users.AsNoTracking()
            .Where(u => !u.IsDisabled && u.Email != null && (role == "user" ? u.Id == scope : u.Role == role && u.ScopeId == scope)).ToListAsync(ct);
        var now = UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime);
        foreach (var reader in readers)
        {
            var messageId = $"<{intent:N}.{reader.Id:N}@{mail.Value.From.Split('@')[^1]}>";
            if (await db.Mails.AnyAsync(m => m.MessageId == messageId, ct))
            {
                continue;
            }

            var context = new TemplateContext();
            context.SetValue("name", reader.DisplayName);
            context.SetValue("enterprise", application?.EnterpriseName ?? (role == Roles.Applicant ? reader.ScopeName : null) ?? string.Empty);
            context.SetValue("number", application?.Number ?? "（尚未编号）");
            context.SetValue("stage", title?.StageTitle ?? application?.StageTitle ?? batch?.StageTitle ?? string.Empty);
            context.SetValue("certificate", title?.Number ?? string.Empty);
            context.SetValue("batch", batch?.Name ?? string.Empty);
            context.SetValue("reason", letter.Reason ?? string.Empty);
            context.SetValue("because", letter.Because);
            context.SetValue("closes", batch is null ? string.Empty : ChinaTime.FormatDeadline(batch.FilingClosesAt));
            context.SetValue("link", site.Value.BaseUrl.TrimEnd('/') + (letter.Path ?? (title is null ? PathFor(role, batch?.Id, application?.Id) : $"/titles/{title.Id}")));
            var text = await Template(letter.Template).RenderAsync(context);
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            var message = new MailMessage
            {
                Id = Guid.CreateVersion7(),
                MessageId = messageId,
                UserId = reader.Id,
                ToAddress = reader.Email!,
                ToName = reader.DisplayName,
                Template = letter.Template,
                Subject = text[..end].Trim(),
                Body = text[end..].Trim(),
                Because = letter.Because,
                SubjectId = letter.TitleId ?? letter.CaseId ?? letter.BatchId ?? intent,
                CreatedAt = now,
            };
            db.Mails.Add(message);
            db.Send(OutboxKinds.DeliverMail, new DeliverMail(message.Id), $"mail:{message.Id:N}", now);
        }

        await db.SaveChangesAsync(ct);
    }

    private static string PathFor(string role, Guid? batch, Guid? application) => application switch
    {
        null => batch is null ? "/desk" : $"/admin/batches/{batch}",
        { } id when role == Roles.Expert => $"/reviews/{id}",
        { } id => $"/cases/{id}",
    };

    private static IFluidTemplate Template(string name) => Templates.GetOrAdd(name, Read);

    private static IFluidTemplate Read(string name)
    {
        using var stream = typeof(LetterWriter).Assembly.GetManifestResourceStream($"Applications.Web.Mail.Templates.{name}.liquid")
            ?? throw new InvalidOperationException($"There is no letter '{name}'.");
        using var reader = new StreamReader(stream);
        return Parser.Parse(reader.ReadToEnd());
    }
}
