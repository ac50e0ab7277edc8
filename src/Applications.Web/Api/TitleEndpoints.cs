using Applications.Domain.Titles;
using Applications.Web.Features.Titles.List;
using Applications.Web.Features.Titles.Show;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <param name="WorkItemId">The open item of the title on the caller's desk, with the version that was read.</param>
public sealed record TitleReportRequest(Guid? WorkItemId = null, Guid? Version = null, string? Text = null);

/// <param name="Outcome">One of the item's outcomes.</param>
public sealed record TitleDecisionRequest(Guid? WorkItemId = null, Guid? Version = null, string? Outcome = null, string? Reason = null);

/// <param name="Ground">Key of one of the programme's grounds.</param>
/// <param name="Facts">What happened and what shows it.</param>
public sealed record RevocationRequest(string? Ground = null, string? Facts = null);

/// <summary>Titles after the announcement: reports, evaluations, revocation.</summary>
internal static class TitleEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/titles", async (string? search, long? after, Guid? afterId, TitleListQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var (titles, more) = await query.ExecuteAsync(search, after is { } ticks && afterId is { } id ? (ticks, id) : null, actor.Value, ct);
            return new { items = titles.Select(Line), next = more ? new { after = titles[^1].IssuedAt.Ticks, afterId = titles[^1].Id } : null };
        }).WithSummary("Titles in the caller's scope, newest first; the next page by after and afterId.");
        api.MapGet("/titles/{id:guid}", async (Guid id, TitleShowQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var view = await query.ExecuteAsync(id, actor.Value, ct);
            return new
            {
                title = Line(view.Title),
                reports = view.Reports.Select(r => new { r.Kind, r.Text, r.HandedInAt, r.HandedInBy }),
                workItem = view.Item is { } item ? new { item.Id, item.Version, item.Task, item.Title, item.DueAt } : null,
                outcomes = view.Outcomes.Select(o => new { o.Outcome, o.Label, o.NeedsReason }),
                grounds = view.MayRevoke ? view.Programme.RevocationGrounds.Select(g => new { g.Key, g.Text }) : [],
            };
        }).WithSummary("One title with its reports and what the caller may do now.");
        api.MapPost("/titles/{id:guid}/report", async (Guid id, TitleReportRequest body, HttpRequest request, HandInReportHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            await handler.HandleAsync(new HandInReport(id, body.WorkItemId.GetValueOrDefault(), body.Text, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request)), actor.Value, ct);
            return Results.NoContent();
        }).WithSummary("The holder hands in what the title asks for.");
        api.MapPost("/titles/{id:guid}/decision", async (Guid id, TitleDecisionRequest body, HttpRequest request, DecideTitleHandler handler, CurrentActor actor, CancellationToken ct) => new
        {
            standsAt = await handler.HandleAsync(new DecideTitle(id, body.WorkItemId.GetValueOrDefault(), body.Outcome, body.Reason, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request)), actor.Value, ct),
        }).WithSummary("The department accepts a report, evaluates, or decides on a revocation.");
        api.MapPost("/titles/{id:guid}/revocation", async (Guid id, RevocationRequest body, HttpRequest request, OpenRevocationHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            await handler.HandleAsync(new OpenRevocation(id, body.Ground, body.Facts, IdempotencyKey.Of(request)), actor.Value, ct);
            return Results.NoContent();
        }).WithSummary("The officer opens a revocation for one of the programme's grounds.");
    }

    private static object Line(Certificate title) => new
    {
        title.Id,
        title.Number,
        title.CaseId,
        title.EnterpriseName,
        title.Uscc,
        title.CityName,
        title.ProgrammeKey,
        title.TitleName,
        title.IssuedAt,
        title.ValidUntil,
        title.RevokedAt,
        title.RevokedBecause,
        title.Stage,
        title.StageTitle,
        title.StageDue,
        title.Result,
    };
}
