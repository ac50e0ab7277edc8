using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws.Run;

/// <param name="Witness">A word that somebody present says after the commitment was published; goes into the key.</param>
public sealed record RunDraw(Guid Id, string? Witness, Guid Version, Guid IdempotencyKey);

/// <summary>
/// Draws: opens the seed, makes the seats and the record, reveals the seed in the journal and completes the batch's work item in the requester's name, all in one commit. Whatever
/// interrupts it, either all of it happened or nothing, and the seed stays sealed.
/// </summary>
public sealed class RunDrawHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DrawTargetQuery targets, SeedSealStore seeds)
{
    /// <returns>How many files have a panel.</returns>
    /// <exception cref="RuleBrokenException"><c>draw-own-request</c>, <c>draw-not-committed</c>, <c>draw-cases-changed</c>, <c>text-too-long</c>; see <see cref="DrawTargetQuery"/>.</exception>
    public Task<int> HandleAsync(RunDraw request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "run-draw", ("draw", request.Id), c => DrawAsync(request, actor, c), ct);
    }

    private async Task<int> DrawAsync(RunDraw request, Actor actor, CancellationToken ct)
    {
        var draw = actor.Is(Roles.Head, Roles.Pool, Roles.Inspector) ? await db.Draws.SingleOrDefaultAsync(d => d.Id == request.Id, ct) : null;
        if (draw is null)
        {
            throw new NotFoundException();
        }

        StaleVersionException.ThrowIfStale(request.Version, draw.Version, "抽取申请");
        if (request.Witness?.Length > PanelDraw.LongestWitness)
        {
            throw new RuleBrokenException("text-too-long", $"见证人所说的内容不超过 {PanelDraw.LongestWitness} 字。", "Witness");
        }

        draw.Version = Guid.NewGuid();
        var target = await targets.FindAsync(draw.BatchId, ct);
        var placed = draw.Groups.SelectMany(g => g.Cases).ToHashSet();
        if (target.Round != draw.Round || target.Waiting.FirstOrDefault(w => !placed.Contains(w.Id)) is not null)
        {
            throw new RuleBrokenException("draw-cases-changed", "提出申请后又有项目通过审查进入本轮，原申请没有包括它们；请由申请人撤回并重新提出。");
        }

        var record = Draw(draw, request.Witness?.Trim() ?? string.Empty);
        draw.Complete(actor, record, host.Now);
        db.Reviews.AddRange(DrawSeats.Of(draw, record, target.Waiting.Select(w => w.Id).ToHashSet(), host.Now));
        var requester = new Actor(draw.RequestedBy, draw.RequestedByName, Roles.Officer, null);
        host.Note(
            FlowSubjects.Of(target.Batch), target.Item.Activity, actor, "RevealDraw", "抽取专家",
            $"抽取 {draw.Number}：{record.Panels.Count} 个评审组 {draw.Seats} 席，备选 {record.Panels.Sum(p => p.Reserves.Count)} 人；承诺摘要 {record.Commitment.Digest}；种子 {record.Seed}；记录封签 {record.Seal}");
        await host.CompleteAsync(FlowSubjects.Of(target.Batch), target.Item.Token, "Assign", requester, $"按抽取 {draw.Number} 确定专家：{draw.DecidedByName}批准，{actor.Name}抽取", ct);
        return target.Waiting.Count;
    }

    private DrawRecord Draw(PanelDraw draw, string witness)
    {
        if (draw is not { State: DrawState.Committed, Snapshot: { } snapshot, SealedSeed: { } sealedSeed })
        {
            throw new RuleBrokenException("draw-not-committed", draw.State == DrawState.Drawn ? "已经抽取，不能重抽。" : "申请尚未批准，不能抽取。");
        }

        var record = ExpertDraw.Run(draw.Request, DrawRecordJson.ReadPool(snapshot), seeds.Open(draw.Id, sealedSeed), witness, host.Now);
        return record.Commitment == draw.Commitment
            ? record
            : throw new InvalidOperationException($"What is stored of draw {draw.Number} is not what was committed to.");
    }
}
