using System.Text.Json;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Reviews;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Score;

/// <summary>What an expert's commands share: his own review of a case that is under review. One who sits in several rounds of a case has a review in each.</summary>
internal static class ReviewDesk
{
    public static async Task<(Review Review, Application Case, Batch Batch, int Token)> OwnReviewAsync(
        this ApplicationsDbContext db, Guid caseId, string? round, Actor actor, CancellationToken ct)
    {
        var reviews = actor.Role == Roles.Expert
            ? await db.Reviews.Where(r => r.CaseId == caseId && r.ExpertId == actor.ScopeId && r.State != ReviewState.Declined && (round == null || r.Round == round))
                .OrderByDescending(r => r.AssignedAt).ToListAsync(ct)
            : [];
        var review = reviews.Find(r => r.State != ReviewState.Locked) ?? reviews.FirstOrDefault();
        var application = review is null ? throw new NotFoundException() : await db.Applications.SingleAsync(a => a.Id == caseId, ct);
        var item = await db.WorkItems.AsNoTracking().FirstOrDefaultAsync(w => w.CaseId == caseId && w.Holder == actor.Holder && w.ClosedAt == null, ct);
        var batch = await db.Batches.SingleAsync(b => b.Id == application.BatchId, ct);
        return (review, application, batch, item?.Token ?? 0);
    }
}

/// <param name="Round">In which round; null for the one that is open.</param>
public sealed record DeclareConflict(Guid CaseId, bool HasConflict, string? Reason, Guid Version, Guid IdempotencyKey, string? Round = null);

/// <summary>The expert declares whether he must step down; if so, a substitute takes the seat in the same commit. Without one the panel goes on and the department sees it.</summary>
public sealed class DeclareConflictHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, PanelStore panels)
{
    public Task<bool> HandleAsync(DeclareConflict request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "declare-conflict", ("case", request.CaseId), c => DeclareAsync(request, actor, c), ct);
    }

    private async Task<bool> DeclareAsync(DeclareConflict request, Actor actor, CancellationToken ct)
    {
        var (review, application, batch, token) = await db.OwnReviewAsync(request.CaseId, request.Round, actor, ct);
        StaleVersionException.ThrowIfStale(request.Version, review.Version, "评审任务");
        review.Version = Guid.NewGuid();
        if (!request.HasConflict)
        {
            review.DeclareFree(host.Now);
            return false;
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new RuleBrokenException("reason-required", "请写明回避原因。", "Reason");
        }

        review.DeclareConflict(request.Reason.Trim(), host.Now);
        await panels.AddAsync(application, batch, review.Round, token, "替补回避的专家", Actor.System, ct, review);
        await host.AnswerAsync(FlowSubjects.Of(application, batch), token, review.ExpertId.ToString("N"), PanelReviewKind.Decline, actor, "专家声明回避", ct);
        return true;
    }
}

/// <param name="Scores">Criterion → hundredths of a point.</param>
/// <param name="Step">What is done with them.</param>
/// <param name="Round">In which round; null for the one that is open.</param>
public sealed record ScoreFile(
    Guid CaseId, IReadOnlyDictionary<string, int> Scores, string? Comment, ScoreStep Step, Guid Version, Guid IdempotencyKey, string? Round = null);

public enum ScoreStep
{
    /// <summary>Keeps a draft.</summary>
    Save,

    /// <summary>Keeps a draft in which what is still empty has the value the measures suggest.</summary>
    Suggest,

    /// <summary>Counts; cannot be changed afterwards.</summary>
    Lock,
}

/// <summary>Saves an expert's sheet, or locks it for good. What the rubric computes from the form is put in here: an expert cannot change it.</summary>
public sealed class ScoreFileHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, Cases.CaseFormQuery forms)
{
    /// <exception cref="ValidationException">The sheet cannot be locked as it is; one error a criterion.</exception>
    public Task<Guid> HandleAsync(ScoreFile request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, request.Step == ScoreStep.Lock ? "lock-review" : "save-review", ("case", request.CaseId), c => ScoreAsync(request, actor, c), ct);
    }

    private async Task<Guid> ScoreAsync(ScoreFile request, Actor actor, CancellationToken ct)
    {
        var (review, application, batch, token) = await db.OwnReviewAsync(request.CaseId, request.Round, actor, ct);
        StaleVersionException.ThrowIfStale(request.Version, review.Version, "评分表");
        var rubric = definitions.Rubric(batch.RubricId).ForRound(review.Round);
        var form = await forms.ExecuteAsync(application, ct);
        var auto = AutoScorer.Score(rubric, form.Check, form.Scope);
        var sheet = new ScoreSheet { Scores = Own(request.Scores, rubric), Comment = request.Comment }.WithAuto(rubric, auto);
        if (request.Step == ScoreStep.Suggest)
        {
            sheet = sheet.WithSuggestions(rubric, auto);
        }

        var json = JsonSerializer.Serialize(sheet.Scores, ApplicationsDbContext.Json);
        review.Version = Guid.NewGuid();
        if (request.Step != ScoreStep.Lock)
        {
            review.Save(json, request.Comment ?? string.Empty);
            return review.Version;
        }

        var errors = sheet.Validate(rubric);
        if (errors.Count > 0)
        {
            throw new ValidationException(errors.Select(e => new ValidationFailure(e.CriterionKey is null ? "Comment" : $"Scores[{e.CriterionKey}]", e.Message)));
        }

        review.Lock(json, request.Comment ?? string.Empty, sheet.Total, host.Now);
        await host.AnswerAsync(FlowSubjects.Of(application, batch), token, review.ExpertId.ToString("N"), PanelReviewKind.Score, actor, null, ct);
        return review.Version;
    }

    /// <summary>What the round does not ask for does not count.</summary>
    private static Dictionary<string, int> Own(IReadOnlyDictionary<string, int> scores, RubricDefinition rubric) =>
        scores.Where(s => rubric.Find(s.Key) is not null).ToDictionary(s => s.Key, s => s.Value);
}
