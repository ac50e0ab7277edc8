using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Draws;
using Applications.Web.Features.Draws;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Assignments.Request;

public sealed record RequestAssignment(Guid BatchId, AssignmentOrder Order, Guid IdempotencyKey);

/// <summary>The division asks for a proposal: which experts for each file. It is computed in the background (<see cref="Jobs.SolveAssignments"/>).</summary>
public sealed class RequestAssignmentHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DrawTargetQuery targets, NumberAllocator numbers, DefinitionCatalog definitions)
{
    /// <exception cref="RuleBrokenException">See <see cref="DrawTargetQuery"/> and <see cref="AssignmentOrder.Require"/>; <c>session-required</c>, <c>session-past</c>, <c>draw-open</c>, <c>assignment-open</c>.</exception>
    public async Task<Guid> HandleAsync(RequestAssignment request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var year = ChinaTime.DateOf(host.Now).Year;
        var number = $"FP-{year}-{await numbers.NextAsync($"assign-{year}", ct):0000}";
        return await pipeline.RunAsync(actor, request.IdempotencyKey, "request-assignment", ("batch", request.BatchId), c => RequestAsync(request, number, actor, c), ct, number);
    }

    private async Task<Guid> RequestAsync(RequestAssignment request, string number, Actor actor, CancellationToken ct)
    {
        var target = await targets.ForOfficerAsync(request.BatchId, actor, ct);
        request.Order.Require();
        SessionDays.Require(request.Order.SessionOn, ChinaTime.DateOf(host.Now));
        await db.RequireNothingOpenAsync(target.Batch.Id, ct);
        var rubric = definitions.Rubric(target.Batch.RubricId);
        var assignment = new FileAssignment
        {
            Id = Guid.CreateVersion7(),
            BatchId = target.Batch.Id,
            Round = target.Round,
            Number = number,
            Title = $"{target.Batch.Name}{(rubric.Rounds.Count == 0 ? string.Empty : rubric.TitleOf(target.Round))}（专家范围：{(request.Order.Categories.Count == 0 ? "全部类别" : string.Join('、', request.Order.Categories))}）",
            Order = request.Order,
            Cases = [.. target.Waiting.Select(w => w.Id)],
            SessionOn = request.Order.SessionOn,
            NumberKey = Guid.NewGuid(),
            RequestedBy = actor.UserId ?? throw new NotFoundException(),
            RequestedByName = actor.Name,
            RequestedAt = host.Now,
            Version = Guid.NewGuid(),
        };
        db.Assignments.Add(assignment);

        // Two requests at once: the second meets a newer batch and looks again.
        host.Note(FlowSubjects.Of(target.Batch), target.Item.Activity, actor, "RequestAssignment", "提出评审分派", $"分派 {number}：{assignment.Cases.Count} 个项目，每件 {request.Order.PerFile} 人");
        return assignment.Id;
    }
}

/// <summary>One way of finding experts at a time.</summary>
internal static class OpenSeatings
{
    /// <exception cref="RuleBrokenException"><c>draw-open</c>, <c>assignment-open</c>.</exception>
    public static async Task RequireNothingOpenAsync(this ApplicationsDbContext db, Guid batchId, CancellationToken ct)
    {
        if (await db.Draws.AsNoTracking().Where(d => d.BatchId == batchId && d.Purpose == DrawPurpose.Panels && (d.State == DrawState.Requested || d.State == DrawState.Committed))
            .Select(d => d.Number).FirstOrDefaultAsync(ct) is { } draw)
        {
            throw new RuleBrokenException("draw-open", $"本批次已有抽取申请 {draw} 在办，请先办结或撤回。");
        }

        if (await db.Assignments.AsNoTracking().Where(a => a.BatchId == batchId && (a.State == AssignmentState.Solving || a.State == AssignmentState.Proposed || a.State == AssignmentState.Requested || a.State == AssignmentState.Returned))
            .Select(a => a.Number).FirstOrDefaultAsync(ct) is { } assignment)
        {
            throw new RuleBrokenException("assignment-open", $"本批次已有评审分派 {assignment} 在办，请先办结或撤回。");
        }
    }
}
