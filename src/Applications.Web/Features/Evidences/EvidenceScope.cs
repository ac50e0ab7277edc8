using Applications.Domain.Accounts;
using Applications.Domain.Enterprises;
using Applications.Domain.Workflow;

namespace Applications.Web.Features.Evidences;

/// <summary>A locker is the enterprise's own; bureaus see what was given with an application.</summary>
public static class EvidenceScope
{
    /// <summary>What lies in the actor's locker now.</summary>
    public static IQueryable<Evidence> OwnedBy(this IQueryable<Evidence> evidence, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var own = actor.Role == Roles.Applicant ? actor.ScopeId : null;
        return evidence.Where(e => own != null && e.EnterpriseId == own && e.RemovedAt == null);
    }
}
