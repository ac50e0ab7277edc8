using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Draws;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews;

/// <summary>Draws and assignments whose names a reader may not read yet (<see cref="NameSeal"/>).</summary>
public sealed class SealedSourcesQuery(ApplicationsDbContext db, TimeProvider clock)
{
    /// <param name="sources">What gave the seats; those without a source are not sealed.</param>
    public async Task<IReadOnlySet<Guid>> OfAsync(IEnumerable<Guid?> sources, Actor actor, CancellationToken ct)
    {
        var ids = sources.OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0)
        {
            return new HashSet<Guid>();
        }

        var today = ChinaTime.Today(clock);
        var found = await db.Draws.AsNoTracking().Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.SessionOn, d.DecidedBy, d.DrawnBy })
            .Concat(db.Assignments.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.SessionOn, a.DecidedBy, DrawnBy = (Guid?)null })).ToListAsync(ct);
        return found.Where(s => !NameSeal.IsOpenTo(actor, s.SessionOn, s.DecidedBy, s.DrawnBy, today)).Select(s => s.Id).ToHashSet();
    }

    /// <summary>All whose session is still to come and whose names this reader may not read.</summary>
    public async Task<IReadOnlyList<Guid>> AllAsync(Actor actor, CancellationToken ct)
    {
        var today = ChinaTime.Today(clock);
        var coming = await db.Draws.AsNoTracking().Where(d => d.SessionOn > today).Select(d => new { d.Id, d.SessionOn, d.DecidedBy, d.DrawnBy })
            .Concat(db.Assignments.AsNoTracking().Where(a => a.SessionOn > today).Select(a => new { a.Id, a.SessionOn, a.DecidedBy, DrawnBy = (Guid?)null })).ToListAsync(ct);
        return [.. coming.Where(s => !NameSeal.IsOpenTo(actor, s.SessionOn, s.DecidedBy, s.DrawnBy, today)).Select(s => s.Id)];
    }
}

/// <summary>Seats as far as a reader may know who sits there.</summary>
public static class OpenSeats
{
    /// <summary>Without those of draws and assignments that are sealed: a count that includes them would tell the names.</summary>
    /// <param name="closed">From <see cref="SealedSourcesQuery.AllAsync"/>.</param>
    public static IQueryable<Review> Without(this IQueryable<Review> reviews, IReadOnlyList<Guid> closed) =>
        closed.Count == 0 ? reviews : reviews.Where(r => (r.DrawId == null || !closed.Contains(r.DrawId.Value)) && (r.AssignmentId == null || !closed.Contains(r.AssignmentId.Value)));
}
