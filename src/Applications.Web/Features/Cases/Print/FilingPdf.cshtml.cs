using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Trail;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Applications.Web.Documents;
using Applications.Web.Features.Cases.Rounds;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Applications.Web.Infrastructure.Startup;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Cases.Print;

/// <summary>The application as it was last filed, as a PDF, for everybody who may read the case; to the applicant the draft, while nothing is filed.</summary>
public sealed class FilingPdfModel(FilingPdfQuery query, DocumentFont font, House house, IOptions<SiteSettings> site, CurrentActor actor, AuditWriter audit) : PageModel
{
    /// <summary>Making one takes a processor; two at a time leave the pages theirs.</summary>
    private static readonly SemaphoreSlim Turns = new(2, 2);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var root = site.Value.BaseUrl.Length > 0 ? site.Value.BaseUrl.TrimEnd('/') : $"{Request.Scheme}://{Request.Host}";
        var content = await query.ExecuteAsync(id, house.Department, $"{root}/filings/check", actor.Value, ct);
        if (font.Find() is not { } typeface)
        {
            TempData.Warning(DocumentFont.Missing);
            return LocalRedirect($"/cases/{id}");
        }

        await Turns.WaitAsync(ct);
        try
        {
            var pdf = await Task.Run(() => new FilingDocument(typeface).Make(content), ct);
            await audit.WriteAsync(actor.Value, "download-filing", ("case", id), ct, content.IsDraft ? "草稿" : $"第 {content.Filing.Round} 次封存");
            return File(pdf, "application/pdf", $"申报书-{content.Number}.pdf");
        }
        finally
        {
            Turns.Release();
        }
    }
}

/// <summary>The last filing of a case the actor may see. An expert reads what was filed, not who at the enterprise filed it.</summary>
public sealed class FilingPdfQuery(ApplicationsDbContext db, DefinitionCatalog definitions, CaseFormQuery forms, TimeProvider clock)
{
    public async Task<FilingContent> ExecuteAsync(Guid id, string department, string checkAddress, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var found = await (
            from a in db.Applications.AsNoTracking().VisibleTo(db, actor)
            join b in db.Batches on a.BatchId equals b.Id
            from last in db.Filings.Where(f => f.CaseId == a.Id && f.Round == a.FilingRound).DefaultIfEmpty()
            where a.Id == id && (last != null || actor.Role == Roles.Applicant)
            select new { Application = a, Batch = b, Last = last }).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException();
        var (application, batch) = (found.Application, found.Batch);
        var form = definitions.Form(batch.FormId);
        var (filing, answers, check, files) = found.Last is { } filed
            ? await FiledAsync(form, batch, filed, ct)
            : await DraftAsync(application, actor, ct);
        var order = form.Fields.Select((f, i) => (f.Key, i)).ToDictionary(f => f.Key, f => f.i);
        return new FilingContent(
            definitions.Programme(batch.ProgrammeId).Name, batch.Name, department, application.EnterpriseName, application.Number ?? "草稿", actor.Role == Roles.Expert ? null : filing.FiledByName,
            filing, form, answers, check, [.. files.OrderBy(f => order.GetValueOrDefault(f.FieldKey, int.MaxValue))], checkAddress);
    }

    private async Task<(Filing, Answers, AnswerCheck, IReadOnlyList<Attachment>)> FiledAsync(FormDefinition form, Batch batch, Filing filing, CancellationToken ct)
    {
        var files = await db.Attachments.AsNoTracking().Where(a => a.CaseId == filing.CaseId).InFiling(filing.Round).OrderBy(a => a.AddedAt).ToListAsync(ct);
        return (filing, Answers.Parse(filing.Answers), FilingChanges.CheckOf(form, batch, filing, files), files);
    }

    /// <summary>As the form's own pages show it, what the enterprise record gives included.</summary>
    private async Task<(Filing, Answers, AnswerCheck, IReadOnlyList<Attachment>)> DraftAsync(Application application, Actor actor, CancellationToken ct)
    {
        var draft = await forms.ExecuteAsync(application, ct);
        var filing = new Filing
        {
            Id = Guid.Empty,
            CaseId = application.Id,
            Round = 0,
            FiledAt = clock.GetUtcNow().UtcDateTime,
            FiledByName = actor.Name,
            Answers = application.Answers,
            Enterprise = string.Empty,
            Digest = string.Empty,
        };
        return (filing, draft.Answers, draft.Check, draft.Files);
    }
}
