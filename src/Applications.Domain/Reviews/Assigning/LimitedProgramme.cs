using Google.OrTools.Sat;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// Tries to close a gap by an integer programme over the pairs that can still matter. A pair is left out only where the bound with this pair in it already reaches what has been
/// found: no better assignment uses it; where nothing valid has been found every pair matters. Started from what has been found; where the effort is spent the better of the two stands.
/// </summary>
internal static class LimitedProgramme
{
    private const int MostPairs = 60_000;

    public static CertifiedAssignment Improve(AssignmentProblem problem, AssignmentLimits limits, CertifiedAssignment found, SolvingBudget budget, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var pairs = Candidates(problem, limits, found);
        if (pairs.Count > MostPairs)
        {
            return found;
        }

        var programme = new CpModel();
        var use = new Dictionary<(int File, int Expert), BoolVar>();
        var loads = new List<BoolVar>[problem.Experts];
        List<LinearExpr> cost = [];
        for (var e = 0; e < loads.Length; e++)
        {
            loads[e] = [];
        }

        foreach (var file in pairs.GroupBy(p => p.File))
        {
            var row = file.Select(p => (p.Expert, Use: programme.NewBoolVar(string.Empty))).ToList();
            foreach (var (expert, used) in row)
            {
                use[(file.Key, expert)] = used;
                loads[expert].Add(used);
                cost.Add(used * problem.Costs[file.Key, expert]);
                programme.AddHint(used, found.Solution.Assigned[file.Key].Contains(expert));
            }

            programme.Add(LinearExpr.Sum(row.Select(r => r.Use)) == problem.Demand[file.Key]);
            AddLimits(programme, limits, row);
        }

        for (var e = 0; e < loads.Length; e++)
        {
            AddLoad(programme, problem.Loads[e], loads[e], cost);
        }

        programme.Minimize(LinearExpr.Sum(cost));
        using var stop = new StopAt(ct);
        var solver = new CpSolver
        {
            StringParameters = FormattableString.Invariant($"num_workers:1 random_seed:1 max_deterministic_time:{budget.Effort} max_time_in_seconds:{budget.MostTime.TotalSeconds}"),
        };
        var status = solver.Solve(programme, stop);
        ct.ThrowIfCancellationRequested();
        if (status is not CpSolverStatus.Optimal && solver.WallTime() >= budget.MostTime.TotalSeconds)
        {
            throw budget.Exhausted();
        }

        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible))
        {
            return found;
        }

        IReadOnlyList<IReadOnlyList<int>> assigned =
            [.. Enumerable.Range(0, problem.Files).Select(f => (IReadOnlyList<int>)[.. Enumerable.Range(0, problem.Experts).Where(e => use.TryGetValue((f, e), out var used) && solver.BooleanValue(used))])];
        var better = LimitedAssignment.Certify(problem, limits, found.Solution with { Assigned = assigned }, found.Solution.Prices);
        var best = better.Certificate.IsValid && (!found.Certificate.IsValid || better.Certificate.Objective < found.Certificate.Objective) ? better : found;
        return status is CpSolverStatus.Optimal && best.Certificate.IsValid ? best with { Solution = best.Solution with { IsProvenByProgramme = true } } : best;
    }

    private static List<(int File, int Expert)> Candidates(AssignmentProblem problem, AssignmentLimits limits, CertifiedAssignment found)
    {
        var prices = found.Solution.Prices;
        var room = found.Certificate.IsValid ? found.Certificate.Objective - found.Certificate.Bound : long.MaxValue;
        var choice = new FileChoice(problem.Experts, limits);
        List<(int File, int Expert)> pairs = [];
        for (var f = 0; f < problem.Files && pairs.Count <= MostPairs; f++)
        {
            var least = choice.Least(problem.Costs.Row(f), prices, problem.Demand[f]);
            var keys = Enumerable.Range(0, problem.Experts).Where(e => problem.Costs.Allows(f, e)).Select(e => (Expert: e, Key: (long)problem.Costs[f, e] + prices[e])).ToList();
            var others = keys.Select(k => k.Key).Order().Take(problem.Demand[f] - 1).Sum();
            pairs.AddRange(keys.Where(k => k.Key + others - least < room || found.Solution.Assigned[f].Contains(k.Expert)).Select(k => (f, k.Expert)));
        }

        return pairs;
    }

    private static void AddLimits(CpModel programme, AssignmentLimits limits, List<(int Expert, BoolVar Use)> row)
    {
        foreach (var limit in limits.Groups)
        {
            foreach (var group in row.Where(r => limit.GroupOf[r.Expert] >= 0).GroupBy(r => limit.GroupOf[r.Expert]).Where(g => g.Count() > limit.PerFile))
            {
                programme.Add(LinearExpr.Sum(group.Select(r => r.Use)) <= limit.PerFile);
            }
        }

        var known = row.ToDictionary(r => r.Expert, r => r.Use);
        foreach (var (a, b) in limits.Apart)
        {
            if (known.TryGetValue(a, out var one) && known.TryGetValue(b, out var other))
            {
                programme.AddAtMostOne([one, other]);
            }
        }
    }

    /// <summary>A load's cost is convex: it lies on or above each of its tangents.</summary>
    private static void AddLoad(CpModel programme, LoadRule rule, List<BoolVar> uses, List<LinearExpr> cost)
    {
        var load = LinearExpr.Sum(uses);
        programme.AddLinearConstraint(load, rule.Min, rule.Max);
        if (rule.Slope == 0)
        {
            return;
        }

        var price = programme.NewIntVar(0, rule.Cost(rule.Max), string.Empty);
        for (var n = rule.Min; n < rule.Max; n++)
        {
            programme.Add(price >= (load * rule.Next(n)) + (rule.Cost(n) - ((long)rule.Next(n) * n)));
        }

        cost.Add(price);
    }

    private sealed class StopAt(CancellationToken ct) : CpSolverSolutionCallback
    {
        public override void OnSolutionCallback()
        {
            if (ct.IsCancellationRequested)
            {
                StopSearch();
            }
        }
    }
}
