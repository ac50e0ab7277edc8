using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Experts;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow.Activities;
using Applications.Web.Features.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Conflicts;

/// <summary>A seat of the panel and what is known against whoever sits there now.</summary>
/// <param name="Name">As the reader may know him.</param>
/// <param name="IsSealed">True while the reader may not know who it is.</param>
public sealed record CheckedSeat(Review Review, string Name, bool IsSealed, Expert? Expert, IReadOnlyList<Conflict> Conflicts);

/// <summary>An expert of the pool who may not judge the case.</summary>
public sealed record BarredExpert(Expert Expert, IReadOnlyList<Conflict> Conflicts);

/// <param name="PoolSize">Experts in the pool today.</param>
/// <param name="IsReviewed">A panel is at work.</param>
/// <param name="Matched">Requests of the applicant that mean somebody in the pool.</param>
public sealed record ConflictsView(Application Case, IReadOnlyList<CheckedSeat> Seats, IReadOnlyList<BarredExpert> Barred, int PoolSize, bool IsReviewed, IReadOnlySet<Avoidance> Matched);

/// <summary>Checks the whole pool against one case, as it stands today.</summary>
public sealed class ConflictsQuery(ApplicationsDbContext db, ConflictFacts facts, DefinitionCatalog definitions, SealedSourcesQuery sources, TimeProvider clock)
{
    public async Task<ConflictsView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var application = actor.IsDepartment ? await db.Applications.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(a => a.Id == id, ct) : null;
        if (application is null)
        {
            throw new NotFoundException();
        }

        var today = ChinaTime.Today(clock);
        var reviews = await db.Reviews.AsNoTracking().Where(r => r.CaseId == id).OrderBy(r => r.AssignedAt).ThenBy(r => r.Id).ToListAsync(ct);
        var seated = reviews.Select(r => r.ExpertId).ToHashSet();
        var experts = await db.Experts.AsNoTracking().ToListAsync(ct);
        var pool = experts.FindAll(e => e.StatusOn(today) == ExpertStatus.InPool);
        var table = await facts.ForAsync([.. pool.UnionBy(experts.Where(e => seated.Contains(e.Id)), e => e.Id)], [application], ct);
        var flow = definitions.Workflow(application.State.DefinitionId);
        var closed = await sources.OfAsync(reviews.Select(r => r.SourceId), actor, ct);
        bool IsSealed(Review review) => review.SourceId is { } source && closed.Contains(source);

        // While names are sealed the list of those who are not barred would name the panel by what is missing.
        return new ConflictsView(
            application,
            [.. reviews.Select((r, i) => new CheckedSeat(
                r, IsSealed(r) ? $"专家 {i + 1}（评审日开封）" : r.ExpertName, IsSealed(r), IsSealed(r) ? null : experts.Find(e => e.Id == r.ExpertId), r.State == ReviewState.Declined || !table.Experts.ContainsKey(r.ExpertId) ? [] : table.Between(r.ExpertId, id, today)))],
            [.. pool.Where(e => closed.Count > 0 || !seated.Contains(e.Id)).Select(e => new BarredExpert(e, table.Between(e.Id, id, today))).Where(b => b.Conflicts.Count > 0).OrderBy(b => b.Expert.Name, StringComparer.Ordinal)],
            pool.Count,
            application.State.Tokens.Any(t => flow.Get(t.Activity).Kind is PanelReviewKind),
            application.Avoidances.Where(a => pool.Exists(e => e.Name.Trim() == a.Name.Trim())).ToHashSet());
    }
}
