using Applications.Domain.Common;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow;

/// <summary>
/// Checks the shape of a chart: one start, every outcome wired, everything reachable and able to end, no loop without a place to wait, and forks
/// that are well nested: each branch runs, by itself and by one connection, to the same join. Those last rules are what makes the chart mean the
/// same in Elsa's token mode, where other shapes deadlock or run twice.
/// </summary>
internal sealed class FlowChecker(string file, List<Activity> activities, List<Connection> connections, List<DefinitionProblem> problems)
{
    private readonly Dictionary<string, Activity> byId = activities.ToDictionary(a => a.Id);
    private readonly ILookup<string, Connection> from = connections.ToLookup(c => c.Source);
    private readonly ILookup<string, Connection> to = connections.ToLookup(c => c.Target);
    private readonly Dictionary<string, string> joinOf = [];

    public void Check()
    {
        var starts = activities.FindAll(a => a.Kind is StartKind);
        if (starts.Count != 1)
        {
            Problem("root", $"A flow needs exactly one Elsa.Start; there are {starts.Count}.");
            return;
        }

        foreach (var activity in activities)
        {
            foreach (var port in activity.Ports.Where(p => !from[activity.Id].Any(c => c.Port == p)))
            {
                Problem(activity.Id, $"Outcome '{port}' leads nowhere.");
            }
        }

        var reached = Closure(starts[0].Id, id => from[id].Select(c => c.Target));
        foreach (var activity in activities.Where(a => !reached.Contains(a.Id)))
        {
            Problem(activity.Id, "Cannot be reached from the start.");
        }

        var ending = new HashSet<string>();
        foreach (var end in activities.Where(a => a.Kind is EndKind))
        {
            ending.UnionWith(Closure(end.Id, id => to[id].Select(c => c.Source)));
        }

        foreach (var activity in activities.Where(a => reached.Contains(a.Id) && !ending.Contains(a.Id)))
        {
            Problem(activity.Id, "Dead end: no way leads from here to an Elsa.End.");
        }

        CheckAutomaticLoops();
        if (problems.Count == 0)
        {
            CheckForks();
        }
    }

    /// <summary>A loop in which nothing waits would run for ever.</summary>
    private void CheckAutomaticLoops()
    {
        foreach (var activity in activities.Where(a => !a.Kind.Blocks))
        {
            var onward = from[activity.Id].Select(c => c.Target).Where(Automatic)
                .SelectMany(t => Closure(t, id => from[id].Select(c => c.Target).Where(Automatic)));
            if (onward.Contains(activity.Id))
            {
                Problem(activity.Id, "Endless automatic loop: nothing waits on the way round.");
            }
        }

        bool Automatic(string id) => !byId[id].Kind.Blocks;
    }

    private void CheckForks()
    {
        // Inner forks first, so that an outer branch can step over them to their joins.
        var pending = activities.Where(a => a.Kind is FlowForkKind).ToList();
        while (pending.Count > 0)
        {
            var ready = pending.FindAll(f => BranchForks(f).All(inner => joinOf.ContainsKey(inner)));
            if (ready.Count == 0)
            {
                pending.ForEach(f => Problem(f.Id, "A connection leads back into the fork; branches must run to their join."));
                return;
            }

            ready.ForEach(CheckFork);
            if (problems.Count > 0)
            {
                return;
            }

            pending.RemoveAll(ready.Contains);
        }

        foreach (var join in activities.Where(a => a.Kind is FlowJoinKind && !joinOf.ContainsValue(a.Id)))
        {
            Problem(join.Id, "A join without a fork.");
        }
    }

    private IEnumerable<string> BranchForks(Activity fork) =>
        Closure(from[fork.Id].Select(c => c.Target), id => byId[id].Kind is FlowJoinKind ? [] : from[id].Select(c => c.Target))
            .Where(id => byId[id].Kind is FlowForkKind && id != fork.Id && !joinOf.ContainsKey(id));

    private void CheckFork(Activity fork)
    {
        var owner = new Dictionary<string, string>();
        var joins = new Dictionary<string, List<Connection>>();
        foreach (var branch in from[fork.Id])
        {
            var region = new HashSet<string>();
            var queue = new Queue<Connection>([branch]);
            while (queue.TryDequeue(out var connection))
            {
                var target = byId[connection.Target];
                if (target.Kind is FlowJoinKind)
                {
                    joins.TryAdd(target.Id, []);
                    joins[target.Id].Add(connection);
                    continue;
                }

                if (target.Kind is EndKind)
                {
                    Problem(target.Id, $"Ends the flow from inside branch '{branch.Port}' of '{fork.Id}'; a branch ends at its join.");
                }

                if (!region.Add(target.Id))
                {
                    continue;
                }

                if (!owner.TryAdd(target.Id, branch.Port))
                {
                    Problem(target.Id, $"Implicit join: branches '{owner[target.Id]}' and '{branch.Port}' of '{fork.Id}' both lead here without an Elsa.FlowJoin.");
                    return;
                }

                var through = target.Kind is FlowForkKind ? joinOf[target.Id] : target.Id;
                foreach (var onward in from[through])
                {
                    queue.Enqueue(onward);
                }
            }

            foreach (var stray in region.SelectMany(id => to[id]).Where(c => c.Source != fork.Id && !Inside(region, c.Source)))
            {
                Problem(stray.Target, $"A connection from '{stray.Source}' crosses into branch '{branch.Port}' of '{fork.Id}'.");
            }
        }

        if (joins.Count != 1)
        {
            Problem(fork.Id, joins.Count == 0 ? "The branches never join." : $"The branches end in different joins: {string.Join(", ", joins.Keys)}.");
            return;
        }

        var (join, arrivals) = joins.Single();
        foreach (var branch in from[fork.Id])
        {
            // A branch that is one arrow from fork to join arrives by the fork's own connection.
            var own = arrivals.Where(c => c.Source == fork.Id ? c.Port == branch.Port : Owner(c.Source) == branch.Port).Distinct().ToList();
            if (own.Count > 1)
            {
                Problem(join, $"Join with several connections from one branch ('{branch.Port}' of '{fork.Id}'): in token mode it waits for all of them and never goes on. Merge them in front of the join.");
            }
            else if (own.Count == 0)
            {
                Problem(fork.Id, $"Branch '{branch.Port}' never reaches the join '{join}'.");
            }
        }

        joinOf[fork.Id] = join;
        byId[join].Settings = from[fork.Id].Count();

        string? Owner(string id) => owner.GetValueOrDefault(byId[id].Kind is FlowJoinKind ? joinOf.First(p => p.Value == id).Key : id);
        bool Inside(HashSet<string> region, string id) =>
            region.Contains(id) || (byId[id].Kind is FlowJoinKind && joinOf.FirstOrDefault(p => p.Value == id).Key is { } inner && region.Contains(inner))
            || joinOf.Keys.Where(region.Contains).Any(f => Closure(from[f].Select(c => c.Target), x => x == joinOf[f] ? [] : from[x].Select(c => c.Target)).Contains(id));
    }

    private static HashSet<string> Closure(string start, Func<string, IEnumerable<string>> next) => Closure([start], next);

    private static HashSet<string> Closure(IEnumerable<string> starts, Func<string, IEnumerable<string>> next)
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

    private void Problem(string place, string reason) => problems.Add(new DefinitionProblem(file, place, reason));
}
