using Applications.Web.Features.Desk.Show;
using Applications.Web.Features.WorkItems.Complete;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <param name="Marks">Field key → what to correct, for outcomes that send the application back.</param>
/// <param name="Checked">Keys of the formal checklist found in order; all of them are needed to pass a formal check.</param>
public sealed record CompleteRequest(string? Outcome, Guid Version, string? Reason = null, Dictionary<string, string>? Marks = null, List<string>? Checked = null);

/// <summary>The caller's desk.</summary>
internal static class WorkItemEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/work-items", async (string? q, long? after, Guid? afterId, DeskQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var (items, more) = await query.ExecuteAsync(actor.Value, q, after is { } ticks && afterId is { } id ? (ticks, id) : null, ct);
            return new
            {
                items = items.Select(l => new { l.Item.Id, l.Item.CaseId, l.Item.BatchId, l.BatchName, l.Item.Activity, l.Item.Title, l.Item.Task, l.Item.Subject, l.Item.OpenedAt, l.Item.DueAt, l.Item.Version }),
                next = more ? $"/api/v1/work-items?q={Uri.EscapeDataString(q ?? string.Empty)}&after={items[^1].Item.DueAt?.Ticks ?? 0}&afterId={items[^1].Item.Id}" : null,
            };
        }).WithSummary("Open work items on the caller's desk, most urgent first, with the address of the next page.");
        api.MapPost("/work-items/{id:guid}/complete", async (
            Guid id, CompleteRequest body, HttpRequest request, CompleteWorkItemHandler handler, CurrentActor actor, CancellationToken ct) =>
            await handler.HandleAsync(new CompleteWorkItem(id, body.Outcome, body.Reason, body.Version, body.Marks, body.Checked, IdempotencyKey.Of(request)), actor.Value, ct))
            .WithSummary("Decides a work item by one of its outcomes.");
    }
}
