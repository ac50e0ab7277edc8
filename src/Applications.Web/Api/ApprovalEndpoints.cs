using System.Text.Json.Serialization;
using Applications.Domain.Workflow;
using Applications.Web.Features.Approvals;
using Applications.Web.Features.Approvals.Act;
using Applications.Web.Features.Delegations.Edit;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <param name="ItemId">Which of the offered items, where the act is offered for several.</param>
/// <param name="Person">To whom it is given, or who is to sign.</param>
/// <param name="Position">When an added signer signs.</param>
/// <param name="Target">The earlier step to return to.</param>
/// <param name="Outcome"><c>Agree</c> or <c>Object</c>, for a signature.</param>
public sealed record ApprovalRequest(
    Guid? ItemId = null, Guid? Version = null, string? Reason = null, Guid? Person = null,
    [property: JsonConverter(typeof(JsonStringEnumConverter<SignerPosition>))] SignerPosition? Position = null, string? Target = null, string? Outcome = null);

public sealed record DelegationRequest(Guid? Person = null, DateOnly? From = null, DateOnly? Until = null, string? Programme = null, string? Reason = null);

/// <summary>What can be done with work besides deciding it.</summary>
internal static class ApprovalEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/approvals/{id:guid}", async (Guid id, ApprovalOptionsQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var desk = await query.ExecuteAsync(id, actor.Value, ct);
            return new
            {
                desk.Id,
                desk.Title,
                desk.StageTitle,
                options = desk.Options.Select(o => new { o.Act, o.Label, itemId = o.Item?.Id, o.Item?.Version, targets = o.Targets.Select(t => new { t.Id, t.Title }) }),
                people = desk.Colleagues.Select(u => new { u.Id, name = u.DisplayName, u.Role }),
            };
        }).WithSummary("What the caller may do with a case or batch besides deciding it.");
        api.MapPost("/approvals/{id:guid}/{act}", async (
            Guid id, string act, ApprovalRequest body, HttpRequest request, ActOnFlowHandler handler, CurrentActor actor, CancellationToken ct) => new
            {
                standsAt = await handler.HandleAsync(
                    new ActOnFlow(id, act, body.ItemId, body.Version, body.Reason, body.Person, body.Position, body.Target, body.Outcome, IdempotencyKey.Of(request)), actor.Value, ct),
            }).WithSummary("Sends back, takes back, reassigns, adds a signer, signs, urges, stays, resumes or terminates.");
        api.MapPost("/delegations", async (DelegationRequest body, HttpRequest request, GrantDelegationHandler handler, CurrentActor actor, CancellationToken ct) => new
        {
            id = await handler.HandleAsync(new GrantDelegation(body.Person, body.From, body.Until, body.Programme, body.Reason, IdempotencyKey.Of(request)), actor.Value, ct),
        }).WithSummary("Empowers a colleague to decide in the caller's place for a time.");
        api.MapDelete("/delegations/{id:guid}", async (Guid id, HttpRequest request, RevokeDelegationHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            await handler.HandleAsync(new RevokeDelegation(id, IdempotencyKey.Of(request)), actor.Value, ct);
            return Results.NoContent();
        }).WithSummary("Takes a delegation back.");
    }
}
