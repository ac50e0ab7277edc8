using System.Collections.Immutable;

namespace Applications.Domain.Workflow.Versions;

/// <summary>One branch of a fork.</summary>
internal readonly record struct ForkBranch(string Fork, string Port);

/// <summary>
/// In which branches of which forks each step lies. The loader saw to it that forks are well nested, so every step lies in one place only and each
/// branch reaches its join by one arrow.
/// </summary>
internal sealed class ForkMap
{
    private readonly WorkflowDefinition definition;
    private readonly Dictionary<string, ImmutableArray<ForkBranch>> nesting;
    private readonly Dictionary<ForkBranch, (string Join, string Arrow)> arrivals = [];

    public ForkMap(WorkflowDefinition definition)
    {
        this.definition = definition;
        var outermostFirst = definition.Regions.OrderByDescending(r => r.Branches.Values.Sum(b => b.Count)).ToList();
        nesting = definition.Activities.ToDictionary(
            a => a.Id,
            a => outermostFirst.Where(r => r.Holds(a.Id)).Select(r => new ForkBranch(r.Fork, r.BranchOf(a.Id)!)).ToImmutableArray());
        foreach (var region in definition.Regions)
        {
            foreach (var (port, inside) in region.Branches)
            {
                var last = definition.Connections.First(c => c.Target == region.Join && (inside.Contains(c.Source) || (c.Source == region.Fork && c.Port == port)));
                arrivals[new ForkBranch(region.Fork, port)] = (region.Join, $"{last.Source}:{last.Port}");
            }
        }
    }

    /// <summary>The branches around <paramref name="activity"/>, outermost first.</summary>
    public ImmutableArray<ForkBranch> Around(string activity) => nesting[activity];

    /// <summary>Which branch of which fork the arrow (<c>source:port</c>) brings to <paramref name="join"/>; null when there is none such.</summary>
    public ForkBranch? BranchOf(string join, string arrow)
    {
        foreach (var (branch, end) in arrivals)
        {
            if (end == (join, arrow))
            {
                return branch;
            }
        }

        return null;
    }

    /// <summary>Where the branch ends: its join and the arrow that leads there; null when this chart has no such branch.</summary>
    public (string Join, string Arrow)? EndOf(ForkBranch branch) => arrivals.TryGetValue(branch, out var end) ? end : null;

    /// <summary>
    /// True when tokens at <paramref name="places"/> together with the branches that have <paramref name="arrived"/> are a state the flow could be in:
    /// one token outside of forks, or for every branch of an entered fork either a token inside or an arrival.
    /// </summary>
    public bool IsWhole(IEnumerable<string> places, IEnumerable<ForkBranch> arrived)
    {
        var parts = places.Select(p => new Part(Around(p), false))
            .Concat(arrived.Select(b => new Part(Around(b.Fork).Add(b), true)))
            .ToList();
        return IsWhole(0, parts);
    }

    private bool IsWhole(int depth, List<Part> parts)
    {
        var forks = parts.Where(p => p.Path.Length > depth).Select(p => p.Path[depth].Fork).Distinct().ToList();
        if (parts.Count(p => p.Path.Length == depth) + forks.Count != 1)
        {
            return false;
        }

        return forks is not [var fork] || definition.Get(fork).Ports.All(port =>
        {
            var inside = parts.FindAll(p => p.Path[depth].Port == port);
            return inside.Exists(p => p.IsArrival && p.Path.Length == depth + 1) ? inside.Count == 1 : IsWhole(depth + 1, inside);
        });
    }

    private sealed record Part(ImmutableArray<ForkBranch> Path, bool IsArrival);
}
