using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws;

/// <summary>A round whose experts are still to be found, with nothing asked for yet.</summary>
public sealed record WaitingRound(Guid BatchId, string BatchName, string? RoundTitle, RoundReadiness Readiness);

/// <summary>The rounds on the officer's desk that wait for a draw or an assignment.</summary>
public sealed class WaitingRoundsQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    private const int Most = 50;

    /// <param name="batchId">Only this batch's.</param>
    /// <returns>None for those who cannot ask.</returns>
    public async Task<IReadOnlyList<WaitingRound>> ExecuteAsync(Guid? batchId, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Officer))
        {
            return [];
        }

        var rounds = await (
            from w in db.WorkItems.AsNoTracking()
            join b in db.Batches on w.BatchId equals b.Id
            where w.CaseId == null && w.Task == Tasks.AssignPanel && w.ClosedAt == null && w.Holder == actor.Holder && (w.AssigneeId == null || w.AssigneeId == actor.UserId) && (batchId == null || b.Id == batchId)
                && !db.Draws.Any(d => d.BatchId == b.Id && d.Purpose == DrawPurpose.Panels && (d.State == DrawState.Requested || d.State == DrawState.Committed))
                && !db.Assignments.Any(a => a.BatchId == b.Id && (a.State == AssignmentState.Solving || a.State == AssignmentState.Proposed || a.State == AssignmentState.Requested || a.State == AssignmentState.Returned))
            orderby w.OpenedAt
            select new { b.Id, b.Name, b.State, b.RubricId, w.Activity }).Take(Most).ToListAsync(ct);
        if (rounds.Count == 0)
        {
            return [];
        }

        var ids = rounds.ConvertAll(r => r.Id);
        var files = (await db.Applications.AsNoTracking().Where(a => ids.Contains(a.BatchId) && a.Result == null && a.SuspendedAt == null).OrderBy(a => a.Number)
            .Select(a => new { a.BatchId, a.Id, a.EnterpriseName, a.Stage, a.StageTitle, a.State }).ToListAsync(ct))
            .ToLookup(a => a.BatchId, a => new FileStanding(a.Id, a.EnterpriseName, a.Stage, a.StageTitle, a.State.DefinitionId));
        return
        [
            .. rounds.Select(r =>
            {
                var (round, rolling) = DrawTargetQuery.RoundOf(definitions.Workflow(r.State.DefinitionId), r.Activity);
                var rubric = definitions.Rubric(r.RubricId);
                return new WaitingRound(r.Id, r.Name, rubric.Rounds.Count == 0 ? null : rubric.TitleOf(round), RoundReadiness.Of(definitions, round, rolling, [.. files[r.Id]]));
            }),
        ];
    }
}
