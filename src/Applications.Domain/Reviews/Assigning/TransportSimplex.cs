namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// Minimum-cost flow from files to experts to one root, by the primal network simplex method on strongly feasible spanning trees, fitted to this one shape: the
/// arcs of pairs are not stored, their costs are scanned row by row with vector instructions. Every arc of a pair carries 0 or 1; an expert's load arcs to
/// the root cost what his next file costs; seats that stay empty and minimum loads that are not reached run over artificial arcs, dearer than any way
/// through the tree, so that as many as possible are filled before costs count. Ahuja, Magnanti, Orlin, Network Flows (1993), chapter 11.
/// </summary>
internal sealed partial class TransportSimplex
{
    /// <summary>Stands in the cost table for pairs that are forbidden, in the tree or used: they do not enter from the lower bound.</summary>
    private const int Masked = 1 << 30;

    /// <summary>Potentials stay below four times this, and a masked cost with two of them within 32 bits.</summary>
    private const long LargestPenalty = 1L << 27;

    private const int Artificial = -1;

    private readonly AssignmentProblem _problem;
    private readonly int _files;
    private readonly int _experts;
    private readonly int _root;
    private readonly int[] _costs;
    private readonly int _penalty;

    // The tree, by node: files, then experts, then the root. The arc to the parent is stored with the child.
    private readonly int[] _parent;
    private readonly int[] _depth;
    private readonly int[] _firstChild;
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly int[] _potential;
    private readonly int[] _flow;
    private readonly int[] _capacity;
    private readonly int[] _cost;
    private readonly int[] _segment;
    private readonly bool[] _isUp;

    // Pairs that are used and not in the tree, by file.
    private readonly int[] _usedStart;
    private readonly int[] _usedCount;
    private readonly int[] _usedExpert;
    private readonly int[] _usedCost;

    // Load arcs, by expert: each a stretch of load at one cost.
    private readonly int[] _segmentStart;
    private readonly int[] _segmentCost;
    private readonly int[] _segmentCapacity;
    private readonly sbyte[] _segmentState;

    private TransportSimplex(AssignmentProblem problem)
    {
        problem.Validate();
        _problem = problem;
        (_files, _experts) = (problem.Files, problem.Experts);
        _root = _files + _experts;
        _costs = problem.Costs.ToArray();
        var dearest = Mask();
        (_segmentStart, _segmentCost, _segmentCapacity) = Segments(problem.Loads);
        _segmentState = new sbyte[_segmentCost.Length];
        Array.Fill(_segmentState, (sbyte)1);
        dearest = Math.Max(dearest, _segmentCost.Length == 0 ? 0 : _segmentCost.Max());
        var penalty = (dearest + 1) * ((2L * Math.Min(_files, _experts)) + 3);
        if (penalty > LargestPenalty)
        {
            throw new ArgumentException($"The costs are too large for so many files: the dearest is {dearest}, {(LargestPenalty / ((2L * Math.Min(_files, _experts)) + 3)) - 1} can be.", nameof(problem));
        }

        _penalty = (int)penalty;
        var nodes = _root + 1;
        (_parent, _depth, _firstChild, _next, _previous) = (new int[nodes], new int[nodes], new int[nodes], new int[nodes], new int[nodes]);
        (_potential, _flow, _capacity, _cost, _segment, _isUp) = (new int[nodes], new int[nodes], new int[nodes], new int[nodes], new int[nodes], new bool[nodes]);
        (_usedStart, _usedCount) = (new int[_files + 1], new int[_files]);
        for (var f = 0; f < _files; f++)
        {
            _usedStart[f + 1] = _usedStart[f] + problem.Demand[f];
        }

        (_usedExpert, _usedCost) = (new int[_usedStart[_files]], new int[_usedStart[_files]]);
        Plant();
    }

    /// <exception cref="ArgumentException">The problem is not well formed, or its costs are too large to be added up in 32 bits.</exception>
    public static AssignmentSolution Solve(AssignmentProblem problem, CancellationToken ct = default)
    {
        var simplex = new TransportSimplex(problem);
        simplex.Run(ct);
        return simplex.Solution();
    }

    private void Run(CancellationToken ct)
    {
        for (var pivots = 0; Price(out var entering); pivots++)
        {
            if ((pivots & 0xFFF) == 0)
            {
                ct.ThrowIfCancellationRequested();
            }

            Pivot(entering);
        }
    }

