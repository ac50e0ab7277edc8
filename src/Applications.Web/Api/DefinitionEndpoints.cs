using System.Text.Json;
using Applications.Data.Workflow;
using Applications.Domain.Common;
using Applications.Web.Features.Definitions;
using Applications.Web.Features.Definitions.List;
using Applications.Web.Features.Definitions.Move;
using Applications.Web.Features.Definitions.Publish;
using Applications.Web.Features.Definitions.Show;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <param name="Target">Version to go to.</param>
/// <param name="BatchId">Only cases of this batch.</param>
/// <param name="CaseIds">Only these cases; when absent, all that stand on the version, up to 500.</param>
/// <param name="Mapping">Step of this version → step of the target, for steps that have another id there.</param>
public sealed record RehearsalRequest(string? Target = null, Guid? BatchId = null, IReadOnlyList<Guid>? CaseIds = null, Dictionary<string, string?>? Mapping = null);

/// <param name="Cases">Up to 500 cases with the versions that the rehearsal told.</param>
/// <param name="Why">Stands in the journal of every case.</param>
public sealed record MoveRequest(string? Target = null, IReadOnlyList<CaseToMove?>? Cases = null, string? Why = null, Dictionary<string, string?>? Mapping = null);

/// <summary>Workflow versions: looking at them, publishing, and moving cases between them.</summary>
internal static class DefinitionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/definitions", async (DefinitionListQuery query, CancellationToken ct) => await query.ExecuteAsync(ct))
            .RequireAuthorization(AccountSetup.Policies.DefinitionReaders).WithSummary("Workflows and their versions.");
        api.MapGet("/definitions/{id}", async (string id, DefinitionShowQuery query, CancellationToken ct) =>
        {
            var view = await query.ExecuteAsync(id, null, ct);
            var row = view.Row;
            return new
            {
                row.Id,
                row.DefinitionId,
                row.Number,
                row.Name,
                row.ContentHash,
                row.PublishedAt,
                row.PublishedBy,
                row.DisabledAt,
                row.Version,
                running = view.Running,
                standing = view.Counts,
                definition = JsonSerializer.Deserialize<JsonElement>(row.Json),
            };
        }).RequireAuthorization(AccountSetup.Policies.DefinitionReaders).WithSummary("A version with its text and how many cases stand at each step.");
        api.MapPost("/definitions", async (JsonElement body, HttpRequest request, PublishVersionHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            try
            {
                var published = await handler.HandleAsync(new PublishVersion(body.GetRawText(), "JSON", IdempotencyKey.Of(request)), actor.Value, ct);
                return published.IsNew ? Results.Created($"/api/v1/definitions/{published.Id}", published) : Results.Ok(published);
            }
            catch (DefinitionException e)
            {
                return Results.Problem(
                    title: $"流程定义有 {e.Problems.Count} 处问题，没有发布。", statusCode: StatusCodes.Status422UnprocessableEntity,
                    extensions: new Dictionary<string, object?>
                    {
                        ["code"] = "definition-unsound",
                        ["problems"] = e.Problems.Select(p => new { p.Place, p.Reason, text = FaultWords.Of(p.Reason) }),
                    });
            }
        }).WithSummary("Publishes a version; the body is an Elsa workflow definition.");
        api.MapPost("/definitions/{id}/rehearsal", async (string id, RehearsalRequest body, MoveQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            RequireReader(actor);
            var view = await query.ExecuteAsync(id, body.Target, body.BatchId, Mapping(body.Mapping), body.CaseIds, ct);
            return new
            {
                view.Refusal,
                view.Left,
                cases = view.Cases.Select(c => new
                {
                    c.Application.Id,
                    c.Application.Version,
                    c.Application.Number,
                    c.Application.EnterpriseName,
                    canMove = c.Plan.CanMove,
                    tokens = c.Plan.Tokens.Select(t => new { token = t.Token.Id, standsAt = t.From.Id, wouldStandAt = t.To?.Id, dueAt = t.Due }),
                    obstacles = c.Plan.Obstacles,
                }),
            };
        }).WithSummary("Says where each case would stand on another version, and changes nothing.");
        api.MapPost("/definitions/{id}/moves", async (string id, MoveRequest body, HttpRequest request, MoveCasesHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { moved = await handler.HandleAsync(new MoveCases(new MigrationRoute(id, body.Target ?? string.Empty, Mapping(body.Mapping)), [.. (body.Cases ?? []).OfType<CaseToMove>()], body.Why, IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("Moves cases to another version, all or none.");
        api.MapPost("/definitions/{id}/switch", async (string id, SwitchRequest body, HttpRequest request, SwitchVersionHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { id = await handler.HandleAsync(new SwitchVersion(id, body.Version, body.Disabled, IdempotencyKey.Of(request)), actor.Value, ct), body.Disabled })
            .WithSummary("Takes a version out of use for new batches, or brings it back.");
    }

    /// <summary>A step without a choice is as good as one that was left out.</summary>
    private static Dictionary<string, string> Mapping(Dictionary<string, string?>? given) =>
        (given ?? []).Where(m => m.Value is not null).ToDictionary(m => m.Key, m => m.Value!);

    /// <summary>Who must not know of versions learns no more than that there is nothing.</summary>
    private static void RequireReader(CurrentActor actor)
    {
        if (!actor.Value.Is(Domain.Workflow.Roles.Admin, Domain.Workflow.Roles.Officer, Domain.Workflow.Roles.Inspector))
        {
            throw new Data.Commands.NotFoundException();
        }
    }
}

/// <param name="Version">The row's version as the caller saw it.</param>
public sealed record SwitchRequest(Guid Version, bool Disabled = true);
