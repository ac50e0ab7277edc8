using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Draws;
using Applications.Web.Features.Assignments.Request;

namespace Applications.Web.Features.Draws.Request;

public sealed record RequestDraw(Guid BatchId, DrawOrder Order, Guid IdempotencyKey);

/// <summary>The requested draw.</summary>
public sealed record RequestedDraw(Guid Id, string Number);

/// <summary>The division asks for the panels of a round. What cannot be drawn from today's pool is refused here, with what clashes, and not at the approver's desk.</summary>
public sealed class RequestDrawHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DrawTargetQuery targets, DrawPlanQuery plans, NumberAllocator numbers)
{
    /// <exception cref="RuleBrokenException">See <see cref="DrawTargetQuery"/> and <see cref="DrawPlanQuery"/>; <c>draw-open</c>, <c>draw-infeasible</c>.</exception>
    public async Task<RequestedDraw> HandleAsync(RequestDraw request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var year = ChinaTime.DateOf(host.Now).Year;
        var number = $"CQ-{year}-{await numbers.NextAsync($"draw-{year}", ct):0000}";
        return await pipeline.RunAsync(actor, request.IdempotencyKey, "request-draw", ("batch", request.BatchId), c => RequestAsync(request, number, actor, c), ct, number);
    }

    private async Task<RequestedDraw> RequestAsync(RequestDraw request, string number, Actor actor, CancellationToken ct)
    {
        var target = await targets.ForOfficerAsync(request.BatchId, actor, ct);
        await db.RequireNothingOpenAsync(target.Batch.Id, ct);
        var plan = await plans.OfAsync(target, request.Order, number, ct);
        RequireFeasible(DrawAdvisor.Advise(plan.Request, plan.Pool));
        var draw = new PanelDraw
        {
            Id = Guid.CreateVersion7(),
            BatchId = target.Batch.Id,
            Round = target.Round,
            Purpose = DrawPurpose.Panels,
            Number = number,
            Title = plan.Request.Title,
            SessionOn = request.Order.SessionOn,
            Categories = request.Order.Categories,
            Groups = plan.Groups,
            Request = plan.Request,
            RequestedBy = actor.UserId ?? throw new NotFoundException(),
            RequestedByName = actor.Name,
            RequestedAt = host.Now,
            Version = Guid.NewGuid(),
        };
        db.Draws.Add(draw);

        db.AskApproval(draw, host.Now);

        // Two requests at once: the second meets a newer batch and looks again.
        host.Note(FlowSubjects.Of(target.Batch), target.Item.Activity, actor, "RequestDraw", "申请抽取专家", $"抽取 {number}：{plan.Groups.Count} 个评审组 {draw.Seats} 席，{target.Waiting.Count} 个项目");
        return new RequestedDraw(draw.Id, number);
    }

    /// <exception cref="RuleBrokenException"><c>draw-infeasible</c>.</exception>
    internal static void RequireFeasible(DrawAdvice advice)
    {
        if (advice.Outlook != DrawOutlook.Feasible)
        {
            var clash = advice.Clashes.Count == 0 ? string.Empty : $"：{string.Join("；", advice.Clashes[0].Constraints)}";
            throw new RuleBrokenException("draw-infeasible", $"现有专家不能同时满足全部条件{clash}。请先试算，放宽其中一项。", "Panels");
        }
    }
}
