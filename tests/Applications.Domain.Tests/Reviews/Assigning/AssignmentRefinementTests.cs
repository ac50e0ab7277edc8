using Applications.Domain.Reviews.Assigning;
using CsCheck;

namespace Applications.Domain.Tests.Reviews.Assigning;

public sealed class AssignmentRefinementTests
{
    [Fact]
    public void Refine_TwoOfTheSameCost_TakesTheOneWhoseWorstFileIsBetter()
    {
        // 0 + 10 or 5 + 5: the same sum.
        var costs = new PairCosts(2, 2);
        (costs[0, 0], costs[0, 1], costs[1, 0], costs[1, 1]) = (0, 5, 5, 10);
        var problem = new AssignmentProblem(costs, [1, 1], [new LoadRule(0, 1), new LoadRule(0, 1)]);

        var (solution, certificate) = AssignmentRefinement.Refine(problem, AssignmentSolver.Solve(problem));

        Assert.Equal([[1], [0]], solution.Assigned);
        Assert.Equal(10, certificate.Objective);
    }

    [Fact]
    public void Refine_NothingElseToChoose_EvensTheLoads()
    {
        var problem = new AssignmentProblem(new PairCosts(6, 3), [1, 1, 1, 1, 1, 1], [.. Enumerable.Repeat(new LoadRule(0, 6), 3)]);

        var solution = AssignmentRefinement.Refine(problem, AssignmentSolver.Solve(problem)).Solution;

        Assert.Equal([2, 2, 2], Enumerable.Range(0, 3).Select(e => solution.Assigned.Count(a => a.Contains(e))));
    }

    [Fact]
    public void Refine_AnyProblem_CostsTheSameAndNoCheapestAssignmentHasABetterWorstMatch() => Problems.Any.Sample(
        problem =>
        {
            var found = AssignmentSolver.Solve(problem);
            if (!found.Certificate.IsOptimal)
            {
                return;
            }

            var refined = AssignmentRefinement.Refine(problem, found);

            Assert.True(refined.Certificate.IsOptimal);
            Assert.Equal(found.Certificate.Objective, refined.Certificate.Objective);
            var worst = Worst(problem, refined.Solution);
            Assert.True(worst <= Worst(problem, found.Solution));
            if (worst > 0)
            {
                var stricter = problem with { Costs = problem.Costs.Copy() };
                for (var f = 0; f < problem.Files; f++)
                {
                    foreach (ref var cost in stricter.Costs.Row(f))
                    {
                        cost = cost >= worst ? PairCosts.Forbidden : cost;
                    }
                }

                var better = AssignmentSolver.Solve(stricter);
                Assert.True(!better.Certificate.IsValid || better.Certificate.Objective > refined.Certificate.Objective);
            }
        },
        iter: 2000);

    [Fact]
    public void Explain_AnyPair_TellsTheTruth() => Problems.Any.Sample(
        problem =>
        {
            var found = AssignmentSolver.Solve(problem);
            if (!found.Certificate.IsOptimal)
            {
                return;
            }

            var explainer = new AssignmentExplainer(problem, found.Solution);
            for (var f = 0; f < problem.Files; f++)
            {
                for (var e = 0; e < problem.Experts; e++)
                {
                    var why = explainer.Explain(f, e);
                    var exact = explainer.ExactCost(f, e);
                    Assert.Equal(!problem.Costs.Allows(f, e), why.Standing is PairStanding.Conflict);
                    Assert.Equal(found.Solution.Assigned[f].Contains(e), why.Standing is PairStanding.Assigned);
                    Assert.True(exact is null || why.AtLeastDearer <= exact);
                    Assert.True(why.Standing is not PairStanding.Assigned || exact == 0);
                    if (why.Instead is { } instead)
                    {
                        var changed = explainer.Change(f, instead, e).Certificate;
                        Assert.True(changed.IsValid);
                        Assert.Equal(why.SwapCost, changed.Objective - found.Certificate.Objective);
                        Assert.True(exact <= why.SwapCost);
                    }
                }
            }
        },
        iter: 300);

    [Fact]
    public void Change_ConflictedExpertByHand_IsReported()
    {
        var costs = new PairCosts(1, 2);
        costs.Forbid(0, 1);
        var problem = new AssignmentProblem(costs, [1], [new LoadRule(0, 1), new LoadRule(0, 1)]);

        var changed = new AssignmentExplainer(problem, AssignmentSolver.Solve(problem).Solution).Change(0, 0, 1);

        Assert.StartsWith("回避", Assert.Single(changed.Certificate.Broken), StringComparison.Ordinal);
        Assert.False(changed.Certificate.IsOptimal);
    }

    private static int Worst(AssignmentProblem problem, AssignmentSolution solution) =>
        solution.Assigned.SelectMany((experts, f) => experts.Select(e => problem.Costs[f, e])).DefaultIfEmpty(0).Max();
}
