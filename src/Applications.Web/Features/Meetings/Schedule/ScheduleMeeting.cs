using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Meetings.Schedule;

/// <param name="Panel">Key of the panel in the draw.</param>
/// <param name="Leader">Null to be elected at the session.</param>
public sealed record ScheduleMeeting(Guid DrawId, string? Panel, MeetingKind Kind, MeetingInput Input, Guid? Leader, Guid IdempotencyKey);

/// <summary>Calls a session of a drawn panel: members and applicants each get a letter.</summary>
public sealed class ScheduleMeetingHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, NumberAllocator numbers, MeetingPlanQuery plans, PanelSittingQuery sittings)
{
    /// <exception cref="RuleBrokenException">What <see cref="MeetingPlanQuery.ReadAsync"/> refuses; <c>not-a-member</c>, <c>leader-stepped-down</c>, <c>panel-empty</c>, <c>review-over</c>.</exception>
    public Task<Guid> HandleAsync(ScheduleMeeting request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var id = Guid.CreateVersion7();
        return pipeline.RunAsync(actor, request.IdempotencyKey, "call-meeting", ("meeting", id), c => CallAsync(request, id, actor, c), ct);
    }

    private async Task<Guid> CallAsync(ScheduleMeeting request, Guid id, Actor actor, CancellationToken ct)
    {
        var (draw, group, sitting, plan) = await PrepareAsync(request, actor, ct);

        // A call that is refused takes no number.
        var year = ChinaTime.DateOf(host.Now).Year;
        var number = $"HY-{year}-{await numbers.NextAsync($"meeting-{year}", ct):0000}";
        var batch = await db.Batches.SingleAsync(b => b.Id == draw.BatchId, ct);
        var meeting = new PanelMeeting
        {
            Id = id,
            BatchId = batch.Id,
            Round = draw.Round,
            DrawId = draw.Id,
            Panel = group.Key,
            Number = number,
            Title = $"{batch.Name} {group.Title}",
            Kind = request.Kind,
            CalledBy = actor.Name,
            CalledAt = host.Now,
            Version = Guid.NewGuid(),
        };
        meeting.Seat(plan, sitting.Members, request.Leader);
        db.Meetings.Add(meeting);
        await db.TellAsync(meeting, null, host.Now, ct);
        host.Note(
            FlowSubjects.Of(batch), batch.Stage, actor, "CallMeeting", "通知评审会议",
            $"{MeetingWords.Of(meeting.Kind)} {number}：{group.Title}，{Infrastructure.Presentation.ChinaTime.DateAndTime(plan.StartsAt)}，{plan.Agenda.Count} 个项目，专家 {sitting.Members.Count} 人");
        return meeting.Id;
    }

    private async Task<(PanelDraw Draw, DrawGroup Group, PanelSitting Sitting, MeetingPlan Plan)> PrepareAsync(ScheduleMeeting request, Actor actor, CancellationToken ct)
    {
        var draw = actor.Is(Roles.Officer) ? await db.Draws.AsNoTracking().SingleOrDefaultAsync(d => d.Id == request.DrawId && d.State == DrawState.Drawn, ct) : null;
        var group = draw?.Groups.FirstOrDefault(g => g.Key == request.Panel) ?? throw new NotFoundException();
        var taken = group.Cases.Where(c => request.Input.Order.GetValueOrDefault(c) is not null).ToList();
        var sitting = await sittings.ExecuteAsync(draw!.Round, taken.Count > 0 ? taken : group.Cases, ct);
        var plan = await plans.ReadAsync(request.Input, request.Kind, draw, group.Cases, sitting, null, actor, ct);
        if (sitting.Members.Count == 0)
        {
            throw new RuleBrokenException("panel-empty", "本组没有在组的专家，请先补充抽取。");
        }

        if (request.Leader is { } leader && sitting.Stepped.Contains(leader))
        {
            throw new RuleBrokenException("leader-stepped-down", "该专家已对本次会议的项目回避，不能担任组长。", "Leader");
        }

        if (await db.ProposedLists.AnyAsync(l => l.BatchId == draw.BatchId, ct))
        {
            throw new RuleBrokenException("review-over", "本批次已经提出拟认定名单，评审已经结束，不能再安排评审会议。");
        }

        return (draw, group, sitting, plan);
    }
}
