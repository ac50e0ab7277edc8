using System.Text.Json;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow.Activities;
using FluentValidation;
using FluentValidation.Results;

namespace Applications.Web.Features.Reviews.Score;

/// <param name="Scores">Criterion → hundredths of a point.</param>
/// <param name="Step">What is done with them.</param>
/// <param name="Round">In which round; null for the one that is open.</param>
public sealed record ScoreFile(
    Guid CaseId, IReadOnlyDictionary<string, int> Scores, string? Comment, ScoreStep Step, Guid Version, Guid IdempotencyKey, string? Round = null)
{
    /// <summary>Criterion → what was written there and is no number.</summary>
    public IReadOnlyDictionary<string, string> Unread { get; init; } = new Dictionary<string, string>();
}

/// <param name="Total">Hundredths on the sheet now.</param>
/// <param name="Suggested">How many empty criteria took the value of their measure.</param>
public sealed record ScoredFile(Guid Version, int Total, int Suggested);

public enum ScoreStep
{
    /// <summary>Keeps a draft.</summary>
    Save,

    /// <summary>Keeps a draft in which what is still empty has the value the measures suggest.</summary>
    Suggest,

    /// <summary>Counts; is changed afterwards only when the department gives it back.</summary>
    Lock,
}

/// <summary>Saves an expert's sheet, or locks it for good. What the rubric computes from the form is put in here: an expert cannot change it.</summary>
public sealed class ScoreFileHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, Cases.CaseFormQuery forms)
{
    /// <exception cref="ValidationException">The sheet cannot be kept, or locked, as it is; one error a criterion.</exception>
    public Task<ScoredFile> HandleAsync(ScoreFile request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, request.Step == ScoreStep.Lock ? "lock-review" : "save-review", ("case", request.CaseId), c => ScoreAsync(request, actor, c), ct);
    }

    private async Task<ScoredFile> ScoreAsync(ScoreFile request, Actor actor, CancellationToken ct)
    {
        var (review, application, batch, token, _) = await db.OwnReviewAsync(request.CaseId, request.Round, actor, ct);
        StaleVersionException.ThrowIfStale(request.Version, review.Version, "评分表");
        var rubric = definitions.Rubric(batch.RubricId).ForRound(review.Round);
        var form = await forms.ExecuteAsync(application, ct);
        var auto = AutoScorer.Score(rubric, form.Check, form.Scope);
        var sheet = new ScoreSheet { Scores = Own(request.Scores, rubric), Comment = request.Comment }.WithAuto(rubric, auto);
        var errors = request.Step == ScoreStep.Lock ? sheet.Validate(rubric, request.Unread) : sheet.Faults(rubric, request.Unread);
        if (errors.Count > 0)
        {
            throw new ValidationException(errors.Select(e => new ValidationFailure(e.CriterionKey is null ? "Comment" : $"Scores[{e.CriterionKey}]", e.Message)));
        }

        var given = sheet.Scores.Count;
        sheet = request.Step == ScoreStep.Suggest ? sheet.WithSuggestions(rubric, auto) : sheet;
        var json = JsonSerializer.Serialize(sheet.Scores, ApplicationsDbContext.Json);
        review.Version = Guid.NewGuid();
        if (request.Step == ScoreStep.Lock)
        {
            review.Lock(json, request.Comment ?? string.Empty, sheet.Total, host.Now);
            await host.AnswerAsync(FlowSubjects.Of(application, batch), token, review.ExpertId.ToString("N"), PanelReviewKind.Score, actor, null, ct);
        }
        else
        {
            review.Save(json, request.Comment ?? string.Empty);
        }

        return new ScoredFile(review.Version, sheet.Total, sheet.Scores.Count - given);
    }

    /// <summary>What the round does not ask for does not count.</summary>
    private static Dictionary<string, int> Own(IReadOnlyDictionary<string, int> scores, RubricDefinition rubric) =>
        scores.Where(s => rubric.Find(s.Key) is not null).ToDictionary(s => s.Key, s => s.Value);
}
