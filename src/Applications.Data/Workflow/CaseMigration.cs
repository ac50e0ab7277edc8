using Applications.Data.Calendars;
using Applications.Data.Commands;
using Applications.Data.Outbox;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Versions;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Workflow;

/// <summary>Which cases are to go from which version to which.</summary>
/// <param name="Mapping">Steps that have another id in the target version: old id → new id.</param>
public sealed record MigrationRoute(string From, string To, IReadOnlyDictionary<string, string> Mapping);

/// <summary>A case chosen for a move, as whoever chose it saw it.</summary>
public sealed record CaseToMove(Guid Id, Guid Version);

/// <summary>What moving one case would do.</summary>
public sealed record RehearsedCase(Application Application, MigrationPlan Plan);

/// <summary>
/// Moves running cases to another version of their definition. Only places get other names: no step is entered again, no letter or command is repeated, no
/// work item is opened or closed. Saves nothing: the command that called it commits all of it at once.
/// </summary>
public sealed class CaseMigration(ApplicationsDbContext db, DefinitionCatalog definitions, CalendarSource calendars, WorkflowHost host)
{
    /// <summary>Cases in one command: one transaction stays short enough for everybody else.</summary>
    public const int MostCases = 500;

    private const int MostNamed = 5;

    /// <summary>Works out what would happen and changes nothing.</summary>
    /// <param name="chosen">Running cases on the route's old version; not tracked.</param>
    public async Task<IReadOnlyList<RehearsedCase>> RehearseAsync(MigrationRoute route, IReadOnlyList<Application> chosen, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(route);
        var ids = chosen.Select(a => a.BatchId).Distinct().ToList();
        var batches = await db.Batches.AsNoTracking().Where(b => ids.Contains(b.Id)).ToDictionaryAsync(b => b.Id, ct);
        return await PlanAsync(route, chosen, batches, ct);
    }

    /// <summary>Moves all of <paramref name="chosen"/> or none.</summary>
    /// <exception cref="NotFoundException">A case or version does not exist.</exception>
    /// <exception cref="StaleVersionException">Cases changed since they were chosen; the message names them.</exception>
    /// <exception cref="RuleBrokenException"><c>no-cases</c>, <c>too-many-cases</c>, <c>version-disabled</c>, <c>case-cannot-move</c>, and those of <see cref="MigrationPlanner"/>.</exception>
    public async Task<int> MoveAsync(MigrationRoute route, IReadOnlyList<CaseToMove> chosen, string why, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(actor);
        var seen = chosen.DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => c.Version);
        if (seen.Count is 0 or > MostCases)
        {
            throw seen.Count == 0
                ? new RuleBrokenException("no-cases", "请选择要迁移的申报件。", "Cases")
                : new RuleBrokenException("too-many-cases", $"一次最多迁移 {MostCases} 件，请分次进行。", "Cases");
        }

