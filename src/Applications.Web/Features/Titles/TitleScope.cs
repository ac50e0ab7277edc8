using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Titles;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Titles;

/// <summary>Who may see the life of which title: its holder, the bureaus its case went through, and the department. That a certificate stands, anybody can look up.</summary>
internal static class TitleScope
{
    public static IQueryable<Certificate> TitlesVisibleTo(this ApplicationsDbContext db, Actor actor)
    {
        var scope = actor.ScopeId;
        return actor.Role switch
        {
            Roles.Applicant => db.Certificates.Where(c => c.EnterpriseId == scope),
            Roles.City => db.Certificates.Where(c => db.Applications.Any(a => a.Id == c.CaseId && a.CityId == scope)),
            Roles.County => db.Certificates.Where(c => db.Applications.Any(a => a.Id == c.CaseId && a.CountyId == scope)),
            _ => db.Certificates.Where(c => actor.IsDepartment),
        };
    }

    /// <summary>The title, tracked, and its open item of one of <paramref name="tasks"/> on the actor's desk.</summary>
    /// <exception cref="NotFoundException">Not the actor's to see or to handle.</exception>
    /// <exception cref="StaleVersionException">Somebody was first.</exception>
    public static async Task<(Certificate Title, Domain.Cases.WorkItem Item)> TitleItemAsync(
        this ApplicationsDbContext db, Guid id, Guid itemId, Guid version, Actor actor, string[] tasks, CancellationToken ct)
    {
        var title = await db.TitlesVisibleTo(actor).SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFoundException();
        var item = await db.WorkItems.SingleOrDefaultAsync(w => w.Id == itemId && w.TitleId == id && w.Holder == actor.Holder && tasks.Contains(w.Task), ct)
            ?? throw new NotFoundException();
        if (item.ClosedAt is not null)
        {
            throw new StaleVersionException("该待办");
        }

        StaleVersionException.ThrowIfStale(version, item.Version, "该待办");
        return (title, item);
    }
}
