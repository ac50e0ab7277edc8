using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Web.Features.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Experts.List;

public enum ExpertOrder
{
    Name,

    /// <summary>Whose term ends first.</summary>
    Term,

    /// <summary>Who asked last.</summary>
    Applied,

    /// <summary>Whose data are oldest.</summary>
    Updated,
}

/// <param name="Field">GB/T 4754 division, for example C34.</param>
/// <param name="Status">As <see cref="Expert.StatusOn"/> says today.</param>
/// <param name="Stale">Only those who have to look through their data.</param>
public sealed record ExpertFilter(string? Q, string? Field, string? Category, string? City, ExpertStatus? Status, bool Stale, ExpertOrder Order, Guid? After);

/// <param name="Sessions">Rounds of review this year.</param>
public sealed record ExpertLine(Expert Expert, int Assigned, int Locked, int Declined, int Sessions);

/// <summary>Experts by key, with how much they were used as far as the names of a draw are open to the reader.</summary>
public sealed class ExpertListQuery(ApplicationsDbContext db, SealedSourcesQuery sources, IOptions<PoolRules> rules, TimeProvider clock)
{
    private const int PageSize = 50;

    /// <summary>Stands for a day that is not set, behind all that are.</summary>
    private static readonly DateOnly Never = new(9000, 1, 1);

    public async Task<(IReadOnlyList<ExpertLine> Lines, bool More)> ExecuteAsync(ExpertFilter filter, Actor actor, CancellationToken ct, int size = PageSize)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var today = ChinaTime.Today(clock);
        var yearStart = ChinaTime.StartOfDay(new DateOnly(today.Year, 1, 1));
        var reviews = db.Reviews.Without(await sources.AllAsync(actor, ct));
        var experts = await AfterAsync(Filter(db.Experts.AsNoTracking(), filter, today), filter, ct);
        var lines = await Ordered(experts, filter.Order)
            .Select(e => new ExpertLine(
                e,
                reviews.Count(r => r.ExpertId == e.Id),
                reviews.Count(r => r.ExpertId == e.Id && r.State == ReviewState.Locked),
                reviews.Count(r => r.ExpertId == e.Id && r.State == ReviewState.Declined),
                reviews.Where(r => r.ExpertId == e.Id && r.AssignedAt >= yearStart).Select(r => new { r.BatchId, r.Round }).Distinct().Count()))
            .Take(size + 1).ToListAsync(ct);
        return lines.Count > size ? (lines[..size], true) : (lines, false);
    }

    /// <summary>On all pages together.</summary>
    public Task<int> CountAsync(ExpertFilter filter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Filter(db.Experts, filter, ChinaTime.Today(clock)).CountAsync(ct);
    }

    private IQueryable<Expert> Filter(IQueryable<Expert> experts, ExpertFilter filter, DateOnly today)
    {
        if (!string.IsNullOrWhiteSpace(filter.Q))
        {
            var text = filter.Q.Trim();
            experts = experts.Where(e => e.Name.Contains(text) || e.Employer.Contains(text) || e.Keywords.Contains(text));
        }

        if (!string.IsNullOrWhiteSpace(filter.Field))
        {
            var code = filter.Field.Trim().ToUpperInvariant();
            experts = experts.Where(e => e.Fields.Contains(code));
        }

        if (!string.IsNullOrEmpty(filter.Category))
        {
            experts = experts.Where(e => e.Category == filter.Category);
        }

        if (!string.IsNullOrEmpty(filter.City))
        {
            experts = experts.Where(e => e.CityCode == filter.City);
        }

        if (filter.Stale)
        {
            var before = today.AddMonths(-rules.Value.UpdateMonths);
            experts = experts.Where(Expert.InPoolOn(today)).Where(e => e.UpdatedOn == null || e.UpdatedOn <= before);
        }

        return filter.Status switch
        {
            null => experts,
            ExpertStatus.InPool => experts.Where(Expert.InPoolOn(today)),
            ExpertStatus.Suspended => experts.Where(e => e.Status == ExpertStatus.Suspended && (e.SuspendedUntil == null || e.SuspendedUntil >= today)),
            ExpertStatus.Expired => experts.Where(e =>
                (e.Status == ExpertStatus.InPool || (e.Status == ExpertStatus.Suspended && e.SuspendedUntil < today)) && (e.TermTo == null || e.TermTo < today)),
            { } status => experts.Where(e => e.Status == status),
        };
    }

    private static IQueryable<Expert> Ordered(IQueryable<Expert> experts, ExpertOrder order) => order switch
    {
        ExpertOrder.Term => experts.OrderBy(e => e.TermTo ?? Never).ThenBy(e => e.Id),
        ExpertOrder.Applied => experts.OrderByDescending(e => e.AppliedAt).ThenBy(e => e.Id),
        ExpertOrder.Updated => experts.OrderBy(e => e.UpdatedOn ?? Never).ThenBy(e => e.Id),
        _ => experts.OrderBy(e => e.Name).ThenBy(e => e.Id),
    };

    /// <summary>Those behind the last line of the page before.</summary>
    private async Task<IQueryable<Expert>> AfterAsync(IQueryable<Expert> experts, ExpertFilter filter, CancellationToken ct)
    {
        if (filter.After is not { } id || await db.Experts.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct) is not { } last)
        {
            return experts;
        }

        var (name, term, applied, updated) = (last.Name, last.TermTo ?? Never, last.AppliedAt, last.UpdatedOn ?? Never);
        return filter.Order switch
        {
            ExpertOrder.Term => experts.Where(e => (e.TermTo ?? Never) > term || ((e.TermTo ?? Never) == term && e.Id.CompareTo(id) > 0)),
            ExpertOrder.Applied => experts.Where(e => e.AppliedAt < applied || (e.AppliedAt == applied && e.Id.CompareTo(id) > 0)),
            ExpertOrder.Updated => experts.Where(e => (e.UpdatedOn ?? Never) > updated || ((e.UpdatedOn ?? Never) == updated && e.Id.CompareTo(id) > 0)),
            _ => experts.Where(e => e.Name.CompareTo(name) > 0 || (e.Name == name && e.Id.CompareTo(id) > 0)),
        };
    }
}
