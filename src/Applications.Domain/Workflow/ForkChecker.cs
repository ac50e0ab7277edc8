using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow;

/// <summary>
/// Checks that forks are well nested: each branch runs, by itself and by one connection, to the same join, and nothing else leads into a branch, out of
/// it or to the join. That is what makes the chart mean the same in Elsa's token mode, where other shapes deadlock or run twice. Tells each join
/// for how many branches it waits.
/// </summary>
internal sealed class ForkChecker(
    IReadOnlyDictionary<string, Activity> byId, ILookup<string, Connection> from, ILookup<string, Connection> to, string start, Action<string, string> problem)
{
    /// <summary>By fork; null for one that was refused. An inner fork is read when the outer one meets it, and only once.</summary>
    private readonly Dictionary<string, ForkRegion?> regions = [];

    /// <returns>What lies between the forks and their joins, as far as it is sound.</returns>
    public IReadOnlyList<ForkRegion> Check()
    {
        foreach (var fork in byId.Values.Where(a => a.Kind is FlowForkKind))
        {
            Read(fork.Id);
        }

        if (regions.Values.All(r => r is not null))
        {
            foreach (var join in byId.Values.Where(a => a.Kind is FlowJoinKind).ExceptBy(regions.Values.Select(r => r!.Join), a => a.Id))
            {
                problem(join.Id, "A join without a fork.");
            }
        }

        return [.. regions.Values.OfType<ForkRegion>()];
    }

    private ForkRegion? Read(string fork)
    {
        if (!regions.TryGetValue(fork, out var region))
        {
            region = Work(fork);
            regions[fork] = region;
        }

        return region;
    }

    private ForkRegion? Work(string fork)
    {
        var outside = Beyond(fork, [start]);
        var branches = new List<Branch>();
        foreach (var first in from[fork])
        {
            if (Walk(first, outside) is not { } branch)
            {
                return null;
            }

            branches.Add(branch);
        }

        outside.UnionWith(Beyond(fork, branches.SelectMany(b => b.Arrivals).SelectMany(a => from[a.Target]).Select(c => c.Target)));
        var sound = AreApart(fork, branches) && branches.TrueForAll(b => StaysInside(fork, b, outside));
        return sound && JoinOf(fork, branches) is { } join
            ? new ForkRegion(fork, join, branches.ToDictionary(b => b.Port, b => (IReadOnlySet<string>)b.Inside))
            : null;
    }

    /// <summary>What is reached from <paramref name="starts"/> without going through the fork.</summary>
    private HashSet<string> Beyond(string fork, IEnumerable<string> starts) => Graph.Closure(starts, id => id == fork ? [] : from[id].Select(c => c.Target));

    /// <summary>Follows a branch to its joins and ends and to the first steps outside, stepping over inner forks; null when one of those was refused.</summary>
    private Branch? Walk(Connection first, HashSet<string> outside)
    {
        var branch = new Branch(first.Port, [], [], []);
        var queue = new Queue<Connection>([first]);
        while (queue.TryDequeue(out var arrow))
        {
            var target = byId[arrow.Target];
            branch.Arrows.Add(arrow);
            if (target.Kind is FlowJoinKind)
            {
                branch.Arrivals.Add(arrow);
            }

            if (target.Kind is FlowJoinKind or EndKind || outside.Contains(target.Id) || !branch.Inside.Add(target.Id))
            {
                continue;
            }

            var exit = target.Id;
            if (target.Kind is FlowForkKind)
            {
                if (Read(target.Id) is not { } inner)
                {
                    return null;
                }

                branch.Inside.UnionWith([.. inner.Branches.Values.SelectMany(b => b), inner.Join]);
                exit = inner.Join;
            }

            foreach (var onward in from[exit])
            {
                queue.Enqueue(onward);
            }
        }

        return branch;
    }

    private bool StaysInside(string fork, Branch branch, HashSet<string> outside)
    {
        var sound = true;
        foreach (var arrow in branch.Arrows.Where(a => a.Source == fork || !outside.Contains(a.Source)))
        {
            var (target, kind) = (arrow.Target, byId[arrow.Target].Kind);
            var reason = kind switch
            {
                EndKind => $"Ends the flow from inside branch '{branch.Port}' of '{fork}'; a branch ends at its join.",
                FlowJoinKind => null,
                _ when target == fork => $"A connection from '{arrow.Source}' leads back into the fork; branches must run to their join.",
                _ when outside.Contains(target) => $"A connection crosses the fork '{fork}': '{target}' is reached from branch '{branch.Port}' (by '{arrow.Source}') and from outside it.",
                _ => null,
            };
            if (reason is not null)
            {
                problem(target, reason);
                sound = false;
            }
        }

        return sound;
    }

    private bool AreApart(string fork, List<Branch> branches)
    {
        var owner = new Dictionary<string, string>();
        foreach (var branch in branches)
        {
            foreach (var id in branch.Inside)
            {
                if (!owner.TryAdd(id, branch.Port))
                {
                    problem(id, $"Implicit join: branches '{owner[id]}' and '{branch.Port}' of '{fork}' both lead here without an Elsa.FlowJoin.");
                    return false;
                }
            }
        }

        return true;
    }

    private string? JoinOf(string fork, List<Branch> branches)
    {
        var arrivals = branches.SelectMany(b => b.Arrivals).ToList();
        var joins = arrivals.Select(a => a.Target).Distinct().ToList();
        if (joins is not [var join])
        {
            problem(fork, joins.Count == 0 ? "The branches never join." : $"The branches end in different joins: {string.Join(", ", joins)}.");
            return null;
        }

        var sound = true;
        foreach (var branch in branches.Where(b => b.Arrivals.Count != 1))
        {
            sound = false;
            if (branch.Arrivals.Count == 0)
            {
                problem(fork, $"Branch '{branch.Port}' never reaches the join '{join}'.");
            }
            else
            {
                problem(join, $"Join with several connections from one branch ('{branch.Port}' of '{fork}'): in token mode it waits for all of them and never goes on. Merge them in front of the join.");
            }
        }

        foreach (var stray in to[join].Except(arrivals))
        {
            sound = false;
            problem(join, $"A connection from '{stray.Source}' reaches the join of '{fork}' from outside its branches; it would wait there for the others.");
        }

        if (sound && branches.TrueForAll(b => b.Inside.Count == 0))
        {
            sound = false;
            problem(fork, $"No branch does anything before the join '{join}'; in token mode what follows would run once for each.");
        }

        byId[join].Settings = branches.Count;
        return sound ? join : null;
    }

    private sealed record Branch(string Port, HashSet<string> Inside, List<Connection> Arrows, List<Connection> Arrivals);
}
