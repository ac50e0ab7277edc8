using System.Text;
using System.Text.Json.Serialization;
using Applications.Data.Commands;
using Applications.Domain.Reviews.Assigning;
using Applications.Web.Features.Assignments.Change;
using Applications.Web.Features.Assignments.Decide;
using Applications.Web.Features.Assignments.List;
using Applications.Web.Features.Assignments.Request;
using Applications.Web.Features.Assignments.Show;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <param name="SessionOn">Required: until that day the names stay sealed.</param>
/// <param name="Categories">Kinds of experts; all when left away.</param>
/// <param name="PerFile">Experts of a file.</param>
/// <param name="LeastLoad">Files of an expert at least.</param>
/// <param name="MostLoad">Files of an expert at the most.</param>
/// <param name="PerCity">Experts of one city at a file at the most; 0 for no limit.</param>
public sealed record AssignmentRequestBody(
    DateOnly? SessionOn = null, IReadOnlyList<string>? Categories = null, int PerFile = 5, int LeastLoad = 0, int MostLoad = 40, int PerEmployer = 1, int PerCity = 2, bool NotTwoYearsRunning = true);

/// <param name="Decision"><c>Request</c>, <c>Approve</c>, <c>Return</c> or <c>Withdraw</c>.</param>
public sealed record AssignmentDecisionBody([property: JsonConverter(typeof(JsonStringEnumConverter<AssignmentDecision>))] AssignmentDecision? Decision = null, string? Reason = null, Guid? Version = null);

/// <param name="Out">Number of the expert who leaves; null to add one.</param>
/// <param name="In">Number of the expert who comes; null to take one away.</param>
public sealed record AssignmentChangeBody(int? Out = null, int? In = null, string? Reason = null, Guid? Version = null);

