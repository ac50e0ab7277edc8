using System.Text.Json;
using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Reviews;
using Applications.Domain.Rubrics;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Score;

/// <param name="Scores">Criterion → hundredths: the draft, with what the rubric computes itself.</param>
public sealed record ScoreView(
    Review Review, Guid CaseId, string EnterpriseName, string BatchName, DateTime? DueAt, RubricDefinition Rubric,
    IReadOnlyDictionary<string, int> Scores, IReadOnlyDictionary<string, AutoScore> Auto);

/// <summary>An expert's own sheet for one file.</summary>
public sealed class ScoreQuery(ApplicationsDbContext db, DefinitionCatalog definitions, Cases.CaseFormQuery forms)
{
    public async Task<ScoreView> ExecuteAsync(Guid caseId, Actor actor, CancellationToken ct)
    {
        var (review, application, batch, _) = await db.OwnReviewAsync(caseId, actor, ct);
        var rubric = definitions.Rubric(batch.RubricId);
        var form = await forms.ExecuteAsync(application, ct);
        var auto = AutoScorer.Score(rubric, form.Check, form.Scope);
        var saved = JsonSerializer.Deserialize<Dictionary<string, int>>(review.Scores) ?? [];
        var scores = review.State == ReviewState.Locked ? saved : new ScoreSheet { Scores = saved }.WithAuto(rubric, auto).Scores;
        db.ChangeTracker.Clear();
        return new ScoreView(review, caseId, application.EnterpriseName, batch.Name, application.StageDue, rubric, scores, auto);
    }

    public async Task<IReadOnlyList<(Review Review, string Enterprise, DateTime? Due)>> MineAsync(Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var rows = await (
            from r in db.Reviews.AsNoTracking()
            join a in db.Applications on r.CaseId equals a.Id
            where r.ExpertId == actor.ScopeId
            orderby r.AssignedAt descending
            select new { r, a.EnterpriseName, a.StageDue }).Take(200).ToListAsync(ct);
        return [.. rows.Select(x => (x.r, x.EnterpriseName, x.r.State is ReviewState.Assigned or ReviewState.Scoring ? x.StageDue : null))];
    }
}
