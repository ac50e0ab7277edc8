using System.Diagnostics;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Tests.Reviews.Assigning;

namespace Applications.Benchmarks;

/// <summary>
/// 5,000 files × 600 experts × 5 with at most one expert of an institution and two of a city at a file, pairs kept apart, conflicts and load limits; once by match alone
/// and once with loads evened out. The memory is the peak of the whole process, so this benchmark alone tells it best.
/// </summary>
internal sealed class LimitedAssignmentBenchmark : IBenchmark
{
    public string Name => "limited-assignment";

    public Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        List<Figure> figures = [];
        foreach (var (slope, what) in new[] { (0, "by match alone"), (3, "loads evened out") })
        {
            var (problem, limits) = Problems.Province(5_000, 600, 5, slope);
            var clock = Stopwatch.StartNew();
            var certificate = AssignmentSolver.Solve(problem, limits).Certificate;
            figures.Add(new($"5,000 × 600 × 5 with caps and pairs apart, {what}", clock.Elapsed.TotalSeconds, "s", Bound.AtMost, 10));
            figures.Add(new("  gap to the bound", certificate.Gap * 100, "%", Bound.AtMost, 0.1));
            figures.Add(new("  rules broken", certificate.Broken.Count, string.Empty, Bound.AtMost, 0));
        }

        using var process = Process.GetCurrentProcess();
        figures.Add(new("  peak memory of the process", process.PeakWorkingSet64 / 1048576.0, "MB", Bound.AtMost, 1024));
        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }
}
