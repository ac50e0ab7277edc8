using Applications.Domain.Reviews.Assigning;
using CsCheck;
using Google.OrTools.Graph;

namespace Applications.Domain.Tests.Reviews.Assigning;

public sealed class AssignmentSolverTests
{
    [Fact]
    public void Solve_AnyProblem_CostsWhatAnIndependentSolverFindsAndProvesIt() => Problems.Any.Sample(
        problem =>
        {
            var (solution, certificate) = AssignmentSolver.Solve(problem);
            if (Independent(problem) is { } expected)
            {
                Assert.True(solution.IsComplete);
                Assert.Empty(certificate.Broken);
                Assert.Equal((expected, expected), (certificate.Objective, certificate.Bound));
            }
            else
            {
                Assert.False(solution.IsComplete);
                Assert.False(certificate.IsValid);
            }

            // Also where seats stay empty: no conflict, nobody twice, nobody above his limit.
            Assert.All(solution.Assigned, (experts, f) => Assert.All(experts, e => Assert.True(problem.Costs.Allows(f, e))));
            Assert.All(solution.Assigned, experts => Assert.Equal(experts.Count, experts.Distinct().Count()));
            Assert.All(problem.Loads, (rule, e) => Assert.InRange(solution.Assigned.Count(a => a.Contains(e)), 0, rule.Max));
            Assert.All(solution.Assigned, (experts, f) => Assert.Equal(problem.Demand[f], experts.Count + solution.ShortSeats.GetValueOrDefault(f)));
        },
        iter: 5000);

    [Theory]
    [InlineData(300, 60, 5, 0)]
    [InlineData(300, 60, 5, 7)]
    [InlineData(120, 200, 3, 1)]
    public void Solve_HundredsOfFiles_CostsWhatAnIndependentSolverFinds(int files, int experts, int perFile, int slope)
    {
        var (problem, _) = Problems.Province(files, experts, perFile, slope);

        var certificate = AssignmentSolver.Solve(problem).Certificate;

        Assert.True(certificate.IsOptimal);
        Assert.Equal(Independent(problem), certificate.Objective);
    }

    [Fact]
    public void Solve_MoreSeatsThanExperts_FillsAsManyAsCanBeAndNamesTheRest()
    {
        var costs = new PairCosts(3, 2);
        costs.Forbid(0, 0);
        costs.Forbid(0, 1);
        var solution = AssignmentSolver.Solve(new AssignmentProblem(costs, [1, 2, 2], [new LoadRule(0, 1), new LoadRule(0, 2)])).Solution;

        Assert.Equal(1, solution.ShortSeats[0]);
        Assert.Equal(2, solution.ShortSeats.Values.Sum());
        Assert.Equal(3, solution.Assigned.Sum(a => a.Count));
    }

    [Fact]
    public void Solve_MinimumLoad_IsKeptAgainstTheCost()
    {
        var costs = new PairCosts(2, 2);
        (costs[0, 1], costs[1, 1]) = (50, 40);
        var (solution, certificate) = AssignmentSolver.Solve(new AssignmentProblem(costs, [1, 1], [new LoadRule(0, 2), new LoadRule(1, 2)]));

        Assert.Equal([[0], [1]], solution.Assigned);
        Assert.Equal((40, 40), (certificate.Objective, certificate.Bound));
    }

    [Fact]
    public void Solve_CostsTooLarge_IsRefusedWithTheLimit()
    {
        var costs = new PairCosts(1000, 1000);
        costs[3, 4] = 1_000_000;

        Assert.Contains("too large", Assert.Throws<ArgumentException>(() => AssignmentSolver.Solve(new AssignmentProblem(costs, [.. new int[1000]], [.. Enumerable.Repeat(new LoadRule(0, 1), 1000)]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PairsMovedByHand_ReportsEachBrokenRule()
    {
        var costs = new PairCosts(2, 3);
        costs.Forbid(0, 2);
        var problem = new AssignmentProblem(costs, [2, 1], [new LoadRule(0, 1), new LoadRule(0, 2), new LoadRule(1, 2)]);
        var limits = new AssignmentLimits { Groups = [new GroupLimit("单位", [0, 0, 1], 1)], Apart = [(1, 2)] };

        string[] Broken(params int[][] assigned) => [.. AssignmentCertificate.Of(problem, assigned, [0, 0, 0], limits).Broken.Select(b => b[..b.IndexOf('：', StringComparison.Ordinal)])];

        Assert.Equal(["回避", "任务量"], Broken([0, 2], [0]));
        Assert.Equal(["人数", "任务量"], Broken([1], [1]));
        Assert.Equal(["单位", "任务量"], Broken([0, 1], [1]));
        Assert.Equal(["互相回避", "回避"], Broken([1, 2], [0]));
    }

    [Fact]
    public void BoundOf_AnyPrices_IsNeverAboveTheOptimum() => Gen.Select(Problems.Any, Gen.Int[-30, 30].Array[12]).Sample(
        (problem, prices) =>
        {
            if (Independent(problem) is { } optimum)
            {
                Assert.InRange(AssignmentCertificate.BoundOf(problem, prices), long.MinValue, optimum);
            }
        },
        iter: 2000);

    /// <summary>By OR-Tools' cost-scaling flow; null when there is no complete assignment.</summary>
    private static long? Independent(AssignmentProblem problem)
    {
        var flow = new MinCostFlow();
        var root = problem.Files + problem.Experts;
        for (var f = 0; f < problem.Files; f++)
        {
            flow.SetNodeSupply(f, problem.Demand[f]);
            for (var e = 0; e < problem.Experts; e++)
            {
                if (problem.Costs.Allows(f, e))
                {
                    flow.AddArcWithCapacityAndUnitCost(f, problem.Files + e, 1, problem.Costs[f, e]);
                }
            }
        }

        for (var e = 0; e < problem.Experts; e++)
        {
            flow.SetNodeSupply(problem.Files + e, -problem.Loads[e].Min);
            for (var n = problem.Loads[e].Min; n < problem.Loads[e].Max; n++)
            {
                flow.AddArcWithCapacityAndUnitCost(problem.Files + e, root, 1, problem.Loads[e].Next(n));
            }
        }

        flow.SetNodeSupply(root, problem.Loads.Sum(l => l.Min) - problem.Demand.Sum());
        return flow.Solve() is MinCostFlowBase.Status.OPTIMAL ? flow.OptimalCost() + problem.Loads.Sum(l => l.Cost(l.Min)) : null;
    }
}
