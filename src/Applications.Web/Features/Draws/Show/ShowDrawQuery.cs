using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws.Show;

/// <summary>A file of a draw.</summary>
public sealed record DrawnCase(Guid Id, string Number, string Name);

/// <summary>A draw as the department sees it.</summary>
/// <param name="Record">Null before the draw.</param>
/// <param name="IsOpen">True when the reader may see names.</param>
/// <param name="Advice">What the pool can give today, for the approver; null for others.</param>
public sealed record DrawView(PanelDraw Draw, string BatchName, IReadOnlyDictionary<Guid, DrawnCase> Cases, DrawRecord? Record, bool IsOpen, DrawAdvice? Advice);

/// <summary>An expert who was not drawn, and why.</summary>
public sealed record NotDrawn(string Name, string Employer, string Because);

public sealed class ShowDrawQuery(ApplicationsDbContext db, DrawPool pool, TimeProvider clock)
{
    private const int MostFound = 30;

    public async Task<DrawView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var found = actor.IsDepartment || actor.Is(Roles.Pool)
            ? await (from d in db.Draws.AsNoTracking() join b in db.Batches.AsNoTracking() on d.BatchId equals b.Id where d.Id == id select new { Draw = d, Batch = b }).SingleOrDefaultAsync(ct)
            : null;
        var draw = found?.Draw ?? throw new NotFoundException();
        var ids = draw.Groups.SelectMany(g => g.Cases).ToList();
        var cases = await db.Applications.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new DrawnCase(a.Id, a.Number ?? string.Empty, a.EnterpriseName)).ToDictionaryAsync(c => c.Id, ct);
        var advice = draw.State == DrawState.Requested && actor.Is(Roles.Head, Roles.Pool)
            ? DrawAdvisor.Advise(draw.Request, await pool.ForAsync(draw, ct))
            : null;
        return new DrawView(
            draw, found.Batch.Name, cases, draw.Record is null ? null : DrawRecordJson.Read(draw.Record),
            draw.Record is not null && NameSeal.IsOpenTo(actor, draw.SessionOn, draw.DecidedBy, draw.DrawnBy, ChinaTime.Today(clock)), advice);
    }

    /// <summary>Experts of the snapshot by a piece of name or employer, and why each does not sit on the panel.</summary>
    public static IReadOnlyList<NotDrawn> Find(DrawRecord record, string panel, string text)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(text);
        var members = record.MembersOf(panel).Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. record.Pool.Where(c => !members.Contains(c.Id) && (c.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || c.Employer.Contains(text, StringComparison.OrdinalIgnoreCase)))
                .Take(MostFound).Select(c => new NotDrawn(c.Name, c.Employer, DrawExplainer.WhyNot(record, panel, c.Id))),
        ];
    }

    /// <summary>The whole pool by why it does not sit on the panel, most first.</summary>
    public static IReadOnlyList<(string Because, int Count)> Tally(DrawRecord record, string panel)
    {
        ArgumentNullException.ThrowIfNull(record);
        var request = record.Request.Panels.Single(p => p.Key == panel);
        var members = record.MembersOf(panel).Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. record.Pool.Where(c => !members.Contains(c.Id))
                .Select(c => DrawExplainer.HindranceOf(c, request, record.Request.Rules) is { } h ? DrawWords.Of(h) : "符合条件，未抽中或在其他席位")
                .CountBy(w => w).OrderByDescending(w => w.Value).Select(w => (w.Key, w.Value)),
        ];
    }
}
