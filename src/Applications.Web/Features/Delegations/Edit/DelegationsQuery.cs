using Applications.Data;
using Applications.Data.Accounts;
using Applications.Domain.Accounts;
using Applications.Web.Features.Approvals;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Delegations.Edit;

/// <param name="Given">Those the reader gave, newest first.</param>
/// <param name="Received">Those he holds or held.</param>
public sealed record DelegationsView(IReadOnlyList<Delegation> Given, IReadOnlyList<Delegation> Received, IReadOnlyList<AppUser> Colleagues);

/// <summary>The reader's delegations, both ways.</summary>
public sealed class DelegationsQuery(ApplicationsDbContext db)
{
    private const int Most = 100;

    public async Task<DelegationsView> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var all = await db.Delegations.AsNoTracking().Where(d => d.FromUserId == actor.UserId || d.ToUserId == actor.UserId)
            .OrderByDescending(d => d.StartsAt).ThenBy(d => d.Id).Take(Most).ToListAsync(ct);
        return new DelegationsView(
            all.FindAll(d => d.FromUserId == actor.UserId), all.FindAll(d => d.ToUserId == actor.UserId), await ApprovalOptionsQuery.ColleaguesAsync(db, actor, ct));
    }
}
