using Applications.Domain.Common;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow;

/// <summary>
/// Checks the shape of a chart: one start, every outcome wired, everything reachable and able to end however often limited outcomes were taken, no
/// loop without a place to wait; and, by <see cref="ForkChecker"/>, forks that are well nested.
/// </summary>
internal sealed class FlowChecker(string file, List<Activity> activities, List<Connection> connections, List<DefinitionProblem> problems)
{
    private readonly Dictionary<string, Activity> byId = activities.ToDictionary(a => a.Id);
    private readonly ILookup<string, Connection> from = connections.ToLookup(c => c.Source);
    private readonly ILookup<string, Connection> to = connections.ToLookup(c => c.Target);

    /// <returns>What lies between forks and joins; empty when problems were found.</returns>
    public IReadOnlyList<ForkRegion> Check()
    {
        var starts = activities.FindAll(a => a.Kind is StartKind);
        if (starts.Count != 1)
        {
            Problem("root", $"A flow needs exactly one Elsa.Start; there are {starts.Count}.");
            return [];
        }

        foreach (var activity in activities)
        {
            foreach (var port in activity.Ports.Where(p => !from[activity.Id].Any(c => c.Port == p)))
            {
                Problem(activity.Id, $"Outcome '{port}' leads nowhere.");
            }
        }

        var reached = Graph.Closure([starts[0].Id], id => from[id].Select(c => c.Target));
        foreach (var activity in activities.Where(a => !reached.Contains(a.Id)))
        {
            Problem(activity.Id, "Cannot be reached from the start.");
        }

        CheckDeadEnds(reached);
        CheckAutomaticLoops();
        if (problems.Count > 0)
        {
            return [];
        }

        var regions = new ForkChecker(byId, from, to, starts[0].Id, Problem).Check();
        foreach (var activity in activities)
        {
            foreach (var target in (activity.Settings as WorkItemSettings)?.SendBackTo ?? [])
            {
                CheckReturn(activity, target, regions);
            }
        }

        return regions;
    }

    /// <summary>A return goes to a person's earlier step, not into another branch, and its way forward does nothing twice that counts.</summary>
    private void CheckReturn(Activity activity, string target, IReadOnlyList<ForkRegion> regions)
    {
        if (!byId.TryGetValue(target, out var earlier) || earlier.Kind is not WorkItemKind || target == activity.Id)
        {
            Problem(activity.Id, $"'sendBackTo' names '{target}', which is no other work item of this flow.");
            return;
        }

        var onward = Graph.Closure([target], id => id == activity.Id ? [] : from[id].Select(c => c.Target));
        if (!onward.Contains(activity.Id))
        {
            Problem(activity.Id, $"'sendBackTo' names '{target}', from which no way leads here.");
            return;
        }

        if (regions.Any(r => r.BranchOf(target) is { } branch && r.BranchOf(activity.Id) != branch))
        {
            Problem(activity.Id, $"'sendBackTo' names '{target}', which lies in a branch that this step is not in.");
        }

        var between = Graph.Closure([activity.Id], id => to[id].Select(c => c.Source));
        foreach (var command in activities.Where(a => a.Kind is CommandKind && onward.Contains(a.Id) && between.Contains(a.Id)))
        {
            if (!Commands.IsRepeatable(command.SettingsAs<CommandSettings>().Command))
            {
                Problem(activity.Id, $"'sendBackTo' names '{target}': on the way from there '{command.Id}' would be done a second time.");
            }
        }
    }

    private void CheckDeadEnds(HashSet<string> reached)
    {
        var ends = activities.Where(a => a.Kind is EndKind).Select(a => a.Id).ToList();
        var ending = Graph.Closure(ends, id => to[id].Select(c => c.Source));
        var lasting = Graph.Closure(ends, id => to[id].Where(c => byId[c.Source].Kind.IsLasting(byId[c.Source], c.Port)).Select(c => c.Source));
        foreach (var activity in activities.Where(a => reached.Contains(a.Id) && !lasting.Contains(a.Id)))
        {
            Problem(activity.Id, ending.Contains(activity.Id)
                ? "Dead end once the limits are used up: every way from here to an Elsa.End takes an outcome that has a limit."
                : "Dead end: no way leads from here to an Elsa.End.");
        }
    }

    /// <summary>
    /// A loop in which nothing waits would run for ever. A gate that stands open and a signal that was sent before count as nothing: the host
    /// passes them on at once.
    /// </summary>
    private void CheckAutomaticLoops()
    {
        foreach (var activity in activities)
        {
            if (Graph.Closure(Passing(activity.Id), Passing).Contains(activity.Id))
            {
                Problem(activity.Id, "Endless automatic loop: nothing waits on the way round.");
            }
        }

        IEnumerable<string> Passing(string id)
        {
            var ports = byId[id].Kind.PassingPorts(byId[id]).ToHashSet();
            return from[id].Where(c => ports.Contains(c.Port)).Select(c => c.Target);
        }
    }

    private void Problem(string place, string reason) => problems.Add(new DefinitionProblem(file, place, reason));
}

/// <summary>Walks over arrows.</summary>
internal static class Graph
{
    /// <summary>What can be reached from <paramref name="starts"/>, they included.</summary>
    public static HashSet<string> Closure(IEnumerable<string> starts, Func<string, IEnumerable<string>> next)
    {
        var seen = new HashSet<string>(starts);
        var queue = new Queue<string>(seen);
        while (queue.TryDequeue(out var id))
        {
            foreach (var onward in next(id).Where(seen.Add))
            {
                queue.Enqueue(onward);
            }
        }

        return seen;
    }
}
