using System.Diagnostics;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Assigning;
using CsCheck;

namespace Applications.Domain.Tests.Reviews.Assigning;

public sealed class LimitedAssignmentTests
{
    private static readonly Gen<(AssignmentProblem Problem, AssignmentLimits Limits)> Small =
        from seed in Gen.Int[0, int.MaxValue - 1]
        from files in Gen.Int[1, 3]
        from experts in Gen.Int[4, 7]
        from conflicts in Gen.Int[0, 25]
        from groups in Gen.Int[-1, 3].Array[7]
        from apart in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3]).Array[0, 2]
        select (
            Problems.Random(seed, files, experts, 3, conflicts),
            new AssignmentLimits { Groups = [new GroupLimit("单位", groups, 1)], Apart = [.. apart.Where(p => p.Item1 != p.Item2)] });

    [Fact]
    public void Solve_AnySmallProblem_KeepsEveryLimitAndTheBoundIsTrue()
    {
        var (optimal, all) = (0, 0);
        Small.Sample(
            s =>
            {
                var least = BruteForce(s.Problem, s.Limits);
                var certificate = AssignmentSolver.Solve(s.Problem, s.Limits).Certificate;
                Assert.Equal(least < long.MaxValue, certificate.IsValid);
                if (certificate.IsValid)
                {
                    Assert.True(certificate.Objective >= least);
                    Assert.True(certificate.Bound <= least);
                    Interlocked.Increment(ref all);
                    Interlocked.Add(ref optimal, certificate.Objective == least ? 1 : 0);
                }
            },
            iter: 1500);

        // The programme closes nearly every gap.
        Assert.True(optimal >= all * 99 / 100, $"{optimal} of {all}");
    }

    [Fact]
    public void Solve_Province_ProvenWithinAThousandth()
    {
        var (problem, limits) = Problems.Province(600, 150, 5, 0);

        var (solution, certificate) = AssignmentSolver.Solve(problem, limits);

        Assert.Empty(certificate.Broken);
        Assert.True(solution.IsProvenByProgramme || certificate.Gap <= 0.001, $"{certificate.Gap:0.0000}");
    }

    [Fact]
    public void Solve_ProvinceOfFiveThousandFiles_ProvenWithinAThousandth()
    {
        var (problem, limits) = Problems.Province(5000, 600, 5, 0);
        var clock = Stopwatch.StartNew();

        var certificate = AssignmentSolver.Solve(problem, limits).Certificate;

        TestContext.Current.SendDiagnosticMessage($"5,000 × 600 × 5 with limits: {clock.Elapsed.TotalSeconds:0.00} s, objective {certificate.Objective}, bound {certificate.Bound}, gap {certificate.Gap:0.00000}");
        Assert.Empty(certificate.Broken);
        Assert.InRange(certificate.Gap, 0, 0.001);
    }

    [Fact]
    public void Solve_EffortSpentBeforeTheProof_SamePlanEveryTime()
    {
        var (problem, limits) = Problems.Tight(60, 30);
        var small = SolvingBudget.Standard with { Effort = 0.4 };

        var first = AssignmentSolver.Solve(problem, limits, small);
        var again = AssignmentSolver.Solve(problem, limits, small);

        Assert.True(first.Certificate.IsValid);
        Assert.False(first.Solution.IsProvenByProgramme);
        Assert.Equal(first.Solution.Assigned, again.Solution.Assigned);
    }

    [Fact]
    public void Solve_ClockRunsOutBeforeTheEffort_SaysSoAndGivesNothing()
    {
        var (problem, limits) = Problems.Tight(60, 30);

        var broken = Assert.Throws<RuleBrokenException>(() => AssignmentSolver.Solve(problem, limits, new SolvingBudget(1000, TimeSpan.FromMilliseconds(100))));

        Assert.Equal(SolvingBudget.TooSlow, broken.Code);
        Assert.Contains("0.1 秒", broken.Message, StringComparison.Ordinal);
    }

    private static long BruteForce(AssignmentProblem problem, AssignmentLimits limits)
    {
        var best = long.MaxValue;
        var assigned = new int[problem.Files][];
        void Next(int file)
        {
            if (file == problem.Files)
            {
                if (Enumerable.Range(0, problem.Experts).All(e => assigned.Count(a => a.Contains(e)) is var n && n >= problem.Loads[e].Min && n <= problem.Loads[e].Max))
                {
                    best = Math.Min(best, problem.Objective(assigned));
                }

                return;
            }

            for (var mask = 0; mask < 1 << problem.Experts; mask++)
            {
                if (int.PopCount(mask) == problem.Demand[file])
                {
                    var set = Enumerable.Range(0, problem.Experts).Where(e => (mask & (1 << e)) != 0).ToArray();
                    if (set.All(e => problem.Costs.Allows(file, e)) && !limits.Broken(file, set).Any())
                    {
                        assigned[file] = set;
                        Next(file + 1);
                    }
                }
            }
        }

        Next(0);
        return best;
    }
}
