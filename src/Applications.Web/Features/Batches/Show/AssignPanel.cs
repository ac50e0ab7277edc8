using System.Security.Cryptography;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Experts;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.Show;

/// <param name="Seats">Experts a file, odd, 3 to 7.</param>
public sealed record AssignPanel(Guid BatchId, int Seats, Guid IdempotencyKey);

/// <summary>
/// Chooses the panels of every file that waits at the round's gate and starts the round. Where the gate opens for good all files must have come that far;
/// where it opens by a pulse, those that are still being checked join the next time.
/// </summary>
public sealed class AssignPanelHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, ConflictFacts conflicts)
{
    /// <returns>How many files have a panel.</returns>
    /// <exception cref="RuleBrokenException"><c>cases-still-checked</c>, <c>reviews-open</c>, <c>nothing-to-review</c>, <c>panel-shortage</c>, <c>panel-size</c>.</exception>
    public Task<int> HandleAsync(AssignPanel request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "assign-panel", ("batch", request.BatchId), c => AssignAsync(request, actor, c), ct);
    }

    private async Task<int> AssignAsync(AssignPanel request, Actor actor, CancellationToken ct)
    {
        var (batch, item) = await db.BatchItemAsync(request.BatchId, Tasks.AssignPanel, actor, ct);
        if (request.Seats is not (3 or 5 or 7))
        {
            throw new RuleBrokenException("panel-size", "每个项目的专家人数应为 3、5 或 7 人。", "Seats");
        }

        var running = await db.Applications.Where(a => a.BatchId == batch.Id && a.Result == null && a.SuspendedAt == null).ToListAsync(ct);
        var (round, rolling) = RoundOf(definitions.Workflow(batch.State.DefinitionId), item.Activity);
        var waiting = running.Where(a => StageOf(a) is { Kind: GateKind } gate && gate.Kind.Answers(gate, round)).ToList();
        if (rolling && running.FirstOrDefault(a => StageOf(a).Kind is PanelReviewKind) is { } scored)
        {
            throw new RuleBrokenException("reviews-open", $"{scored.EnterpriseName}等项目的上一轮评审尚未完成，不能开始下一轮。");
        }

        if (!rolling && running.Count > waiting.Count)
        {
            throw new RuleBrokenException("cases-still-checked", $"还有 {running.Count - waiting.Count} 件申报未完成形式审查或补正，请先办结：{string.Join("、", running.Except(waiting).Take(5).Select(a => a.EnterpriseName))}。");
        }

        if (waiting.Count == 0)
        {
            throw new RuleBrokenException("nothing-to-review", "没有通过形式审查的申报，无法开始评审。");
        }

        var ids = waiting.Select(a => a.EnterpriseId).ToList();
        var enterprises = await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        var today = ChinaTime.DateOf(host.Now);
        var pool = (await db.Experts.AsNoTracking().Where(Expert.InPoolOn(today)).ToListAsync(ct)).FindAll(e => e.IsAvailableOn(today));
        // Drawn here and written into the journal below: nobody can have known it, and anybody can draw again with it.
        var seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var table = await conflicts.ForAsync(pool, waiting, ct);
        var plan = PanelAssignment.Assign(
            [.. waiting.Select(a => PanelCases.Of(a, enterprises[a.EnterpriseId], table.Barred(a.Id, today)))], pool, request.Seats, seed, new Dictionary<Guid, int>());
        if (plan.Shortages.Count > 0)
        {
            throw new RuleBrokenException("panel-shortage", $"有 {plan.Shortages.Count} 个项目找不到足够的专家：{plan.Shortages[0]}。可减少每组人数或补充专家库。", "Seats");
        }

        db.Reviews.AddRange(plan.Seats.Select(s => PanelCases.Seat(s, batch.Id, round, host.Now)));
        await host.CompleteAsync(FlowSubjects.Of(batch), item.Token, "Assign", actor, $"每个项目 {request.Seats} 名专家；专家库 {pool.Count} 人，抽取种子 {seed}", ct);
        return waiting.Count;
    }

    /// <summary>The round that the work item seats, and whether the gate behind it opens by a pulse.</summary>
    internal static (string Round, bool Rolling) RoundOf(WorkflowDefinition flow, string activity) => (
        flow.Get(activity).SettingsAs<WorkItemSettings>().Round ?? ReviewRound.Default,
        flow.Get(flow.Follow(activity, "Assign").Target).Settings is OpenGateSettings { Pulse: true });

    private Activity StageOf(Application application) => definitions.Workflow(application.State.DefinitionId).Get(application.Stage);
}
