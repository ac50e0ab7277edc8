using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Desk.Show;

/// <summary>An expert about whom somebody has to decide.</summary>
/// <param name="IsMeasure">A measure to confirm; else a request to be taken in.</param>
public sealed record WaitingExpert(Guid Id, string Name, string Employer, DateTime Since, bool IsMeasure);

/// <param name="Ending">Members whose term is over.</param>
public sealed record PoolDesk(IReadOnlyList<WaitingExpert> Waiting, int Ending)
{
    public bool IsEmpty => Waiting.Count == 0 && Ending == 0;
}

/// <summary>What waits in the expert pool: requests for its office, measures for whoever confirms them.</summary>
public sealed class PoolDeskQuery(ApplicationsDbContext db, TimeProvider clock)
{
    private const int Most = 50;

    public async Task<PoolDesk> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var isOffice = actor.Is(Roles.Pool);
        var waiting = await db.Experts.AsNoTracking()
            .Where(e => e.HasOpenMeasure || (isOffice && e.Status == ExpertStatus.Applied))
            .OrderBy(e => e.AppliedAt).Take(Most).ToListAsync(ct);
        var today = ChinaTime.Today(clock);
        return new PoolDesk(
            [.. waiting.Where(e => !e.HasOpenMeasure || e.Discipline.Any(d => d.IsOpen && d.ProposerId != actor.UserId)).Select(e => new WaitingExpert(e.Id, e.Name, e.Employer, e.Discipline.FirstOrDefault(d => d.IsOpen)?.ProposedAt ?? e.AppliedAt, e.HasOpenMeasure))],
            isOffice ? await db.Experts.CountAsync(e => (e.Status == ExpertStatus.InPool || (e.Status == ExpertStatus.Suspended && e.SuspendedUntil < today)) && e.TermTo < today, ct) : 0);
    }

    /// <summary>Where one expert stands.</summary>
    public Task<ExpertStatus> StatusAsync(Guid id, CancellationToken ct) => db.Experts.Where(e => e.Id == id).Select(e => e.Status).SingleAsync(ct);
}
