using System.Collections.Immutable;
using Applications.Domain.Common;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow.Versions;

/// <summary>
/// Works out, for one pair of versions and one mapping of steps, where cases would stand after the move and why some cannot move. Pure, and safe to
/// share: the same state in the same world gives the same plan.
/// </summary>
public sealed class MigrationPlanner
{
    private readonly WorkflowDefinition from;
    private readonly WorkflowDefinition to;
    private readonly IReadOnlyDictionary<string, string> mapping;
    private readonly ForkMap oldForks;
    private readonly ForkMap newForks;

    /// <param name="from">The version on which the cases stand.</param>
    /// <param name="to">The version they are to go to.</param>
    /// <param name="mapping">Steps whose tokens go to a step with another id: id in <paramref name="from"/> → id in <paramref name="to"/>.</param>
    /// <exception cref="RuleBrokenException"><c>another-workflow</c>, <c>same-version</c>, <c>mapping-unknown</c>.</exception>
    public MigrationPlanner(WorkflowDefinition from, WorkflowDefinition to, IReadOnlyDictionary<string, string>? mapping = null)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        this.from = from;
        this.to = to;
        this.mapping = mapping ?? ImmutableDictionary<string, string>.Empty;
        if (from.DefinitionId != to.DefinitionId)
        {
            throw new RuleBrokenException("another-workflow", "目标版本属于另一个流程，不能迁移。", "Target");
        }

        if (from.Id == to.Id)
        {
            throw new RuleBrokenException("same-version", "目标版本与现版本相同，无需迁移。", "Target");
        }

        foreach (var (old, next) in this.mapping)
        {
            if (from.Find(old) is null || to.Find(next) is null)
            {
                throw new RuleBrokenException("mapping-unknown", $"环节对应“{old} → {next}”中有一方不存在，请重新选择。", "Map");
            }
        }

