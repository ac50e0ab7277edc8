using System.Text;
using System.Text.Json.Serialization;
using Applications.Data.Commands;
using Applications.Domain.Reviews.Draws;
using Applications.Web.Features.Draws;
using Applications.Web.Features.Draws.Decide;
using Applications.Web.Features.Draws.Request;
using Applications.Web.Features.Draws.Run;
using Applications.Web.Features.Draws.Show;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <summary>What is left away is as the page would propose it; the day of the session cannot be, for until then the names stay sealed.</summary>
/// <param name="Seats">Members of a panel, odd.</param>
/// <param name="Most">Files of a panel at the most.</param>
/// <param name="Finance">Finance experts at least, in each panel.</param>
/// <param name="OutsideOneIn">At least one in so many from outside the applicants' cities; 0 asks for none.</param>
/// <param name="CoverFields">False: no field has to be covered.</param>
public sealed record DrawRequestBody(
    int Seats = 5, int Most = DrawGrouping.MostFiles, int? Finance = null, int OutsideOneIn = 3, int ReservesPerSeat = 1, int PerEmployer = 1, bool CoverFields = true, DateOnly? SessionOn = null);

/// <param name="Decision"><c>Approve</c>, <c>Return</c> or <c>Withdraw</c>.</param>
public sealed record DrawDecisionBody([property: JsonConverter(typeof(JsonStringEnumConverter<DrawDecision>))] DrawDecision? Decision = null, string? Reason = null, Guid? Version = null);

/// <param name="Witness">A word of somebody present.</param>
public sealed record DrawRunBody(string? Witness = null, Guid? Version = null);

/// <summary>Draws of experts: asked for, approved, drawn, checked.</summary>
internal static class DrawEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/batches/{id:guid}/draws", async (
            Guid id, DrawRequestBody body, HttpRequest request, DrawTargetQuery targets, DrawPlanQuery plans, RequestDrawHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            var target = await targets.ForOfficerAsync(id, actor.Value, ct);
            var proposed = (await plans.DefaultAsync(target, body.Seats, Math.Max(1, body.Most), ct)).Order;
            var order = proposed with
            {
                SessionOn = body.SessionOn.GetValueOrDefault(),
                Rules = new DrawRules { OutsideOneIn = body.OutsideOneIn, ReservesPerSeat = body.ReservesPerSeat, PerEmployer = body.PerEmployer },
                Panels = [.. proposed.Panels.Select(p => p with { Finance = body.Finance ?? p.Finance, Specialities = body.CoverFields ? p.Specialities : [] })],
            };
            var requested = await handler.HandleAsync(new RequestDraw(id, order, IdempotencyKey.Of(request)), actor.Value, ct);
            return Results.Created($"/api/v1/draws/{requested.Id}", requested);
        }).WithSummary("Asks for the draw of a round's panels.");
        api.MapGet("/draws/{id:guid}", async (Guid id, ShowDrawQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var view = await query.ExecuteAsync(id, actor.Value, ct);
            var draw = view.Draw;
            return new
            {
                draw.Id,
                draw.Number,
                draw.Title,
                state = draw.State.ToString(),
                draw.BatchId,
                draw.Round,
                draw.SessionOn,
                draw.Version,
                requestedBy = draw.RequestedByName,
                decidedBy = draw.DecidedByName,
                drawnBy = draw.DrawnByName,
                commitment = draw.Commitment,
                panels = draw.Groups.Select(g => new
                {
                    g.Key,
                    g.Title,
                    g.Cases,
                    constraints = view.Record is null ? null : DrawExplainer.Constraints(view.Record, g.Key),
                    members = view is { IsOpen: true, Record: { } record } ? record.MembersOf(g.Key).Select(m => new { m.Name, because = DrawExplainer.WhyHim(record, g.Key, m.Id) }) : null,
                }),
            };
        }).RequireAuthorization(AccountSetup.Policies.PoolReaders).WithSummary("A draw; names only where the reader may read them.");
        api.MapPost("/draws/{id:guid}/decision", async (Guid id, DrawDecisionBody body, HttpRequest request, DecideDrawHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { digest = await handler.HandleAsync(new DecideDraw(id, body.Decision, body.Reason, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("Approves and commits, sends back, or takes back.");
        api.MapPost("/draws/{id:guid}/run", async (Guid id, DrawRunBody body, HttpRequest request, RunDrawHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { cases = await handler.HandleAsync(new RunDraw(id, body.Witness, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("Draws, reveals the seed and starts the review.");
        api.MapGet("/draws/{id:guid}/record", async (Guid id, ShowDrawQuery query, CurrentActor actor, CancellationToken ct) =>
            await query.ExecuteAsync(id, actor.Value, ct) is { IsOpen: true, Draw: { Record: { } record, Number: var number } }
                ? Results.File(Encoding.UTF8.GetBytes(record), "application/json", $"{number}.json")
                : throw new NotFoundException()).RequireAuthorization(AccountSetup.Policies.PoolReaders).WithSummary("The record of a draw, byte for byte; verify-draw checks it.");
    }
}
