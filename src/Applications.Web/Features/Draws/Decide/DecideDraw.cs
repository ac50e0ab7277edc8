using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Applications.Web.Features.Draws.Request;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws.Decide;

public enum DrawDecision
{
    /// <summary>Approves: the pool is photographed, the seed made, and the hashes of all go into the journal.</summary>
    Approve,

    /// <summary>Sends it back to the requester.</summary>
    Return,

    /// <summary>The requester takes it back.</summary>
    Withdraw,
}

public sealed record DecideDraw(Guid Id, DrawDecision? Decision, string? Reason, Guid Version, Guid IdempotencyKey);

/// <summary>Approves a draw, sends it back, or takes it back.</summary>
public sealed class DecideDrawHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DrawPool pool, SeedSealStore seeds)
{
    /// <returns>The digest that was published; empty when nothing was committed to.</returns>
    /// <exception cref="RuleBrokenException"><c>decision-required</c>, <c>draw-own-request</c>, <c>draw-decided</c>, <c>draw-infeasible</c>, <c>reason-required</c>, <c>text-too-long</c>.</exception>
    public Task<string> HandleAsync(DecideDraw request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var command = request.Decision switch { DrawDecision.Approve => "approve-draw", DrawDecision.Return => "return-draw", _ => "withdraw-draw" };
        return pipeline.RunAsync(actor, request.IdempotencyKey, command, ("draw", request.Id), c => DecideAsync(request, actor, c), ct, request.Reason);
    }

    private async Task<string> DecideAsync(DecideDraw request, Actor actor, CancellationToken ct)
    {
        var draw = actor.Is(Roles.Officer, Roles.Head, Roles.Pool) ? await db.Draws.SingleOrDefaultAsync(d => d.Id == request.Id, ct) : null;
        if (draw is null || (request.Decision == DrawDecision.Withdraw ? draw.RequestedBy != actor.UserId : !actor.Is(Roles.Head, Roles.Pool)))
        {
            throw new NotFoundException();
        }

        StaleVersionException.ThrowIfStale(request.Version, draw.Version, "抽取申请");
        draw.Version = Guid.NewGuid();
        var batch = await db.Batches.SingleAsync(b => b.Id == draw.BatchId, ct);
        switch (request.Decision)
        {
            case null:
                throw new RuleBrokenException("decision-required", "请选择批准或退回。", "Decision");
            case DrawDecision.Approve:
                await CommitAsync(draw, batch, actor, ct);
                break;
            case DrawDecision.Return:
                draw.Return(actor, request.Reason, host.Now);
                host.Note(FlowSubjects.Of(batch), batch.Stage, actor, "ReturnDraw", "退回抽取申请", $"抽取 {draw.Number}：{draw.DecisionNote}");
                break;
            default:
                draw.Withdraw(request.Reason);
                host.Note(FlowSubjects.Of(batch), batch.Stage, actor, "WithdrawDraw", "撤回抽取申请", $"抽取 {draw.Number}：{draw.DecisionNote}");
                break;
        }

        return draw.Commitment?.Digest ?? string.Empty;
    }

    private async Task CommitAsync(PanelDraw draw, Domain.Batches.Batch batch, Actor actor, CancellationToken ct)
    {
        var request = draw.Request with { Panels = [.. draw.Request.Panels.Select(p => p with { Appointed = [.. p.Appointed.Select(a => a with { ApprovedBy = actor.Name })] })] };
        var snapshot = await pool.ForAsync(draw, ct);
        RequestDrawHandler.RequireFeasible(DrawAdvisor.Advise(request, snapshot));
        var seed = ExpertDraw.NewSeed();
        var commitment = DrawCommitment.Of(request, snapshot, seed);
        draw.Commit(actor, request, DrawRecordJson.WritePool(snapshot), commitment, seeds.Seal(draw.Id, seed), host.Now);
        host.Note(
            FlowSubjects.Of(batch), batch.Stage, actor, "CommitDraw", "抽取承诺",
            $"抽取 {draw.Number}：专家库快照 {snapshot.Count} 人，条件、快照和种子已锁定；承诺摘要 {commitment.Digest}");
    }
}
