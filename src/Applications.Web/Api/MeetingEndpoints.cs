using System.Text.Json.Serialization;
using Applications.Domain.Reviews.Meetings;
using Applications.Web.Features.Meetings;
using Applications.Web.Features.Meetings.Change;
using Applications.Web.Features.Meetings.List;
using Applications.Web.Features.Meetings.Schedule;
using Applications.Web.Features.Meetings.Show;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;

namespace Applications.Web.Api;

/// <param name="Minutes">How long the file has.</param>
public sealed record MeetingFileBody(Guid CaseId, int? Minutes = null);

/// <param name="Day">In China.</param>
/// <param name="Time">In China.</param>
/// <param name="Files">In the order in which they are taken.</param>
/// <param name="Reason">For a change: why; everybody reads it.</param>
/// <param name="Sure">Means a day off, or today.</param>
public sealed record MeetingBody(
    string? Panel = null, [property: JsonConverter(typeof(JsonStringEnumConverter<MeetingKind>))] MeetingKind Kind = MeetingKind.Defence, DateOnly? Day = null, TimeOnly? Time = null,
    string? Place = null, string? Link = null, IReadOnlyList<MeetingFileBody>? Files = null, Guid? Leader = null, string? Reason = null, Guid? Version = null, bool Sure = false)
{
    internal MeetingInput Input => new()
    {
        Day = Day,
        Time = Time,
        Place = Place,
        Link = Link,
        Sure = Sure,
        Order = (Files ?? []).DistinctBy(f => f.CaseId).Select((f, i) => (f.CaseId, i)).ToDictionary(f => f.CaseId, f => (int?)(f.i + 1)),
        Minutes = (Files ?? []).DistinctBy(f => f.CaseId).ToDictionary(f => f.CaseId, f => f.Minutes),
    };
}

/// <param name="Subject">The expert whom staff mark or name, or the file whose turn comes.</param>
/// <param name="Text">Reason or dissent.</param>
/// <param name="Sure">Hands in although files were never begun.</param>
/// <param name="Version">For staff the meeting's <c>version</c>; for members its <c>wordsVersion</c>.</param>
public sealed record MeetingStepBody(
    [property: JsonConverter(typeof(JsonStringEnumConverter<MeetingStep>))] MeetingStep? Step = null, Guid? Subject = null, string? Text = null, IReadOnlyList<SiteFinding>? Findings = null,
    IReadOnlyList<FileOpinion>? Opinions = null, string? Summary = null, Guid? Version = null, bool Sure = false);

/// <summary>Sessions of panels; the same scope and seal as the pages.</summary>
internal static class MeetingEndpoints
{
    private static readonly AuthorizeAttribute Readers = new() { Roles = MeetingShowModel.MeetingReaders };

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/meetings", async (string? q, MeetingState? state, Guid? batch, MeetingListQuery query, CurrentActor actor, CancellationToken ct) => new
        {
            items = (await query.ExecuteAsync(batch, state, q, actor.Value, ct)).Select(m => new
            {
                m.Id,
                m.Number,
                m.Title,
                kind = m.Kind.ToString(),
                state = m.State.ToString(),
                m.StartsAt,
                endsAt = m.Plan.EndsAt,
                m.Place,
                m.Link,
                files = m.Agenda.Count,
                members = m.Members.Count,
                present = m.Present.Count(),
            }),
        }).RequireAuthorization(Readers).WithSummary("Sessions of the last year and those to come, soonest first; an expert's own.");
        api.MapGet("/meetings/{id:guid}", async (Guid id, MeetingQuery query, CurrentActor actor, CancellationToken ct) => Of(await query.ExecuteAsync(id, actor.Value, ct)))
            .RequireAuthorization(Readers).WithSummary("A session: order, attendance, site-check sheet, opinion and answers; names only where the reader may read them.");
        api.MapPost("/draws/{id:guid}/meetings", async (Guid id, MeetingBody body, HttpRequest request, ScheduleMeetingHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            var meeting = await handler.HandleAsync(new ScheduleMeeting(id, body.Panel, body.Kind, body.Input, body.Leader, IdempotencyKey.Of(request)), actor.Value, ct);
            return Results.Created($"/api/v1/meetings/{meeting}", new { id = meeting });
        }).WithSummary("Calls a session of a drawn panel; members and applicants are told.");
        api.MapPost("/meetings/{id:guid}/change", async (Guid id, MeetingBody body, HttpRequest request, ChangeMeetingHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { id = await handler.HandleAsync(new ChangeMeeting(id, body.Input, body.Reason, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request)), actor.Value, ct) })
            .WithSummary("Another time, place or order; everybody is told again.");
        api.MapPost("/meetings/{id:guid}/steps", async (Guid id, MeetingStepBody body, HttpRequest request, AttendMeetingHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            var words = new PanelWords([.. (body.Findings ?? []).Select(f => f with { Note = f.Note?.Trim() ?? string.Empty })], [.. (body.Opinions ?? []).Select(o => o with { Text = o.Text ?? string.Empty })], body.Summary ?? string.Empty);
            var done = await handler.HandleAsync(
                new AttendMeeting(id, body.Step ?? throw new Domain.Common.RuleBrokenException("step-required", "请选择要办理的事项。", "Step"), body.Subject, body.Text, words, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request), body.Sure), actor.Value, ct);
            return new { state = done.State.ToString(), wordsVersion = done.Version };
        }).WithSummary("Signs in, drafts, hands in, confirms or dissents; for staff: marks, names the leader, closes, calls off.");
    }

    private static object Of(MeetingView view)
    {
        var meeting = view.Meeting;
        return new
        {
            meeting.Id,
            meeting.Number,
            meeting.Title,
            meeting.BatchId,
            meeting.Round,
            meeting.DrawId,
            meeting.Panel,
            kind = meeting.Kind.ToString(),
            state = meeting.State.ToString(),
            meeting.StartsAt,
            endsAt = meeting.Plan.EndsAt,
            meeting.Place,
            meeting.Link,
            meeting.Note,
            meeting.Version,
            meeting.WordsVersion,
            leader = meeting.LeaderId is { } leader ? view.Names[leader] : null,
            agenda = meeting.Agenda.Select(a => new
            {
                a.CaseId,
                a.Number,
                a.Name,
                a.Minutes,
                startsAt = meeting.Plan.StartOf(a.CaseId),
                a.StartedAt,
                a.Points,
                findings = view.ShowsOpinion ? meeting.Findings.Where(f => f.CaseId == a.CaseId).Select(f => new { f.Point, f.Holds, f.Note }) : [],
                opinion = view.ShowsOpinion ? view.OpinionOf(a.CaseId) : null,
                recused = view.IsKnown ? view.Recused[a.CaseId].Where(view.Names.ContainsKey).Select(r => view.Names[r]) : [],
            }),
            summary = view.ShowsOpinion ? meeting.Summary : null,

            members = meeting.Members.Select(m => new { id = view.IsKnown || m == view.Me ? m.ExpertId : (Guid?)null, name = view.Names[m.ExpertId], m.SignedInAt, m.IsAbsent, m.Note, m.AnsweredAt, m.Dissent }),
        };
    }
}
