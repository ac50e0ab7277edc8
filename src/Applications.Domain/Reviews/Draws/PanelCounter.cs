using System.Numerics;
using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Draws;

/// <summary>
/// Counts the panels that keep every rule and finds the one with a given number. Walking the candidates from the last to the first it notes how many ways there
/// are to fill the seats that are left and cover what is left to cover, from this candidate on; with that table the panel number r is read off in one walk.
/// Each number below <see cref="Total"/> is one panel and each panel one number, so a uniform number is a uniform panel (DRAW.md).
/// </summary>
internal sealed class PanelCounter
{
    /// <summary>Sixteen bytes each: 512 MB at the most.</summary>
    private const long LargestTable = 1 << 25;

    private readonly PanelModel _model;
    private readonly int _count;
    private readonly int _seats;
    private readonly int _cap;
    private readonly int _states;
    private readonly int _start;
    private readonly int[][] _after;
    private readonly int[] _nextEmployer;
    private readonly int[] _firstUse;
    private readonly UInt128[] _ways;

    /// <exception cref="RuleBrokenException"><c>draw-too-large</c>.</exception>
    public PanelCounter(PanelModel model)
    {
        _model = model;
        var candidates = model.Candidates;
        (_count, _seats, _cap) = (candidates.Count, Math.Max(0, model.Seats), model.Rules.PerEmployer >= model.Panel.Size ? 1 : model.Rules.PerEmployer);
        var left = model.Needs.Select(n => Math.Max(0, n.Required - model.Appointed.Count(n.Counts))).ToArray();
        var states = left.Aggregate(1L, (product, l) => Math.Min(product * (l + 1), LargestTable));
        if ((_count + 1L) * _cap * (_seats + 1) * states > LargestTable || Binomial(_count, _seats) >> 127 > 0)
        {
            throw new RuleBrokenException("draw-too-large", $"“{model.Panel.Title}”的人数或专业要求过多，无法逐一计数抽取；请减少专业要求或分组抽取。");
        }

        _states = (int)states;
        _start = _states - 1;
        _after = Transitions(model, left);
        (_nextEmployer, _firstUse) = Employers(model);
        _ways = GC.AllocateUninitializedArray<UInt128>((_count + 1) * _cap * (_seats + 1) * _states);
        Fill();
        Total = model.Seats < 0 || model.Appointed.GroupBy(model.EmployerOf, StringComparer.Ordinal).Any(g => g.Count() > model.Rules.PerEmployer) ? 0 : _ways[At(0, _firstUse[0], _seats, _start)];
    }

    /// <summary>How many panels keep every rule.</summary>
    public UInt128 Total { get; }

    /// <summary>The panel with this number, those appointed not included.</summary>
    public IReadOnlyList<DrawCandidate> Panel(UInt128 number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Total);
        List<DrawCandidate> members = [];
        var (i, used, seats, state) = (0, _firstUse[0], _seats, _start);
        while (seats > 0)
        {
            var taking = used < _cap ? _ways[At(Taken(i, used), seats - 1, _after[i][state])] : 0;
            if (number < taking)
            {
                members.Add(_model.Candidates[i]);
                state = _after[i][state];
                seats--;
                (i, used) = Taken(i, used);
            }
            else
            {
                number -= taking;
                (i, used) = Passed(i, used);
            }
        }

        return members;
    }

    private void Fill()
    {
        _ways.AsSpan(At(_count, 0, 0, 0)).Clear();
        _ways[At(_count, 0, 0, 0)] = 1;

        for (var i = _count - 1; i >= 0; i--)
        {
            var after = _after[i];
            for (var used = _firstUse[i]; used < _cap; used++)
            {
                var passed = At(Passed(i, used), 0, 0);
                var taken = At(Taken(i, used), 0, 0);
                var here = At(i, used, 0, 0);
                _ways.AsSpan(passed, _states).CopyTo(_ways.AsSpan(here, _states));
                for (var seats = 1; seats <= _seats; seats++)
                {
                    var to = _ways.AsSpan(here + (seats * _states), after.Length);
                    var skip = _ways.AsSpan(passed + (seats * _states), after.Length);
                    var take = _ways.AsSpan(taken + ((seats - 1) * _states), after.Length);
                    for (var s = 0; s < after.Length; s++)
                    {
                        to[s] = skip[s] + take[after[s]];
                    }
                }
            }
        }
    }

    private (int Next, int Used) Passed(int i, int used) => i + 1 == _nextEmployer[i] ? (i + 1, _firstUse[i + 1]) : (i + 1, used);

    private (int Next, int Used) Taken(int i, int used) =>
        used + 1 >= _cap || i + 1 == _nextEmployer[i] ? (_nextEmployer[i], _firstUse[_nextEmployer[i]]) : (i + 1, used + 1);

    private int At((int Next, int Used) place, int seats, int state) => At(place.Next, place.Used, seats, state);

    private int At(int i, int used, int seats, int state) => ((((i * _cap) + used) * (_seats + 1)) + seats) * _states + state;

    /// <summary>For each candidate: what is left to cover after him, by what was left before. A state is a number with a digit for each need.</summary>
    private static int[][] Transitions(PanelModel model, int[] left)
    {
        var byMask = new Dictionary<int, int[]>();
        var states = left.Aggregate(1, (product, l) => product * (l + 1));
        var result = new int[model.Candidates.Count][];
        for (var i = 0; i < result.Length; i++)
        {
            var mask = 0;
            for (var n = 0; n < left.Length; n++)
            {
                mask |= model.Needs[n].Counts(model.Candidates[i]) ? 1 << n : 0;
            }

            if (!byMask.TryGetValue(mask, out var after))
            {
                after = byMask[mask] = new int[states];
                for (var s = 0; s < states; s++)
                {
                    var (rest, weight, target) = (s, 1, 0);
                    for (var n = 0; n < left.Length; n++)
                    {
                        var digit = rest % (left[n] + 1);
                        target += weight * ((mask & (1 << n)) != 0 ? Math.Max(0, digit - 1) : digit);
                        rest /= left[n] + 1;
                        weight *= left[n] + 1;
                    }

                    after[s] = target;
                }
            }

            result[i] = after;
        }

        return result;
    }

    /// <summary>Where the next employer begins, and how many of an employer sit already because they were appointed.</summary>
    private (int[] Next, int[] FirstUse) Employers(PanelModel model)
    {
        var appointed = model.Appointed.GroupBy(model.EmployerOf, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var next = new int[_count];
        var first = new int[_count + 1];
        for (var i = _count - 1; i >= 0; i--)
        {
            var employer = model.EmployerOf(model.Candidates[i]);
            next[i] = i + 1 < _count && model.EmployerOf(model.Candidates[i + 1]) == employer ? next[i + 1] : i + 1;
            first[i] = appointed.GetValueOrDefault(employer);
        }

        return (next, first);
    }

    private static BigInteger Binomial(int n, int k)
    {
        var result = BigInteger.One;
        for (var i = 1; i <= k; i++)
        {
            result = result * (n - k + i) / i;
        }

        return n < k ? BigInteger.Zero : result;
    }
}
