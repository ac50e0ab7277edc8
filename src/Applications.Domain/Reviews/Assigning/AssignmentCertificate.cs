namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// What proves an assignment: what it costs, what no assignment can be cheaper than, and whether everything asked for holds. <see cref="Of"/> works
/// all of it out anew from the problem, the pairs and one price an expert; it knows nothing of how they were found. The bound is Lagrange's: whatever the
/// prices are, Σ over files of the cheapest experts at cost + price, plus Σ over experts of the cheapest load at its cost − price × load, is no more
/// than the cost of any assignment, since each true assignment is one of those that the two sums choose from, and there the prices cancel out.
/// </summary>
/// <param name="Broken">Each broken demand, load or conflict in words; none in a valid assignment.</param>
public sealed record AssignmentCertificate(long Objective, long Bound, IReadOnlyList<string> Broken, IReadOnlyList<int> Prices)
{
    public bool IsValid => Broken.Count == 0;

    /// <summary>Valid, and nothing can be cheaper.</summary>
    public bool IsOptimal => IsValid && Objective == Bound;

    /// <summary>How far above the bound, as a share of the bound; 0 is proven optimal.</summary>
    public double Gap => Objective == Bound ? 0 : (Objective - Bound) / Math.Max(1.0, Math.Abs((double)Bound));

    /// <param name="prices">Any numbers, one an expert; good ones give a good bound.</param>
    /// <param name="limits">What must hold among the experts of a file.</param>
    public static AssignmentCertificate Of(AssignmentProblem problem, IReadOnlyList<IReadOnlyList<int>> assigned, IReadOnlyList<int> prices, AssignmentLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(assigned);
        ArgumentNullException.ThrowIfNull(prices);
        limits ??= AssignmentLimits.None;
        var broken = Check(problem, assigned, limits);
        var isForbidden = Enumerable.Range(0, assigned.Count).Any(f => assigned[f].Any(e => !problem.Costs.Allows(f, e)));
        return new AssignmentCertificate(isForbidden ? long.MaxValue : problem.Objective(assigned), BoundOf(problem, prices, limits), broken, prices);
    }

    /// <summary>What no assignment of this problem can be cheaper than, by these prices.</summary>
    public static long BoundOf(AssignmentProblem problem, IReadOnlyList<int> prices, AssignmentLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(prices);
        long bound = 0;
        var choice = limits is null or { IsEmpty: true } ? null : new FileChoice(problem.Experts, limits);
        var row = new long[problem.Experts];
        for (var f = 0; f < problem.Files; f++)
        {
            bound += choice?.Least(problem.Costs.Row(f), prices, problem.Demand[f]) ?? Cheapest(problem.Costs.Row(f), prices, row, problem.Demand[f]);
        }

        for (var e = 0; e < problem.Experts; e++)
        {
            bound += LeastLoad(problem.Loads[e], prices[e]);
        }

        return bound;
    }

    /// <summary>The least that a load costs less what it earns at this price.</summary>
    private static long LeastLoad(LoadRule rule, int price)
    {
        var least = long.MaxValue;
        for (var n = rule.Min; n <= rule.Max; n++)
        {
            least = Math.Min(least, rule.Cost(n) - ((long)price * n));
        }

        return least;
    }

    /// <summary>The sum of the smallest <paramref name="take"/> costs with prices; all of them when there are fewer.</summary>
    private static long Cheapest(ReadOnlySpan<int> costs, IReadOnlyList<int> prices, long[] row, int take)
    {
        var count = 0;
        for (var e = 0; e < costs.Length; e++)
        {
            if (costs[e] != PairCosts.Forbidden)
            {
                row[count++] = (long)costs[e] + prices[e];
            }
        }

        take = Math.Min(take, count);
        var values = row.AsSpan(0, count);
        if (take > 16)
        {
            values.Sort();
        }
        else
        {
            for (var i = 0; i < take; i++)
            {
                var at = i;
                for (var j = i + 1; j < values.Length; j++)
                {
                    at = values[j] < values[at] ? j : at;
                }

                (values[i], values[at]) = (values[at], values[i]);
            }
        }

        long sum = 0;
        foreach (var value in values[..take])
        {
            sum += value;
        }

        return sum;
    }

    private static List<string> Check(AssignmentProblem problem, IReadOnlyList<IReadOnlyList<int>> assigned, AssignmentLimits limits)
    {
        List<string> broken = [];
        var loads = new int[problem.Experts];
        for (var f = 0; f < problem.Files; f++)
        {
            var experts = f < assigned.Count ? assigned[f] : [];
            if (experts.Distinct().Count() != problem.Demand[f] || experts.Count != problem.Demand[f])
            {
                broken.Add($"人数：第 {f + 1} 件需要 {problem.Demand[f]} 名不同的专家，现有 {experts.Distinct().Count()} 名");
            }

            broken.AddRange(limits.Broken(f, experts));
            foreach (var expert in experts)
            {
                loads[expert]++;
                if (!problem.Costs.Allows(f, expert))
                {
                    broken.Add($"回避：第 {f + 1} 件不得由第 {expert + 1} 名专家评审");
                }
            }
        }

        for (var e = 0; e < problem.Experts; e++)
        {
            var rule = problem.Loads[e];
            if (loads[e] < rule.Min || loads[e] > rule.Max)
            {
                broken.Add($"任务量：第 {e + 1} 名专家应为 {rule.Min} 至 {rule.Max} 件，现为 {loads[e]} 件");
            }
        }

        return broken;
    }
}
