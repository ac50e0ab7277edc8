using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws;

/// <summary>What waits for panels: the batch, its open item, the round, the files at the round's gate.</summary>
/// <param name="Rolling">True when the gate opens by a pulse: files still being checked join the next turn.</param>
public sealed record DrawTarget(Batch Batch, WorkItem Item, string Round, bool Rolling, IReadOnlyList<Application> Waiting);

/// <summary>
/// Finds the files that wait for panels. Where the gate opens for good all files must have come that far; where it opens by a pulse, those that are still being checked join
/// the next time.
/// </summary>
public sealed class DrawTargetQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    /// <summary>For the officer on whose desk the batch lies.</summary>
    /// <exception cref="RuleBrokenException"><c>cases-still-checked</c>, <c>reviews-open</c>, <c>nothing-to-review</c>, <c>assigned-to-other</c>.</exception>
    public async Task<DrawTarget> ForOfficerAsync(Guid batchId, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Officer))
        {
            throw new NotFoundException();
        }

        var target = await FindAsync(batchId, ct);
        RequireOwn(target.Item, actor);
        return target;
    }

    /// <summary>The same for a page: in place of a refusal its words and the files it is about.</summary>
    public async Task<(DrawTarget? Target, RoundHindrance? Hindrance)> TryForOfficerAsync(Guid batchId, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Officer))
        {
            throw new NotFoundException();
        }

        try
        {
            var (target, hindrance) = await LookAsync(batchId, ct);
            RequireOwn(target.Item, actor);
            return hindrance is null ? (target, null) : (null, hindrance);
        }
        catch (RuleBrokenException e)
        {
            return (null, new RoundHindrance(e.Code, e.Message, []));
        }
        catch (StaleVersionException)
        {
            return (null, new RoundHindrance("seated", "本批次的专家已经确定。", []));
        }
    }

    /// <exception cref="StaleVersionException">The step is already done.</exception>
    public async Task<DrawTarget> FindAsync(Guid batchId, CancellationToken ct)
    {
        var (target, hindrance) = await LookAsync(batchId, ct);
        return hindrance is null ? target : throw new RuleBrokenException(hindrance.Code, hindrance.InFull);
    }

    private async Task<(DrawTarget Target, RoundHindrance? Hindrance)> LookAsync(Guid batchId, CancellationToken ct)
    {
        var batch = await db.Batches.SingleOrDefaultAsync(b => b.Id == batchId, ct) ?? throw new NotFoundException();
        var items = await db.WorkItems.Where(w => w.BatchId == batchId && w.CaseId == null && w.Task == Tasks.AssignPanel).ToListAsync(ct);
        if (items.Count == 0)
        {
            throw new NotFoundException();
        }

        var item = items.Find(i => i.ClosedAt is null) ?? throw new StaleVersionException("该环节");
        var running = await db.Applications.Where(a => a.BatchId == batch.Id && a.Result == null && a.SuspendedAt == null).ToListAsync(ct);
        var (round, rolling) = RoundOf(definitions.Workflow(batch.State.DefinitionId), item.Activity);
        var readiness = RoundReadiness.Of(definitions, round, rolling, running.ConvertAll(a => new FileStanding(a.Id, a.EnterpriseName, a.Stage, a.StageTitle, a.State.DefinitionId)));
        var ready = readiness.Waiting.Select(w => w.Id).ToHashSet();
        return (new DrawTarget(batch, item, round, rolling, running.FindAll(a => ready.Contains(a.Id))), readiness.Hindrance);
    }

    private static void RequireOwn(WorkItem item, Actor actor)
    {
        if (!item.IsFor(actor.Holder, actor.UserId))
        {
            throw new RuleBrokenException("assigned-to-other", $"该待办已转给{item.AssigneeName}办理；需要时可在“更多办理方式”中再次转办。");
        }
    }

    /// <summary>The round that the work item seats, and whether the gate behind it opens by a pulse.</summary>
    internal static (string Round, bool Rolling) RoundOf(WorkflowDefinition flow, string activity) => (
        flow.Get(activity).SettingsAs<WorkItemSettings>().Round ?? ReviewRound.Default,
        flow.Get(flow.Follow(activity, "Assign").Target).Settings is OpenGateSettings { Pulse: true });
}
