using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Desk.Show;

/// <summary>How much lies on a desk.</summary>
/// <param name="Soon">Due within three days.</param>
public sealed record DeskFigures(int Total, int Soon, int Overdue);

/// <summary>A work item with the batch it belongs to.</summary>
public sealed record DeskLine(WorkItem Item, string BatchName);

/// <summary>Open work items of one desk, most urgent first; those without a limit come last.</summary>
public sealed class DeskQuery(ApplicationsDbContext db, TimeProvider clock)
{
    private const int PageSize = 50;
    private const int SoonDays = 3;

    /// <param name="after">The last item of the page before: UTC ticks of its limit, 0 for none, and its id.</param>
    public async Task<(IReadOnlyList<DeskLine> Lines, bool More)> ExecuteAsync(Actor actor, string? search, (long Ticks, Guid Id)? after, CancellationToken ct)
    {
        var items = Open(actor, search);
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
        var counts = await Open(actor, null).GroupBy(_ => 1)
            .Select(g => new DeskFigures(g.Count(), g.Count(w => w.DueAt >= now && w.DueAt < soon), g.Count(w => w.DueAt < now)))
            .FirstOrDefaultAsync(ct);
        return counts ?? new DeskFigures(0, 0, 0);
    }

    private IQueryable<WorkItem> Open(Actor actor, string? search)
    {
        var items = db.WorkItems.AsNoTracking().Where(w => w.Holder == actor.Holder && w.ClosedAt == null);
        if (string.IsNullOrWhiteSpace(search))
        {
            return items;
        }

        var text = search.Trim();
        return items.Where(w => w.Subject.Contains(text) || w.Title.Contains(text));
    }
}
