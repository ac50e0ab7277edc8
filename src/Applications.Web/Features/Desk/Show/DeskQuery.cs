using Applications.Data;
using Applications.Data.Accounts;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Desk.Show;

/// <summary>How much lies on a desk.</summary>
/// <param name="Soon">Due within three days.</param>
public sealed record DeskFigures(int Total, int Soon, int Overdue);

/// <summary>A work item with the batch it belongs to.</summary>
public sealed record DeskLine(WorkItem Item, string BatchName);

/// <summary>A batch in which experts are late with their sheets.</summary>
public sealed record LateBatch(Guid Id, string Name, int Sheets);

/// <summary>An expert asks for a locked sheet back.</summary>
public sealed record AskedSheet(Guid CaseId, string Enterprise, string BatchName, string Reason, DateTime AskedAt);

/// <summary>Open work items of one desk, most urgent first; those without a limit come last.</summary>
public sealed class DeskQuery(ApplicationsDbContext db, DelegationSource delegations, TimeProvider clock)
{
    private const int PageSize = 50;
    private const int SoonDays = 3;

    /// <summary>Decisions; work with a page of its own belongs to the post, where any colleague can do it.</summary>
    private static readonly string[] Delegable = [Tasks.Check, Tasks.FormalCheck, Tasks.SignList, Tasks.Announce, Tasks.Countersign];

    private IReadOnlyList<Delegation>? powers;

    /// <param name="after">The last item of the page before: UTC ticks of its limit, 0 for none, and its id.</param>
    public async Task<(IReadOnlyList<DeskLine> Lines, bool More)> ExecuteAsync(Actor actor, string? search, (long Ticks, Guid Id)? after, CancellationToken ct)
    {
        var items = Open(actor, await PowersAsync(actor, ct), search);
        if (after is { Ticks: 0, Id: var last })
        {
            items = items.Where(w => w.DueAt == null && w.Id.CompareTo(last) > 0);
        }
        else if (after is { Ticks: > 0 } key && key.Ticks < DateTime.MaxValue.Ticks)
        {
            var moment = new DateTime(key.Ticks, DateTimeKind.Utc);
            items = items.Where(w => w.DueAt == null || w.DueAt > moment || (w.DueAt == moment && w.Id.CompareTo(key.Id) > 0));
        }

        var page = await (
            from w in items.OrderBy(w => w.DueAt == null).ThenBy(w => w.DueAt).ThenBy(w => w.Id).Take(PageSize + 1)
            join b in db.Batches on w.BatchId equals b.Id
            orderby w.DueAt == null, w.DueAt, w.Id
            select new DeskLine(w, b.Name)).ToListAsync(ct);
        return page.Count > PageSize ? (page[..PageSize], true) : (page, false);
    }

    public async Task<DeskFigures> FiguresAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var soon = now.AddDays(SoonDays);
        var counts = await Open(actor, await PowersAsync(actor, ct), null).GroupBy(_ => 1)
            .Select(g => new DeskFigures(g.Count(), g.Count(w => w.DueAt >= now && w.DueAt < soon), g.Count(w => w.DueAt < now)))
            .FirstOrDefaultAsync(ct);
        return counts ?? new DeskFigures(0, 0, 0);
    }

    /// <summary>Batches with sheets that are overdue, those with the most first.</summary>
    public async Task<IReadOnlyList<LateBatch>> LateAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await (
            from w in db.WorkItems.AsNoTracking()
            join b in db.Batches on w.BatchId equals b.Id
            where w.Task == Tasks.Score && w.ClosedAt == null && w.StayedAt == null && w.Participant != null && w.DueAt < now
            group w by new { b.Id, b.Name } into late
            orderby late.Count() descending, late.Key.Name
            select new LateBatch(late.Key.Id, late.Key.Name, late.Count())).Take(PageSize).ToListAsync(ct);
    }

    /// <summary>Experts who ask for a locked sheet back while their panel is at work, the longest waiting first. Not by name: it may be sealed.</summary>
    public async Task<IReadOnlyList<AskedSheet>> AskedAsync(CancellationToken ct) => await (
        from r in db.Reviews.AsNoTracking()
        join a in db.Applications on r.CaseId equals a.Id
        join b in db.Batches on a.BatchId equals b.Id
        where r.ReopenAskedAt != null && r.State == ReviewState.Locked && a.Result == null && db.WorkItems.Any(w => w.CaseId == a.Id && w.ClosedAt == null && w.Task == Tasks.Score)
        orderby r.ReopenAskedAt
        select new AskedSheet(a.Id, a.EnterpriseName, b.Name, r.ReopenReason!, r.ReopenAskedAt!.Value)).Take(PageSize).ToListAsync(ct);

    /// <summary>Figures and list of one page ask once.</summary>
    private async Task<IReadOnlyList<Delegation>> PowersAsync(Actor actor, CancellationToken ct) => powers ??= await delegations.HeldAsync(actor, ct);

    /// <summary>What lies on the desk, what was given to the reader by name, and what he may decide in another's place.</summary>
    private IQueryable<WorkItem> Open(Actor actor, IReadOnlyList<Delegation> held, string? search)
    {
        var (me, holder, own) = (actor.UserId, actor.Holder, actor.OwnDesk);
        var open = db.WorkItems.AsNoTracking().Where(w => w.ClosedAt == null && w.StayedAt == null);
        var items = open.Where(w => (w.Holder == holder && (w.AssigneeId == null || w.AssigneeId == me)) || w.Holder == own);
        foreach (var power in held)
        {
            var (desk, from, programme) = (power.FromHolder, power.FromUserId, power.ProgrammeKey);
            var lent = open.Where(w => w.Holder == desk && w.Holder != holder && Delegable.Contains(w.Task) && (w.AssigneeId == null || w.AssigneeId == from));
            items = items.Union(programme is null ? lent : lent.Where(w => db.Batches.Any(b => b.Id == w.BatchId && b.ProgrammeKey == programme)));
        }

        if (string.IsNullOrWhiteSpace(search))
        {
            return items;
        }

        var text = search.Trim();
        return items.Where(w => w.Subject.Contains(text) || w.Title.Contains(text));
    }
}
