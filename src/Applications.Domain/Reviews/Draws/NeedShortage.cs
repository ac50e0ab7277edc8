using Google.OrTools.Graph;

namespace Applications.Domain.Reviews.Draws;

/// <summary>Panels that together ask for more experts of one kind than there are.</summary>
/// <param name="Panels">Which, with how many of the kind each has to do without so that the others can have theirs.</param>
/// <param name="Asked">By these panels together.</param>
/// <param name="Available">Different experts of the kind who could sit on any of them.</param>
internal sealed record NeedShortage(IReadOnlyList<(PanelModel Model, Need Need, int Missing)> Panels, int Asked, int Available)
{
    public int Missing => Asked - Available;

    /// <summary>
    /// Every kind by itself, as a flow of experts into panels (Hall's condition). What is short here is short whatever else is asked, so none of it can be
    /// given back; what is not short may still be so once the kinds compete.
    /// </summary>
    public static IReadOnlyList<NeedShortage> Of(IReadOnlyList<PanelModel> models) =>
    [
        .. models.SelectMany(m => m.Needs.Select(n => (Model: m, Need: n, Left: n.Required - m.Appointed.Count(n.Counts)))).Where(n => n.Left > 0)
            .GroupBy(n => (n.Need.Constraint, n.Need.Code)).Select(g => OfKind([.. g])).OfType<NeedShortage>(),
    ];

    private static NeedShortage? OfKind(IReadOnlyList<(PanelModel Model, Need Need, int Left)> asking)
    {
        var suitable = asking.Select(a => a.Model.Candidates.Where(a.Need.Counts).Select(c => c.Id).ToList()).ToList();
        var nodes = suitable.SelectMany(s => s).Distinct(StringComparer.Ordinal).Select((id, i) => (id, i)).ToDictionary(e => e.id, e => e.i + asking.Count, StringComparer.Ordinal);
        var (source, sink) = (nodes.Count + asking.Count, nodes.Count + asking.Count + 1);
        using var flow = new MaxFlow();
        var seats = asking.Select((a, p) => flow.AddArcWithCapacity(source, p, a.Left)).ToList();
        var arcs = suitable.Select((s, p) => s.ConvertAll(id => (Expert: id, Arc: flow.AddArcWithCapacity(p, nodes[id], 1)))).ToList();
        foreach (var node in nodes.Values)
        {
            flow.AddArcWithCapacity(node, sink, 1);
        }

        flow.Solve(source, sink);
        var missing = asking.Select((a, p) => a.Left - (int)flow.Flow(seats[p])).ToList();
        if (missing.TrueForAll(m => m == 0))
        {
            return null;
        }

        // Whoever holds an expert that a panel in want could use belongs to the want: only together do these panels ask too much.
        var holder = arcs.SelectMany((a, p) => a.Where(x => flow.Flow(x.Arc) > 0).Select(x => (x.Expert, p))).ToDictionary(x => x.Expert, x => x.p, StringComparer.Ordinal);
        SortedSet<int> wanting = [.. missing.Select((m, p) => (m, p)).Where(x => x.m > 0).Select(x => x.p)];
        var next = new Queue<int>(wanting);
        while (next.TryDequeue(out var panel))
        {
            foreach (var other in suitable[panel].Where(holder.ContainsKey).Select(e => holder[e]).Where(wanting.Add))
            {
                next.Enqueue(other);
            }
        }

        return new NeedShortage(
            [.. wanting.Select(p => (asking[p].Model, asking[p].Need, missing[p]))],
            wanting.Sum(p => asking[p].Left),
            wanting.SelectMany(p => suitable[p]).Distinct(StringComparer.Ordinal).Count());
    }
}
