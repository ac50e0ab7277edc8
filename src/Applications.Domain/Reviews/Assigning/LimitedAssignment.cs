namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// Assignment with limits among the experts of a file. Repeats: solve the flow; where a file breaks a limit, forbid the members of the full group, or of the
/// pair kept apart, that the file's own best choice at the prices of the flow does without. Each round forbids at least one pair that was used, so it ends. Every round's prices also
/// give a bound on the problem as it was asked; the best is kept. What is found is valid always, and optimal where it meets the bound.
/// </summary>
internal static class LimitedAssignment
{
    /// <summary>From this gap on the integer programme is not asked.</summary>
    private const double CloseEnough = 0.0005;

    public static CertifiedAssignment Solve(AssignmentProblem problem, AssignmentLimits limits, SolvingBudget budget, CancellationToken ct)
    {
        var tightened = problem with { Costs = problem.Costs.Copy() };
        var choice = new FileChoice(problem.Experts, limits);
        var (prices, bound) = ((IReadOnlyList<int>)[], long.MinValue);
        while (true)
        {
            var solution = TransportSimplex.Solve(tightened, ct);
            if (AssignmentCertificate.BoundOf(problem, solution.Prices, limits) is var found && found > bound)
            {
                (prices, bound) = (solution.Prices, found);
            }

            var forbidden = 0;
            for (var f = 0; f < problem.Files; f++)
            {
                forbidden += Tighten(tightened, limits, choice, f, solution);
            }

            if (forbidden == 0)
            {
                var certified = Certify(problem, limits, solution, prices);

                // Pairs were forbidden by what is best, not by what is possible: where seats stay empty the programme says whether it can be done at all.
                return certified.Certificate is { IsValid: false } or { Gap: > CloseEnough } ? LimitedProgramme.Improve(problem, limits, certified, budget, ct) : certified;
            }
        }
    }

    public static CertifiedAssignment Certify(AssignmentProblem problem, AssignmentLimits limits, AssignmentSolution solution, IReadOnlyList<int> prices)
    {
        var better = solution with { Objective = problem.Objective(solution.Assigned), Prices = prices };
        return new CertifiedAssignment(better, AssignmentCertificate.Of(problem, better.Assigned, prices, limits));
    }

    /// <summary>Forbids what the file's best choice does without; returns how many pairs.</summary>
    private static int Tighten(AssignmentProblem tightened, AssignmentLimits limits, FileChoice choice, int file, AssignmentSolution solution)
    {
        var assigned = solution.Assigned[file];
        if (!limits.Broken(file, assigned).Any())
        {
            return 0;
        }

        var row = tightened.Costs.Row(file);
        choice.Least(row, solution.Prices, tightened.Demand[file]);
        var kept = choice.Best;
        var forbidden = 0;
        foreach (var limit in limits.Groups)
        {
            foreach (var group in assigned.Where(e => limit.GroupOf[e] >= 0).GroupBy(e => limit.GroupOf[e]).Where(g => g.Count() > limit.PerFile).Select(g => g.Key).ToList())
            {
                var members = Enumerable.Range(0, row.Length).Where(e => limit.GroupOf[e] == group && tightened.Costs.Allows(file, e));
                var staying = members.OrderBy(e => kept.Contains(e) ? 0 : 1).ThenBy(e => (long)tightened.Costs[file, e] + solution.Prices[e]).ThenBy(e => e).Take(limit.PerFile).ToHashSet();
                foreach (var expert in Enumerable.Range(0, row.Length).Where(e => limit.GroupOf[e] == group && !staying.Contains(e) && tightened.Costs.Allows(file, e)).ToList())
                {
                    tightened.Costs.Forbid(file, expert);
                    forbidden++;
                }
            }
        }

        foreach (var (a, b) in limits.Apart)
        {
            if (assigned.Contains(a) && assigned.Contains(b) && tightened.Costs.Allows(file, a) && tightened.Costs.Allows(file, b))
            {
                tightened.Costs.Forbid(file, kept.Contains(a) ? b : a);
                forbidden++;
            }
        }

        return forbidden;
    }
}
