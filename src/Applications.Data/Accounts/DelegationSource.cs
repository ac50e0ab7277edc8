using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Accounts;

/// <summary>Who may do whose work today.</summary>
public sealed class DelegationSource(ApplicationsDbContext db, TimeProvider clock)
{
    /// <summary>The powers that the account holds now.</summary>
    public async Task<IReadOnlyList<Delegation>> HeldAsync(Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Officer, Roles.Head, Roles.Leader, Roles.City, Roles.County))
        {
            // Nobody lends these his post; most of those who look at a desk need not be asked for.
            return [];
        }

        var now = UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime);
        return await db.Delegations.AsNoTracking()
            .Where(d => d.ToUserId == actor.UserId && d.RevokedAt == null && d.StartsAt <= now && d.EndsAt > now).OrderBy(d => d.StartsAt).ToListAsync(ct);
    }

    /// <summary>
    /// As whom the account may act on <paramref name="item"/>: as itself when the item lies on its desk, else in the place of one who empowered it; null when
    /// neither.
    /// </summary>
    public async Task<Actor?> ActingAsync(Actor actor, WorkItem item, string programmeKey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(item);
        if (item.IsFor(actor.Holder, actor.UserId) || item.Holder == actor.OwnDesk)
        {
            return actor;
        }

        return (await HeldAsync(actor, ct)).FirstOrDefault(d => item.IsFor(d.FromHolder, d.FromUserId) && (d.ProgrammeKey is null || d.ProgrammeKey == programmeKey)) is { } power
            ? actor.InPlaceOf(power)
            : null;
    }

    /// <summary>Nobody signs in another's place what he has just done himself.</summary>
    /// <param name="acting">As whom <paramref name="actor"/> acts.</param>
    /// <exception cref="RuleBrokenException"><c>own-work</c>.</exception>
    public async Task RefuseOwnWorkAsync(Actor actor, Actor acting, Guid subject, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(acting);
        if (acting.Role != actor.Role
            && await db.Journal.Where(j => j.SubjectId == subject && j.Kind == "complete").OrderByDescending(j => j.Sequence).Select(j => j.ActorId).FirstOrDefaultAsync(ct) == actor.UserId)
        {
            throw new RuleBrokenException("own-work", "上一环节由您本人办理，不能再受委托审签。");
        }
    }
}
