using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews.Enlist;
using Applications.Web.Features.Reviews.Reopen;
using Applications.Web.Features.Reviews.Score;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

public sealed record DeclarationRequest(bool HasConflict, Guid Version, string? Reason = null);

/// <param name="Scores">Criterion → points; those the rubric computes itself are ignored.</param>
/// <param name="Lock">False keeps a draft.</param>
public sealed record ScoreRequest(Dictionary<string, decimal> Scores, bool Lock, Guid Version, string? Comment = null);

public sealed record ReopenRequest(string? Reason = null, Guid? Version = null);

public sealed record ReopenAnswer(Guid? ReviewId = null, bool Agrees = false, Guid? Version = null);

public sealed record EnlistRequest(string? Reason = null);

/// <summary>An expert's own reviews, and the officer's request for one more expert.</summary>
internal static class ReviewEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/reviews", async (ScoreQuery query, CurrentActor actor, CancellationToken ct) =>
            (await query.MineAsync(actor.Value, ct)).Select(r => new { r.Review.CaseId, r.Enterprise, r.Review.Round, state = r.Review.State.ToString(), r.Due }))
            .RequireAuthorization(Roles.Expert).WithSummary("Files the expert was given.");
        api.MapGet("/reviews/{caseId:guid}", async (Guid caseId, string? round, ScoreQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var view = await query.ExecuteAsync(caseId, round, actor.Value, ct);
            return new
            {
                view.CaseId,
                view.EnterpriseName,
                view.Review.Round,
                state = view.Review.State.ToString(),
                view.DueAt,
                view.Review.Version,
                criteria = view.Rubric.Criteria.Select(c => new { c.Key, c.Title, weight = c.Weight, step = c.Step / 100m, computed = c.Scoring == Scoring.Auto, points = view.Scores.TryGetValue(c.Key, out var h) ? h / 100m : (decimal?)null }),
                view.Review.Comment,
            };
        }).RequireAuthorization(Roles.Expert).WithSummary("The expert's own score sheet.");
        api.MapPost("/reviews/{caseId:guid}/declaration", async (
            Guid caseId, string? round, DeclarationRequest body, HttpRequest request, DeclareConflictHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { stepsDown = await handler.HandleAsync(new DeclareConflict(caseId, body.HasConflict, body.Reason, body.Version, IdempotencyKey.Of(request), round), actor.Value, ct) })
            .WithSummary("Declares whether the expert must step down.");
        api.MapPost("/reviews/{caseId:guid}/score", async (Guid caseId, string? round, ScoreRequest body, HttpRequest request, ScoreFileHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            var scores = body.Scores.ToDictionary(s => s.Key, s => (int)Math.Round(Math.Clamp(s.Value, -1000, 1000) * 100, MidpointRounding.AwayFromZero));
            var kept = await handler.HandleAsync(new ScoreFile(caseId, scores, body.Comment, body.Lock ? ScoreStep.Lock : ScoreStep.Save, body.Version, IdempotencyKey.Of(request), round), actor.Value, ct);
            return new { kept.Version, total = kept.Total / 100m };
        }).WithSummary("Saves the score sheet, or locks it for good.");
        api.MapPost("/reviews/{caseId:guid}/reopening", async (Guid caseId, string? round, ReopenRequest body, HttpRequest request, AskReopenHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { version = await handler.HandleAsync(new AskReopen(caseId, body.Reason, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request), round), actor.Value, ct) })
            .WithSummary("The expert asks for a locked sheet back.");
        api.MapPost("/applications/{id:guid}/reopening", async (Guid id, ReopenAnswer body, HttpRequest request, AnswerReopenHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { reopened = await handler.HandleAsync(new AnswerReopen(id, body.ReviewId.GetValueOrDefault(), body.Agrees, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("The officer answers an expert who asked for his sheet back.");
        api.MapPost("/applications/{id:guid}/panel", async (Guid id, EnlistRequest body, HttpRequest request, EnlistExpertHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { enlisted = await handler.HandleAsync(new EnlistExpert(id, body.Reason, IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("Adds one expert to a panel that is at work.");
    }
}