        await RequireEnabledAsync(route.To, ct);
        var ids = seen.Keys.ToList();
        var applications = await db.Applications.Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct);
        if (applications.Count < seen.Count)
        {
            throw new NotFoundException();
        }

        if (applications.FindAll(a => a.Version != seen[a.Id]) is { Count: > 0 } changed)
        {
            throw new StaleVersionException($"没有移动任何申报件：{Names(changed.Select(a => a.EnterpriseName))}（{changed.Count} 件）");
        }

        var batchIds = applications.Select(a => a.BatchId).Distinct().ToList();
        var batches = await db.Batches.Where(b => batchIds.Contains(b.Id)).ToDictionaryAsync(b => b.Id, ct);
        var plans = await PlanAsync(route, applications, batches, ct);
        if (plans.Where(p => !p.Plan.CanMove).ToList() is { Count: > 0 } stuck)
        {
            throw new RuleBrokenException(
                "case-cannot-move", $"没有移动任何申报件，有 {stuck.Count} 件不能迁移：{Names(stuck.Select(s => $"{s.Application.EnterpriseName}（{s.Plan.Obstacles[0].Reason.TrimEnd('。')}）"))}。", "Cases");
        }

        var items = (await db.WorkItems.Where(w => w.CaseId != null && ids.Contains(w.CaseId.Value) && w.ClosedAt == null).ToListAsync(ct)).ToLookup(w => w.CaseId!.Value);
        var timers = (await db.Timers.Where(t => !t.IsBatch && ids.Contains(t.SubjectId)).ToListAsync(ct)).ToLookup(t => t.SubjectId);
        foreach (var (application, plan) in plans)
        {
            Apply(new CaseSubject(application, batches[application.BatchId]), plan, items[application.Id], timers[application.Id].ToList(), StepOf(route, plan, why, actor));
        }

        return plans.Count;
    }

    private async Task RequireEnabledAsync(string id, CancellationToken ct)
    {
        var target = await db.Definitions.AsNoTracking().Where(d => d.Id == id && d.Kind == "workflow").Select(d => new { d.DisabledAt }).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException();
        if (target.DisabledAt is not null)
        {
            throw new RuleBrokenException("version-disabled", "目标版本已停用，请先启用。", "Target");
        }
    }

    private async Task<IReadOnlyList<RehearsedCase>> PlanAsync(
        MigrationRoute route, IReadOnlyList<Application> applications, Dictionary<Guid, Batch> batches, CancellationToken ct)
    {
        var planner = new MigrationPlanner(definitions.Workflow(route.From), definitions.Workflow(route.To), route.Mapping);
        var calendar = await calendars.GetAsync(ct);
        var openable = batches.Values.ToDictionary(b => b.Id, b => FlowPair.SignalsOf(definitions.Workflow(b.State.DefinitionId)));
        return
        [
            .. applications.Select(a => new RehearsedCase(a, planner.Plan(a.State, new MigrationWorld(
                new WorkflowContext(host.Now, calendar, FlowFacts.OfCase(a, batches[a.BatchId], host.Now)), [.. batches[a.BatchId].Signals], openable[a.BatchId])))),
        ];
    }

    private void Apply(CaseSubject subject, MigrationPlan plan, IEnumerable<WorkItem> items, List<FlowTimer> timers, Step step)
    {
        foreach (var item in items)
        {
            if (plan.Tokens.FirstOrDefault(m => m.Token.Id == item.Token) is { } move)
            {
                WorkItems.Carry(item, subject, move);
            }
        }

        foreach (var move in plan.Tokens)
        {
            SetTimer(subject, move, timers.Find(t => t.Token == move.Token.Id));
        }

        var to = definitions.Workflow(plan.State!.DefinitionId);
        subject.Stand(plan.State, Standings.Of(to, new Decision(plan.State, []), subject, host.Now));
        Journal.Append(db, subject, step, host.Now);
    }

    /// <summary>The timer of a token is kept, moved, set or stopped, as the new step says.</summary>
    private void SetTimer(CaseSubject subject, TokenMove move, FlowTimer? timer)
    {
        if (move is not { IsTimed: true, Due: { } due })
        {
            timer?.DoneAt ??= host.Now;
        }
        else if (timer is null)
        {
            db.Timers.Add(new FlowTimer { Id = Guid.CreateVersion7(), SubjectId = subject.Id, IsBatch = false, Token = move.Token.Id, DueAt = due });
        }
        else if (due != move.Token.Due || timer.DoneAt is not null)
        {
            (timer.DueAt, timer.DoneAt) = (due, null);
        }
    }

    private static Step StepOf(MigrationRoute route, MigrationPlan plan, string why, Actor actor)
    {
        var renamed = plan.Tokens.Where(m => m.From.Id != m.To!.Id).Select(m => $"{m.From.Title}（{m.From.Id}）→{m.To!.Title}（{m.To.Id}）").ToList();
        var mapped = renamed.Count == 0 ? string.Empty : $"；环节对应：{string.Join("、", renamed)}";
        return new Step(actor, "migrate", plan.Tokens[0].To!, "Migrate", "迁移流程版本", $"{why}（{route.From} → {route.To}{mapped}）");
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join("、", all.Take(MostNamed)) + (all.Count > MostNamed ? " 等" : string.Empty);
    }
}
