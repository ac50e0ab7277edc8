using System.Globalization;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Data.Outbox;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Workflow;
using Applications.Web.Features.Draws;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Assignments.Decide;

public enum AssignmentDecision
{
    /// <summary>The requester puts the proposal to another office.</summary>
    Request,

    /// <summary>Another office approves: the seats are made.</summary>
    Approve,

    /// <summary>Sends it back to the requester.</summary>
    Return,

    /// <summary>The requester takes it back, or stops the computation.</summary>
    Withdraw,
}

public sealed record DecideAssignment(Guid Id, AssignmentDecision? Decision, string? Reason, Guid Version, Guid IdempotencyKey);

/// <summary>
/// Moves an assignment on. The approval makes all seats, completes the batch's work item in the requester's name and writes the record's seal into the journal, all in one commit: whatever
/// interrupts it, either all of it happened or nothing.
/// </summary>
public sealed class DecideAssignmentHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, AssignmentPool pool, DrawTargetQuery targets)
{
    private const int MostNamed = 5;

    /// <returns>How many files have experts now; 0 when it was not the approval.</returns>
    /// <exception cref="RuleBrokenException">
    /// <c>decision-required</c>, <c>assignment-own-request</c>, <c>assignment-closed</c>, <c>assignment-conflict</c>, <c>draw-cases-changed</c>, <c>reason-required</c>, <c>text-too-long</c>.
    /// </exception>
    public Task<int> HandleAsync(DecideAssignment request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var command = request.Decision switch
        {
            AssignmentDecision.Request => "submit-assignment",
            AssignmentDecision.Approve => "approve-assignment",
            AssignmentDecision.Return => "return-assignment",
            _ => "withdraw-assignment",
        };
        return pipeline.RunAsync(actor, request.IdempotencyKey, command, ("assignment", request.Id), c => DecideAsync(request, actor, c), ct, request.Reason);
    }

    private async Task<int> DecideAsync(DecideAssignment request, Actor actor, CancellationToken ct)
    {
        var assignment = actor.Is(Roles.Officer, Roles.Head, Roles.Pool) ? await db.Assignments.SingleOrDefaultAsync(a => a.Id == request.Id, ct) : null;
        var own = request.Decision is AssignmentDecision.Request or AssignmentDecision.Withdraw;
        if (assignment is null || (own ? assignment.RequestedBy != actor.UserId : !actor.Is(Roles.Head, Roles.Pool)))
        {
            throw new NotFoundException();
        }

        StaleVersionException.ThrowIfStale(request.Version, assignment.Version, "分派方案");
        assignment.Version = Guid.NewGuid();
        var batch = await db.Batches.SingleAsync(b => b.Id == assignment.BatchId, ct);
        switch (request.Decision)
        {
            case null:
                throw new RuleBrokenException("decision-required", "请选择批准或退回。", "Decision");
            case AssignmentDecision.Request:
                assignment.Request();
                Note(batch, actor, "SubmitAssignment", "分派方案报批", $"分派 {assignment.Number}：输入摘要 {AssignmentRecordJson.Read(assignment.Record!).Input}");
                foreach (var role in new[] { Roles.Pool, Roles.Head })
                {
                    db.Send(OutboxKinds.SendLetter, new SendLetter("seats-to-approve", role, batch.Id, null, $"评审分派 {assignment.Number}", "有评审分派待批准", Path: $"/assignments/{assignment.Id}"), $"assignment:{assignment.Id:N}:{assignment.Version:N}:{role}", host.Now);
                }

                break;
            case AssignmentDecision.Approve:
                return await ConfirmAsync(assignment, batch, actor, ct);
            case AssignmentDecision.Return:
                assignment.Return(actor, request.Reason, host.Now);
                Note(batch, actor, "ReturnAssignment", "退回分派方案", $"分派 {assignment.Number}：{assignment.Note}");
                break;
            default:
                assignment.Withdraw(request.Reason);
                Note(batch, actor, "WithdrawAssignment", "撤回评审分派", $"分派 {assignment.Number}：{assignment.Note}");
                break;
        }

        return 0;
    }

    private async Task<int> ConfirmAsync(FileAssignment assignment, Batch batch, Actor actor, CancellationToken ct)
    {
        assignment.Confirm(actor, host.Now);
        var target = await targets.FindAsync(assignment.BatchId, ct);
        var placed = assignment.Cases.ToHashSet();
        if (target.Round != assignment.Round || target.Waiting.Any(w => !placed.Contains(w.Id)))
        {
            throw new RuleBrokenException("draw-cases-changed", "生成方案后又有项目通过审查进入本轮，原方案没有包括它们；请退回，由申请人撤回并重新生成。");
        }

        var record = AssignmentRecordJson.Read(assignment.Record!);
        var seats = AssignmentSeats.Of(assignment, record, target.Waiting.Select(w => w.Id).ToHashSet(), host.Now).ToList();
        var against = await pool.AgainstAsync([.. seats.Select(s => (s.CaseId, s.ExpertId))], assignment.SessionOn, ct);
        if (against.Count > 0)
        {
            var files = record.Snapshot.Files.ToDictionary(f => Guid.ParseExact(f.Id, "N"), f => f.Name);
            throw new RuleBrokenException(
                "assignment-conflict",
                $"生成方案后又出现 {against.Count} 处应当回避或不能参加：{string.Join("；", against.Take(MostNamed).Select(a => $"{files[a.Case]}（{a.Fact}）"))}。请退回，由申请人撤回并重新生成。");
        }

        if (new AssignmentReport(record).Checks().FirstOrDefault(c => !c.Holds) is { } broken)
        {
            throw new RuleBrokenException("assignment-conflict", $"方案不满足“{broken.Name}”：{broken.Reached}。");
        }

        db.Reviews.AddRange(seats);
        var requester = new Actor(assignment.RequestedBy, assignment.RequestedByName, Roles.Officer, null);
        Note(
            batch, actor, "ConfirmAssignment", "评审分派生效",
            string.Create(CultureInfo.InvariantCulture, $"分派 {assignment.Number}：{target.Waiting.Count} 个项目 {seats.Count} 席；输入摘要 {record.Input}；种子 {record.Seed}；目标值 {record.Objective}，下界 {record.Bound}；记录封签 {record.Seal}"));
        await host.CompleteAsync(FlowSubjects.Of(target.Batch), target.Item.Token, "Assign", requester, $"按分派 {assignment.Number} 确定专家：{actor.Name}批准", ct);
        return target.Waiting.Count;
    }

    private void Note(Batch batch, Actor actor, string outcome, string label, string text) => host.Note(FlowSubjects.Of(batch), batch.Stage, actor, outcome, label, text);
}
