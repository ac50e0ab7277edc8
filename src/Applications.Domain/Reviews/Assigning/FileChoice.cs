namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// The cheapest experts for one file that keep its limits, when every expert has a price: exact, by branch and bound over the cheapest first. Of the sorted experts only as
/// many are looked at as can matter.
/// </summary>
internal sealed class FileChoice
{
    private const int FirstLook = 24;

    private readonly AssignmentLimits _limits;
    private readonly int[][] _apart;
    private readonly int[][] _uses;
    private readonly long[] _keys;
    private readonly int[] _experts;
    private readonly bool[] _isChosen;
    private readonly List<int> _chosen = [];
    private readonly List<int> _best = [];
    private long _bestValue;
    private int _take;
    private int _looked;

    public FileChoice(int experts, AssignmentLimits limits)
    {
        _limits = limits;
        var apart = new List<int>[experts];
        foreach (var (a, b) in limits.Apart)
        {
            (apart[a] ??= []).Add(b);
            (apart[b] ??= []).Add(a);
        }

        _apart = [.. apart.Select(a => a?.ToArray() ?? [])];
        _uses = [.. limits.Groups.Select(g => new int[g.GroupOf.Count == 0 ? 0 : Math.Max(0, g.GroupOf.Max() + 1)])];
        (_keys, _experts, _isChosen) = (new long[experts], new int[experts], new bool[experts]);
    }

    /// <summary>The experts chosen, cheapest first; valid until the next call.</summary>
    public IReadOnlyList<int> Best => _best;

    /// <summary>The least a file with this row of costs can cost at these prices; fewer than <paramref name="take"/> experts where no more keep the limits.</summary>
    public long Least(ReadOnlySpan<int> costs, IReadOnlyList<int> prices, int take)
    {
        var count = 0;
        for (var e = 0; e < costs.Length; e++)
        {
            if (costs[e] != PairCosts.Forbidden)
            {
                _keys[count] = (long)costs[e] + prices[e];
                _experts[count++] = e;
            }
        }

        Array.Sort(_keys, _experts, 0, count);
        for (var take_ = Math.Min(take, count); ; take_--)
        {
            _take = take_;
            for (_looked = Math.Min(count, Math.Max(FirstLook, take_)); ; _looked = Math.Min(count, 2 * _looked))
            {
                _bestValue = long.MaxValue;
                Search(0, 0);

                // Whoever takes one from beyond pays at least that one and the cheapest others.
                if (_looked == count || (_bestValue != long.MaxValue && _bestValue <= Sum(0, take_ - 1) + _keys[_looked]))
                {
                    break;
                }
            }

            if (_bestValue != long.MaxValue)
            {
                return _bestValue;
            }
        }
    }

    private long Sum(int from, int count)
    {
        long sum = 0;
        for (var i = from; i < from + count; i++)
        {
            sum += _keys[i];
        }

        return sum;
    }

    private void Search(int from, long value)
    {
        var left = _take - _chosen.Count;
        if (left == 0)
        {
            if (value < _bestValue)
            {
                _bestValue = value;
                _best.Clear();
                _best.AddRange(_chosen);
            }

            return;
        }

        for (var i = from; i + left <= _looked; i++)
        {
            if (_bestValue != long.MaxValue && value + Sum(i, left) >= _bestValue)
            {
                return;
            }

            var expert = _experts[i];
            if (!Fits(expert))
            {
                continue;
            }

            Choose(expert, 1);
            Search(i + 1, value + _keys[i]);
            Choose(expert, -1);
        }
    }

    private bool Fits(int expert)
    {
        for (var g = 0; g < _uses.Length; g++)
        {
            var group = _limits.Groups[g].GroupOf[expert];
            if (group >= 0 && _uses[g][group] >= _limits.Groups[g].PerFile)
            {
                return false;
            }
        }

        foreach (var other in _apart[expert])
        {
            if (_isChosen[other])
            {
                return false;
            }
        }

        return true;
    }

    private void Choose(int expert, int by)
    {
        _isChosen[expert] = by > 0;
        if (by > 0)
        {
            _chosen.Add(expert);
        }
        else
        {
            _chosen.RemoveAt(_chosen.Count - 1);
        }

        for (var g = 0; g < _uses.Length; g++)
        {
            if (_limits.Groups[g].GroupOf[expert] is >= 0 and var group)
            {
                _uses[g][group] += by;
            }
        }
    }
}
