using Applications.Domain.Accounts;
using Applications.Domain.Enterprises;
using Applications.Domain.Workflow;

namespace Applications.Web.Features.Enterprises;

/// <summary>Which enterprises an actor may look up: a bureau those of its area, the department all, anybody else none.</summary>
public static class EnterpriseScope
{
    public static IQueryable<Enterprise> VisibleTo(this IQueryable<Enterprise> enterprises, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var scope = actor.ScopeId;
        return actor.Role switch
        {
            Roles.County => enterprises.Where(e => e.CountyId == scope),
            Roles.City => enterprises.Where(e => e.CityId == scope),
            _ when actor.IsDepartment => enterprises,
            _ => enterprises.Where(e => false),
        };
    }
}