/// <summary>Files given to experts one by one: asked for, explained, changed, approved, checked. Experts are numbers in a record; names only where the reader may read them.</summary>
internal static class AssignmentEndpoints
{
    private const int PageSize = 200;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/assignments", async (string? q, AssignmentState? state, Guid? batch, long? after, Guid? afterId, AssignmentListQuery query, CancellationToken ct) =>
        {
            var key = after is { } ticks and >= 0 && ticks <= DateTime.MaxValue.Ticks && afterId is { } last ? (new DateTime(ticks, DateTimeKind.Utc), last) : ((DateTime, Guid)?)null;
            var (lines, more) = await query.ExecuteAsync(state, batch, q, key, ct);
            return new
            {
                items = lines.Select(l => new { l.Id, l.Number, l.Title, state = l.State.ToString(), requestedBy = l.RequestedByName, l.RequestedAt, l.SessionOn, l.Files, l.PerFile }),
                next = more ? $"/api/v1/assignments?q={Uri.EscapeDataString(q ?? string.Empty)}&state={state}&batch={batch}&after={lines[^1].RequestedAt.Ticks}&afterId={lines[^1].Id}" : null,
            };
        }).RequireAuthorization(AccountSetup.Policies.PoolReaders).WithSummary("Assignments, newest first, by key.");
        api.MapPost("/batches/{id:guid}/assignments", async (Guid id, AssignmentRequestBody body, HttpRequest request, RequestAssignmentHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            var order = new AssignmentOrder
            {
                SessionOn = body.SessionOn.GetValueOrDefault(),
                Categories = [.. (body.Categories ?? []).Where(c => !string.IsNullOrWhiteSpace(c)).Distinct().Order(StringComparer.Ordinal)],
                PerFile = body.PerFile,
                LeastLoad = body.LeastLoad,
                MostLoad = body.MostLoad,
                PerEmployer = body.PerEmployer,
                PerCity = body.PerCity,
                NotTwoYearsRunning = body.NotTwoYearsRunning,
            };
            var assignment = await handler.HandleAsync(new RequestAssignment(id, order, IdempotencyKey.Of(request)), actor.Value, ct);
            return Results.Created($"/api/v1/assignments/{assignment}", new { id = assignment });
        }).WithSummary("Asks for experts file by file; computed in the background, ask again until the state is no longer Solving.");
        api.MapGet("/assignments/{id:guid}", async (Guid id, int? from, ShowAssignmentQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var view = await query.ExecuteAsync(id, actor.Value, ct);
            var one = view.Assignment;
            var first = Math.Max(0, from ?? 0);
            return new
            {
                one.Id,
                one.Number,
                one.Title,
                state = one.State.ToString(),
                one.BatchId,
                one.Round,
                one.SessionOn,
                one.Order,
                one.Version,
                requestedBy = one.RequestedByName,
                decidedBy = one.DecidedByName,
                one.Note,
                namesOpen = view.IsOpen,
                certificate = CertificateOf(view),
                files = view.Report?.WorstFirst().Skip(first).Take(PageSize).Select(s => FileOf(view, s)),
                next = view.Record?.Snapshot.Files.Count > first + PageSize ? $"/api/v1/assignments/{id}?from={first + PageSize}" : null,
            };
        }).RequireAuthorization(AccountSetup.Policies.PoolReaders).WithSummary("An assignment with its certificate and its pairs, the worst served file first; names only where the reader may read them.");
        api.MapGet("/assignments/{id:guid}/files/{caseId:guid}", async (Guid id, Guid caseId, ShowAssignmentQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var view = await query.ExecuteAsync(id, actor.Value, ct);
            var place = view.Record?.Snapshot.Files.ToList().FindIndex(f => f.Id == caseId.ToString("N")) ?? -1;
            return place < 0 ? throw new NotFoundException() : new
            {
                caseId,
                view.Assignment.Version,
                mayChange = view.Assignment.MayChange(actor.Value),
                experts = view.Report!.Explain(place, view.Label).Select(r => new { number = view.Numbers.Of(r.Expert), name = view.Label(r.Expert), about = view.About(r.Expert), standing = r.Standing.ToString(), r.Rank, because = r.Text }),
            };
        }).RequireAuthorization(AccountSetup.Policies.PoolReaders).WithSummary("Why each expert judges this file, or does not.");
        api.MapPost("/assignments/{id:guid}/files/{caseId:guid}", async (Guid id, Guid caseId, AssignmentChangeBody body, HttpRequest request, ChangeAssignmentHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { changed = await handler.HandleAsync(new ChangeAssignment(id, caseId, body.Out, body.In, body.Reason, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("Changes a pair of a proposal by hand; conflicts and caps are looked at again.");
        api.MapPost("/assignments/{id:guid}/decision", async (Guid id, AssignmentDecisionBody body, HttpRequest request, DecideAssignmentHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { files = await handler.HandleAsync(new DecideAssignment(id, body.Decision, body.Reason, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("Puts a proposal to approval, approves it, sends it back, or takes it back.");
        api.MapGet("/assignments/{id:guid}/record", async (Guid id, ShowAssignmentQuery query, CurrentActor actor, CancellationToken ct) =>
            await query.ExecuteAsync(id, actor.Value, ct) is { IsOpen: true, Assignment: { Record: { } record, Number: var number } }
                ? Results.File(Encoding.UTF8.GetBytes(record), "application/json", $"{number}.json")
                : throw new NotFoundException()).RequireAuthorization(AccountSetup.Policies.PoolReaders).WithSummary("The record of an assignment, byte for byte; verify-draw checks it.");
    }

    private static object? CertificateOf(AssignmentView view)
    {
        if (view is not { Record: { } record, Report: { } report })
        {
            return null;
        }

        int? NumberOf(int? place) => place is { } one ? view.Numbers.Of(one) : null;
        return new
        {
            record.Objective,
            record.Bound,
            gap = report.Gap,
            provenByProgramme = record.IsProvenByProgramme,
            record.Input,
            seed = view.IsOpen ? record.Seed : null,
            record.Seal,
            checks = report.Checks().Select(c => new { c.Name, c.Asked, c.Reached, c.Holds }),
            changes = record.Changes.Select(c => new { file = record.Snapshot.Files[c.File].Number, @out = NumberOf(c.Out), @in = NumberOf(c.In), c.Reason, c.By, c.At }),
        };
    }

    private static object FileOf(AssignmentView view, FileStanding standing)
    {
        var file = view.Record!.Snapshot.Files[standing.File];
        return new
        {
            caseId = Guid.ParseExact(file.Id, "N"),
            file.Number,
            enterprise = file.Name,
            standing.Total,
            standing.Worst,
            experts = view.InOrder(standing.Experts).Select(e => new { number = view.Numbers.Of(e), name = view.Label(e), because = view.IsOpen ? PairMatch.Of(file, view.Record.Snapshot.Experts[e]).Because : null, load = view.Report!.Loads[e] }),
        };
    }
}
