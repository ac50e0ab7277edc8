using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Desk.Show;

/// <summary>An expert about whom somebody has to decide.</summary>
/// <param name="What">What is to be decided, in words.</param>
public sealed record WaitingExpert(Guid Id, string Name, string Employer, DateTime Since, string What);

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
            .Where(e => e.HasOpenMeasure || (isOffice && (e.Status == ExpertStatus.Applied || e.AskedAt != null)))
            .OrderBy(e => e.AppliedAt).Take(Most).ToListAsync(ct);
        var today = ChinaTime.Today(clock);
        return new PoolDesk(
            [.. waiting.SelectMany(e => Decisions(e, actor, isOffice))],
            isOffice ? await db.Experts.CountAsync(e => (e.Status == ExpertStatus.InPool || (e.Status == ExpertStatus.Suspended && e.SuspendedUntil < today)) && e.TermTo < today, ct) : 0);
    }

    private static IEnumerable<WaitingExpert> Decisions(Expert expert, Actor actor, bool isOffice)
    {
        if (expert.Discipline.FirstOrDefault(d => d.IsOpen && d.ProposerId != actor.UserId) is { } measure)
        {
            yield return new WaitingExpert(expert.Id, expert.Name, expert.Employer, measure.ProposedAt, "对专家的处理，待确认");
        }

        if (isOffice && expert.Status == ExpertStatus.Applied)
        {
            yield return new WaitingExpert(expert.Id, expert.Name, expert.Employer, expert.AppliedAt, "专家入库审核");
        }

        if (isOffice && expert.AskedAt is { } asked)
        {
            yield return new WaitingExpert(expert.Id, expert.Name, expert.Employer, asked, "专家信息变更，待核对");
        }
    }

    /// <summary>Where one expert stands.</summary>
    public Task<ExpertStatus> StatusAsync(Guid id, CancellationToken ct) => db.Experts.Where(e => e.Id == id).Select(e => e.Status).SingleAsync(ct);
}
