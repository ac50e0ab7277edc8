using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Cases;

/// <summary>Who may see which application. Checked where rows are loaded; a case outside the scope does not exist for the one who asks.</summary>
public static class CaseScope
{
    /// <summary>
    /// An applicant sees its own; a bureau those of its area that have been filed; the department all that have been filed; an expert those
    /// assigned to him and not declined; an administrator none.
    /// </summary>
    public static IQueryable<Application> VisibleTo(this IQueryable<Application> cases, ApplicationsDbContext db, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var scope = actor.ScopeId;
        return actor.Role switch
        {
            Roles.Applicant => cases.Where(a => a.EnterpriseId == scope),
            Roles.County => cases.Where(a => a.CountyId == scope && a.SubmittedAt != null),
            Roles.City => cases.Where(a => a.CityId == scope && a.SubmittedAt != null),
            Roles.Officer or Roles.Head or Roles.Leader or Roles.Inspector => cases.Where(a => a.SubmittedAt != null),
            Roles.Expert => cases.Where(a => db.Reviews.Any(r => r.CaseId == a.Id && r.ExpertId == scope && r.State != ReviewState.Declined)),
            _ => cases.Where(a => false),
        };
    }

    /// <summary>The case, tracked, if the actor may see it.</summary>
    /// <exception cref="NotFoundException">There is none, or it is not his to see.</exception>
    public static async Task<Application> GetCaseAsync(this ApplicationsDbContext db, Guid id, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Applications.VisibleTo(db, actor).SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw new NotFoundException();
    }
}