    /// <summary>Puts the mask over forbidden pairs and experts who take nothing; returns the dearest cost.</summary>
    private long Mask()
    {
        long dearest = 0;
        for (var f = 0; f < _files; f++)
        {
            var row = _costs.AsSpan(f * _experts, _experts);
            for (var e = 0; e < row.Length; e++)
            {
                if (row[e] == PairCosts.Forbidden || _problem.Loads[e].Max == 0)
                {
                    row[e] = Masked;
                }
                else
                {
                    dearest = row[e] < 0 ? throw new ArgumentException("Costs are not negative.") : Math.Max(dearest, row[e]);
                }
            }
        }

        return dearest;
    }

    /// <summary>Stretches of load above the minimum; equal costs in a row are one stretch.</summary>
    private static (int[] Start, int[] Cost, int[] Capacity) Segments(IReadOnlyList<LoadRule> loads)
    {
        var start = new int[loads.Count + 1];
        List<int> costs = [];
        List<int> capacities = [];
        for (var e = 0; e < loads.Count; e++)
        {
            var rule = loads[e];
            if (rule.Slope == 0 && rule.Max > rule.Min)
            {
                costs.Add(0);
                capacities.Add(rule.Max - rule.Min);
            }
            else
            {
                for (var i = rule.Min; i < rule.Max; i++)
                {
                    costs.Add(rule.Next(i));
                    capacities.Add(1);
                }
            }

            start[e + 1] = costs.Count;
        }

        return (start, [.. costs], [.. capacities]);
    }

    /// <summary>The first tree: every node hangs on the root. An expert without a minimum hangs by his first load arc, so that every node can send flow up.</summary>
    private void Plant()
    {
        Array.Fill(_firstChild, -1);
        _parent[_root] = -1;
        _next[_root] = _previous[_root] = -1;
        for (var f = 0; f < _files; f++)
        {
            Hang(f, Artificial, _problem.Demand[f], int.MaxValue, _penalty, up: true);
        }

        for (var e = 0; e < _experts; e++)
        {
            var node = _files + e;
            if (_problem.Loads[e].Min > 0)
            {
                Hang(node, Artificial, _problem.Loads[e].Min, int.MaxValue, _penalty, up: false);
            }
            else if (_segmentStart[e] < _segmentStart[e + 1])
            {
                var s = _segmentStart[e];
                _segmentState[s] = 0;
                Hang(node, s, 0, _segmentCapacity[s], _segmentCost[s], up: true);
            }
            else
            {
                Hang(node, Artificial, 0, int.MaxValue, _penalty, up: true);
            }
        }
    }

    private void Hang(int node, int segment, int flow, int capacity, int cost, bool up)
    {
        (_flow[node], _capacity[node], _cost[node], _segment[node], _isUp[node]) = (flow, capacity, cost, segment, up);
        _depth[node] = 1;
        _potential[node] = up ? -cost : cost;
        Attach(node, _root);
    }

    private void Attach(int node, int parent)
    {
        var first = _firstChild[parent];
        _parent[node] = parent;
        _previous[node] = -1;
        _next[node] = first;
        _firstChild[parent] = node;
        if (first >= 0)
        {
            _previous[first] = node;
        }
    }

    private void Detach(int node)
    {
        var (before, after) = (_previous[node], _next[node]);
        if (before >= 0)
        {
            _next[before] = after;
        }
        else
        {
            _firstChild[_parent[node]] = after;
        }

        if (after >= 0)
        {
            _previous[after] = before;
        }
    }

    private AssignmentSolution Solution()
    {
        var assigned = new List<int>[_files];
        for (var f = 0; f < _files; f++)
        {
            assigned[f] = [.. _usedExpert.AsSpan(_usedStart[f], _usedCount[f])];
        }

        var shortSeats = new SortedDictionary<int, int>();
        var shortLoads = new SortedDictionary<int, int>();
        for (var node = 0; node < _root; node++)
        {
            var parent = _parent[node];
            if (parent != _root && _flow[node] > 0)
            {
                var (file, expert) = node < _files ? (node, parent) : (parent, node);
                assigned[file].Add(expert - _files);
            }
            else if (parent == _root && _segment[node] == Artificial && _flow[node] > 0)
            {
                (node < _files ? shortSeats : shortLoads)[node < _files ? node : node - _files] = _flow[node];
            }
        }

        foreach (var experts in assigned)
        {
            experts.Sort();
        }

        var prices = new int[_experts];
        for (var e = 0; e < _experts; e++)
        {
            prices[e] = -_potential[_files + e];
        }

        return new AssignmentSolution(assigned, _problem.Objective(assigned), prices, shortSeats, shortLoads);
    }
}
