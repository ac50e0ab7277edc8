using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Recommendations.Show;

public sealed record QuotaLine(Guid BatchId, string BatchName, DateTime ClosesAt, string CityName, int Limit, int Used);

public sealed record WaitingLine(Guid BatchId, string BatchName, Guid CaseId, string Number, string EnterpriseName);

public sealed record RecommendationsView(IReadOnlyList<QuotaLine> Quotas, IReadOnlyList<WaitingLine> Waiting, IReadOnlyList<IssuedList> Issued);

public sealed record IssuedList(RecommendationList List, string BatchName);

/// <summary>Quotas and lists: a city's own, or all of them for the department.</summary>
public sealed class RecommendationsQuery(ApplicationsDbContext db, TimeProvider clock)
{
    public async Task<RecommendationsView> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var now = clock.GetUtcNow().UtcDateTime;
        var city = actor.Role == Roles.City ? actor.ScopeId : null;
        var quotas = await (
            from q in db.Quotas.AsNoTracking()
            join b in db.Batches on q.BatchId equals b.Id
            join o in db.Organisations on q.CityId equals o.Id
            where (city == null || q.CityId == city) && b.OpensAt <= now && b.RecommendationClosesAt > now
            orderby b.FilingClosesAt, o.DivisionCode
            select new QuotaLine(b.Id, b.Name, b.RecommendationClosesAt, o.Name, q.Limit, q.Used)).ToListAsync(ct);
        var waiting = city is null ? [] : await (
            from w in db.WorkItems.AsNoTracking()
            join a in db.Applications on w.CaseId equals a.Id
            join b in db.Batches on a.BatchId equals b.Id
            where w.Holder == actor.Holder && w.Task == Tasks.CityList && w.ClosedAt == null
            orderby a.Number
            select new WaitingLine(a.BatchId, b.Name, a.Id, a.Number!, a.EnterpriseName)).ToListAsync(ct);
        var issued = await (
            from l in db.RecommendationLists.AsNoTracking()
            join b in db.Batches on l.BatchId equals b.Id
            where city == null || l.CityId == city
            orderby l.IssuedAt descending
            select new IssuedList(l, b.Name)).Take(50).ToListAsync(ct);
        return new RecommendationsView(quotas, waiting, issued);
    }
}
