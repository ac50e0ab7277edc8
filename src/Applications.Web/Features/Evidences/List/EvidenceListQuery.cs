using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Enterprises;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Evidences.List;

/// <param name="Used">In how many applications of the enterprise the same content was given.</param>
public sealed record EvidenceLine(Evidence Evidence, int Used);

public sealed record EvidenceView(IReadOnlyList<EvidenceLine> Lines, DateOnly Today);

/// <summary>The locker by kind and name.</summary>
public sealed class EvidenceListQuery(ApplicationsDbContext db, TimeProvider clock)
{
    public async Task<EvidenceView> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        var own = actor.ScopeId;
        var lines = await db.Evidence.AsNoTracking().OwnedBy(actor)
            .Select(e => new
            {
                Evidence = e,
                Used = (from f in db.Attachments
                        join a in db.Applications on f.CaseId equals a.Id
                        where a.EnterpriseId == own && f.Sha256 == e.Sha256
                        select f.CaseId).Distinct().Count(),
            }).ToListAsync(ct);
        return new EvidenceView(
            [.. lines.OrderBy(l => l.Evidence.Kind).ThenBy(l => l.Evidence.Title, StringComparer.Ordinal).Select(l => new EvidenceLine(l.Evidence, l.Used))], ChinaTime.Today(clock));
    }
}