        oldForks = new ForkMap(from);
        newForks = new ForkMap(to);
    }

    /// <summary>What moving the case that stands at <paramref name="state"/> would do.</summary>
    public MigrationPlan Plan(WorkflowState state, MigrationWorld world)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(world);
        if (state.DefinitionId != from.Id)
        {
            return Refused([], new MigrationObstacle("other-version", string.Empty, "申报件不在所选的现版本上。"));
        }

        if (state.IsFinished)
        {
            return Refused([], new MigrationObstacle("finished", string.Empty, "已经办结，不再流转。"));
        }

        if (state.IsSuspended)
        {
            // How long it has been stayed is put onto its times when it goes on, by the chart it was stayed on.
            return Refused([], new MigrationObstacle("suspended", string.Empty, "已中止，恢复办理后才能迁移。"));
        }

        var obstacles = new List<MigrationObstacle>();
        var moves = state.Tokens.Select(t => Move(t, state, world, obstacles)).ToList();
        var arrived = Arrivals(state, obstacles);
        var variables = Variables(state, obstacles);
        var uses = Uses(state, obstacles);
        if (obstacles.Count == 0)
        {
            CheckPlaces(moves, arrived, obstacles);
        }

        if (obstacles.Count > 0)
        {
            return new MigrationPlan(moves, obstacles, null);
        }

        return new MigrationPlan(moves, [], state with
        {
            DefinitionId = to.Id,
            Tokens = [.. moves.Select(m => m.Token with { Activity = m.To!.Id, Due = m.Due })],
            Variables = variables,
            Uses = uses,
            ClockUsed = state.ClockUsed.GroupBy(c => Renamed(c.Key)).ToImmutableSortedDictionary(g => g.Key, g => g.Sum(c => c.Value), StringComparer.Ordinal),
            Arrived = arrived.GroupBy(b => newForks.EndOf(b)!.Value.Join)
                .ToImmutableSortedDictionary(g => g.Key, g => g.Select(b => newForks.EndOf(b)!.Value.Arrow).ToImmutableArray(), StringComparer.Ordinal),

            // What was decided before was decided on the old chart; it can no more be taken back.
            Undos = [],
        });
    }

    private static MigrationPlan Refused(IReadOnlyList<TokenMove> moves, MigrationObstacle obstacle) => new(moves, [obstacle], null);

    private TokenMove Move(Token token, WorkflowState state, MigrationWorld world, List<MigrationObstacle> obstacles)
    {
        var at = from.Get(token.Activity);
        if (to.Find(mapping.GetValueOrDefault(at.Id, at.Id)) is not { } next)
        {
            obstacles.Add(new MigrationObstacle("activity-gone", at.Id, $"新版没有“{at.Title}”，请指定对应的环节。"));
            return new TokenMove(token, at, null, token.Due, false);
        }

        var found = PlaceRules.Obstacles(at, next, to, world, from).Concat(PlaceRules.OfAnswers(token, at, next)).ToList();
        obstacles.AddRange(found);
        if (found.Count > 0)
        {
            return new TokenMove(token, at, next, token.Due, false);
        }

        try
        {
            return new TokenMove(token, at, next, DueRules.DueAfter(token, at, next, to, state, world.Context), DueRules.IsTimed(next));
        }
        catch (InvalidOperationException)
        {
            obstacles.Add(new MigrationObstacle("no-moment", next.Id, $"“{next.Title}”的截止时间取自一个本申报件没有的时间。"));
            return new TokenMove(token, at, next, token.Due, false);
        }
    }

    /// <summary>What has arrived at joins, as branches of the target version.</summary>
    private List<ForkBranch> Arrivals(WorkflowState state, List<MigrationObstacle> obstacles)
    {
        var arrived = new List<ForkBranch>();
        foreach (var (join, arrow) in state.Arrived.SelectMany(j => j.Value.Select(arrow => (j.Key, arrow))))
        {
            if (oldForks.BranchOf(join, arrow) is { } branch && branch with { Fork = Renamed(branch.Fork) } is var next && newForks.EndOf(next) is not null)
            {
                arrived.Add(next);
            }
            else
            {
                obstacles.Add(new MigrationObstacle("arrival-lost", join, $"已到达“{from.Get(join).Title}”的一路并行分支在新版中不存在，到达记录会丢失。"));
            }
        }

        return arrived;
    }

    /// <summary>
    /// Every value is kept, also of variables that the target version lacks: a move back finds them again. New ones begin with their default.
    /// </summary>
    private ImmutableSortedDictionary<string, System.Text.Json.JsonElement> Variables(WorkflowState state, List<MigrationObstacle> obstacles)
    {
        var variables = state.Variables.ToBuilder();
        foreach (var variable in to.Variables)
        {
            var before = from.Variables.FirstOrDefault(v => v.Name == variable.Name);
            if (!variables.TryGetValue(variable.Name, out var value))
            {
                variables[variable.Name] = variable.Default;
            }
            else if (before is not null && before.TypeName != variable.TypeName)
            {
                if (System.Text.Json.JsonElement.DeepEquals(value, before.Default))
                {
                    variables[variable.Name] = variable.Default;
                }
                else
                {
                    obstacles.Add(new MigrationObstacle("variable-type", variable.Name, $"变量 {variable.Name} 的类型由 {before.TypeName} 改为 {variable.TypeName}，现有的值无法沿用。"));
                }
            }
        }

        return variables.ToImmutable();
    }

    /// <summary>
    /// Counts go along. One that a limit stands on may not get lost: 补正 once stays once, also when the step has another name now.
    /// </summary>
    private ImmutableSortedDictionary<string, int> Uses(WorkflowState state, List<MigrationObstacle> obstacles)
    {
        var uses = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var (key, count) in state.Uses)
        {
            var colon = key.IndexOf(':', StringComparison.Ordinal);
            var (id, outcome) = (key[..colon], key[(colon + 1)..]);
            var next = Renamed(id);
            var limited = from.Find(id) is { Settings: WorkItemSettings settings } && settings.Limits.ContainsKey(outcome);
            if (limited && to.Find(next)?.Ports.Contains(outcome) != true)
            {
                var step = from.Get(id);
                obstacles.Add(new MigrationObstacle("outcome-gone", id, $"“{step.Title}”的“{step.SettingsAs<WorkItemSettings>().Labels[outcome]}”限定次数且已用 {count} 次，新版没有它，计数会丢失。"));
            }

            var renamed = $"{next}:{outcome}";
            uses[renamed] = uses.GetValueOrDefault(renamed) + count;
        }

        return uses.ToImmutable();
    }

    private void CheckPlaces(List<TokenMove> moves, List<ForkBranch> arrived, List<MigrationObstacle> obstacles)
    {
        foreach (var twice in moves.GroupBy(m => m.To!.Id).Where(g => g.Count() > 1))
        {
            obstacles.Add(new MigrationObstacle("places-collide", twice.Key, $"两路并行的待办都会落到“{to.Get(twice.Key).Title}”。"));
        }

        if (obstacles.Count == 0 && !newForks.IsWhole(moves.Select(m => m.To!.Id), arrived))
        {
            obstacles.Add(new MigrationObstacle("fork-differs", string.Empty, "新版的并行分支与现版不同：有的分支会无人办理，或多出一路。"));
        }
    }

    /// <summary>A step that is gone under its id goes by the mapping's; one that still exists keeps its own history.</summary>
    private string Renamed(string id) => to.Find(id) is null ? mapping.GetValueOrDefault(id, id) : id;
}
