namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// Chooses among the cheapest assignments the fairest, then the most even. Prices tell which they are: of a file, the experts below its marginal cost + price are in all of them, those
/// above in none, those on it may change places; of an expert, the loads that cost least less their price. Any choice within these costs the same. First the worst match
/// of any file is made as good as can be, worst-off file first, then the loads as even as can be.
/// </summary>
public static class AssignmentRefinement
{
    /// <returns>An assignment of the same cost; the same one where it is not complete or not proven optimal by its prices.</returns>
    public static CertifiedAssignment Refine(AssignmentProblem problem, CertifiedAssignment found, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(found);
        if (!found.Certificate.IsOptimal || problem.Files == 0)
        {
            return found;
        }

        var (fixedPairs, free) = Split(problem, found.Solution.Prices);
        var levels = Enumerable.Range(0, problem.Files).SelectMany(f => Costs(free, f)).Distinct().Order().ToList();
        var (low, high) = (0, levels.Count - 1);
        AssignmentSolution? best = null;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (TransportSimplex.Solve(Within(free, levels[middle]), ct) is { IsComplete: true } within)
            {
                (best, high) = (within, middle - 1);
            }
            else
            {
                low = middle + 1;
            }
        }

        if (best is null)
        {
            return found;
        }

        IReadOnlyList<IReadOnlyList<int>> assigned = [.. fixedPairs.Zip(best.Assigned).Select(p => (IReadOnlyList<int>)[.. p.First.Concat(p.Second).Order()])];
        var certificate = AssignmentCertificate.Of(problem, assigned, found.Solution.Prices);
        return certificate.IsOptimal ? new CertifiedAssignment(found.Solution with { Assigned = assigned }, certificate) : found;
    }

    /// <summary>The pairs that every cheapest assignment has, and the problem of choosing the others at no cost but evenness.</summary>
    private static (IReadOnlyList<IReadOnlyList<int>> Fixed, (AssignmentProblem Even, PairCosts Costs) Free) Split(AssignmentProblem problem, IReadOnlyList<int> prices)
    {
        var costs = new PairCosts(problem.Files, problem.Experts);
        var demand = new int[problem.Files];
        var taken = new int[problem.Experts];
        var kept = new List<int>[problem.Files];
        for (var f = 0; f < problem.Files; f++)
        {
            var keys = Enumerable.Range(0, problem.Experts).Where(e => problem.Costs.Allows(f, e)).Select(e => (Expert: e, Key: (long)problem.Costs[f, e] + prices[e])).ToList();
            var line = problem.Demand[f] == 0 ? long.MinValue : keys.Select(k => k.Key).Order().ElementAt(problem.Demand[f] - 1);
            costs.Row(f).Fill(PairCosts.Forbidden);
            kept[f] = [.. keys.Where(k => k.Key < line).Select(k => k.Expert)];
            demand[f] = problem.Demand[f] - kept[f].Count;
            foreach (var expert in kept[f])
            {
                taken[expert]++;
            }

            foreach (var (expert, _) in keys.Where(k => k.Key == line))
            {
                costs[f, expert] = problem.Costs[f, expert];
            }
        }

        var loads = problem.Loads.Select((rule, e) => Even(rule, prices[e], taken[e])).ToList();
        return (kept, (new AssignmentProblem(costs, demand, loads), costs));
    }

    /// <summary>The loads that cost least at this price, less those that are fixed; each further one counts its number, so that even loads are cheapest.</summary>
    private static LoadRule Even(LoadRule rule, int price, int taken)
    {
        var values = Enumerable.Range(rule.Min, rule.Max - rule.Min + 1).Select(n => (Load: n, Value: rule.Cost(n) - ((long)price * n))).ToList();
        var least = values.Min(v => v.Value);
        var loads = values.Where(v => v.Value == least).Select(v => v.Load).ToList();
        return new LoadRule(Math.Max(0, loads[0] - taken), Math.Max(0, loads[^1] - taken), 1, rule.Already + taken);
    }

    private static List<int> Costs((AssignmentProblem Even, PairCosts Costs) free, int file)
    {
        List<int> costs = [];
        foreach (var cost in free.Costs.Row(file))
        {
            if (cost != PairCosts.Forbidden)
            {
                costs.Add(cost);
            }
        }

        return costs;
    }

    /// <summary>Only pairs up to this cost, and of them it no longer matters which.</summary>
    private static AssignmentProblem Within((AssignmentProblem Even, PairCosts Costs) free, int line)
    {
        var costs = free.Costs.Copy();
        for (var f = 0; f < costs.Files; f++)
        {
            foreach (ref var cost in costs.Row(f))
            {
                cost = cost <= line ? 0 : PairCosts.Forbidden;
            }
        }

        return free.Even with { Costs = costs };
    }
}
