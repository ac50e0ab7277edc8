using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Presentation;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Meetings.Change;

public sealed record ChangeMeeting(Guid Id, MeetingInput Input, string? Reason, Guid Version, Guid IdempotencyKey);

/// <summary>Another time, place or order: everybody is told again, with the reason.</summary>
public sealed class ChangeMeetingHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, MeetingPlanQuery plans, PanelSittingQuery sittings)
{
    /// <exception cref="RuleBrokenException"><c>change-nothing</c>; what <see cref="MeetingPlanQuery.ReadAsync"/> and <see cref="Domain.Reviews.Meetings.PanelMeeting.Change"/> refuse.</exception>
    public Task<Guid> HandleAsync(ChangeMeeting request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "change-meeting", ("meeting", request.Id), c => ChangeAsync(request, actor, c), ct, request.Reason);
    }

    private async Task<Guid> ChangeAsync(ChangeMeeting request, Actor actor, CancellationToken ct)
    {
        var meeting = (actor.Is(Roles.Officer) ? await db.Meetings.SingleOrDefaultAsync(m => m.Id == request.Id, ct) : null) ?? throw new NotFoundException();
        StaleVersionException.ThrowIfStale(request.Version, meeting.Version, "会议");
        var draw = await db.Draws.AsNoTracking().SingleAsync(d => d.Id == meeting.DrawId, ct);
        var cases = draw.Groups.Single(g => g.Key == meeting.Panel).Cases;
        var sitting = await sittings.ExecuteAsync(meeting.Round, [.. cases.Where(c => request.Input.Order.GetValueOrDefault(c) is not null)], ct);
        var before = meeting.Plan;
        var plan = await plans.ReadAsync(request.Input, meeting.Kind, draw, cases, sitting, meeting, actor, ct);
        if ((plan.StartsAt, plan.Place, plan.Link) == (before.StartsAt, before.Place, before.Link) && plan.Agenda.Select(a => (a.CaseId, a.Minutes)).SequenceEqual(before.Agenda.Select(a => (a.CaseId, a.Minutes))))
        {
            // Everybody would be written to for nothing.
            throw new RuleBrokenException("change-nothing", "时间、地点和项目顺序都没有变化。", "Input.Day");
        }

        meeting.Change(plan, request.Reason);
        meeting.Follow(sitting.Members, sitting.Stepped);
        meeting.Version = Guid.NewGuid();
        await db.TellAsync(meeting, before, host.Now, ct);
        var batch = await db.Batches.SingleAsync(b => b.Id == meeting.BatchId, ct);
        host.Note(
            FlowSubjects.Of(batch), batch.Stage, actor, "ChangeMeeting", "变更评审会议",
            $"{MeetingWords.Of(meeting.Kind)} {meeting.Number}：改为 {ChinaTime.DateAndTime(meeting.StartsAt)}，{meeting.Agenda.Count} 个项目；{meeting.Note}");
        return meeting.Id;
    }
}
