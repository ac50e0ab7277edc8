using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Web.Features.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws.Run;

/// <param name="Witness">A word that somebody present says after the commitment was published; goes into the key.</param>
public sealed record RunDraw(Guid Id, string? Witness, Guid Version, Guid IdempotencyKey);

/// <summary>
/// Draws: opens the seed, makes the seats and the record, reveals the seed in the journal and completes the batch's work item in the requester's name, all in one commit. Whatever
/// interrupts it, either all of it happened or nothing, and the seed stays sealed.
/// </summary>
public sealed class RunDrawHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DrawTargetQuery targets, SeedSealStore seeds, DefinitionCatalog definitions)
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
        if (draw.Purpose == DrawPurpose.Supplement)
        {
            return await FillAsync(draw, request.Witness?.Trim() ?? string.Empty, actor, ct);
        }

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

    /// <summary>Fills the empty seats of panels at work: who was silent leaves, who was drawn comes.</summary>
    private async Task<int> FillAsync(PanelDraw draw, string witness, Actor actor, CancellationToken ct)
    {
        var batch = await db.Batches.SingleAsync(b => b.Id == draw.BatchId, ct);
        var record = Draw(draw, witness);
        draw.Complete(actor, record, host.Now);
        host.Note(
            FlowSubjects.Of(batch), batch.Stage, actor, "RevealDraw", "补充抽取专家",
            $"补充抽取 {draw.Number}：{record.Request.Panels.Sum(p => p.Size - (p.Seated?.Count ?? 0))} 席；承诺摘要 {record.Commitment.Digest}；种子 {record.Seed}；记录封签 {record.Seal}");
        var ids = draw.Groups.SelectMany(g => g.Cases).ToList();
        var cases = await db.Applications.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var sitting = (await db.Reviews.Where(r => ids.Contains(r.CaseId) && r.Round == draw.Round && r.State != ReviewState.Declined).ToListAsync(ct)).ToLookup(r => r.CaseId);
        var coming = DrawSeats.Of(draw, record, ids.ToHashSet(), host.Now).ToLookup(r => r.CaseId);
        foreach (var group in draw.Groups)
        {
            var seated = record.Request.Panels.Single(p => p.Key == group.Key).Seated!.ToHashSet(StringComparer.Ordinal);
            foreach (var one in group.Cases.Select(c => cases[c]))
            {
                var leaving = sitting[one.Id].Where(r => !seated.Contains(DrawPool.IdOf(r.ExpertId))).ToList();
                var token = PanelSeats.TokenOf(one, draw.Round, definitions);
                if (token is null || leaving.Exists(r => r.State == ReviewState.Locked) || seated.Any(s => sitting[one.Id].All(r => DrawPool.IdOf(r.ExpertId) != s)))
                {
                    throw new RuleBrokenException("draw-cases-changed", $"提出申请后{one.EnterpriseName}的评审组有变化（专家已提交评分、回避或评审已结束）；请由申请人撤回并重新提出。");
                }

                var subject = FlowSubjects.Of(one, batch);
                db.Reviews.AddRange(coming[one.Id]);
                await host.EnlistAsync(subject, token.Value, [.. coming[one.Id].Select(r => DrawPool.IdOf(r.ExpertId))], actor, $"补充抽取 {draw.Number}", ct);
                foreach (var review in leaving)
                {
                    review.Release($"逾期未评，补充抽取 {draw.Number}", host.Now);
                    review.Version = Guid.NewGuid();
                    await host.AnswerAsync(subject, token.Value, DrawPool.IdOf(review.ExpertId), PanelReviewKind.Decline, Actor.System, "逾期未评，由补充抽取的专家替换", ct);
                }
            }
        }

        return ids.Count;
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
