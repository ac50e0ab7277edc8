using Applications.Domain.Workflow;
using Applications.Web.Features.Batches.Open;
using Applications.Web.Features.Batches.Show;
using Applications.Web.Features.Recommendations.Show;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <param name="Selected">Applications to be recognised.</param>
/// <param name="Note">Needed when the choice departs from the ranking.</param>
public sealed record ProposalRequest(HashSet<Guid> Selected, string? Note = null);

/// <param name="Ranks">Application → place, 1 first, without gaps.</param>
public sealed record RecommendationRequest(string DocumentNumber, Dictionary<Guid, int> Ranks);

/// <summary>Batches as the department and the cities work on them.</summary>
internal static class BatchEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/batches", async (OpenBatch body, HttpRequest request, OpenBatchHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            var id = await handler.HandleAsync(body, actor.Value, IdempotencyKey.Of(request), ct);
            return Results.Created($"/api/v1/batches/{id}", new { id });
        }).WithSummary("Opens a batch and publishes its call.");
        api.MapGet("/batches/{id:guid}", async (Guid id, BatchShowQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var view = await query.ExecuteAsync(id, actor.Value, ct);
            var b = view.Batch;
            return new
            {
                b.Id,
                b.Name,
                b.Stage,
                b.StageTitle,
                b.StageSince,
                b.StageDue,
                b.FilingClosesAt,
                b.RecommendationClosesAt,
                b.NoticeEndsAt,
                counts = view.Counts.Select(c => new { stage = c.Stage, c.Count }),
                ranking = view.Ranking.Select(r => new { r.Place, r.Entry.Item.Id, r.Entry.Item.Number, r.Entry.Item.EnterpriseName, score = r.Entry.Score / 100m, r.Entry.Item.ScoreFlagged }),
                workItem = view.Item is null ? null : new { view.Item.Id, view.Item.Version, view.Item.Task },
                round = view.Item?.Task == Tasks.AssignPanel ? view.Round.Key : null,
                outcomes = view.Outcomes,
                journal = view.Journal.Select(j => new { j.Sequence, j.At, j.ActorName, j.ActivityTitle, j.OutcomeLabel, j.Reason, j.Hash }),
            };
        }).RequireAuthorization(AccountSetup.Policies.Department).WithSummary("A batch with its ranking and journal, for the department.");
        api.MapGet("/recommendations", async (RecommendationsQuery query, CurrentActor actor, CancellationToken ct) =>
            await query.ExecuteAsync(actor.Value, ct)).RequireAuthorization(AccountSetup.Policies.Recommenders).WithSummary("Quotas, cases waiting for the list, and issued lists.");
        api.MapPost("/batches/{id:guid}/recommendation-list", async (
            Guid id, RecommendationRequest body, HttpRequest request, IssueRecommendationListHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { count = await handler.HandleAsync(new IssueRecommendationList(id, body.DocumentNumber, body.Ranks, IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("The city issues its ranked list.");
        api.MapPost("/batches/{id:guid}/site-check-sample", async (Guid id, HttpRequest request, DrawSampleHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { drawn = await handler.HandleAsync(new DrawSample(id, IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("Draws the cases whose sites are checked.");
        api.MapPost("/batches/{id:guid}/proposed-list", async (Guid id, ProposalRequest body, HttpRequest request, ProposeListHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { selected = await handler.HandleAsync(new ProposeList(id, body.Selected, body.Note, IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("Sends the proposed list up for signature.");
    }
}
