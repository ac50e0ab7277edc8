using System.Diagnostics;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Domain.Calendars;
using Applications.Domain.Workflow.Rehearsal;

namespace Applications.Benchmarks;

/// <summary>A thousand synthetic cases through a whole season on a virtual clock, one thread, no database.</summary>
internal sealed class RehearsalBenchmark : IBenchmark
{
    private const int Cases = 1000;

    public string Name => "rehearsal";

    public Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        var flows = Flows.Load();
        var caseFlow = flows.Where(f => f.DefinitionId.EndsWith(".case", StringComparison.Ordinal)).MaxBy(f => f.Activities.Count)!;
        var batchFlow = flows.First(f => f.DefinitionId == caseFlow.DefinitionId.Replace(".case", ".batch", StringComparison.Ordinal));
        var plan = new RehearsalPlan(batchFlow, caseFlow, Cases, 1, new DateOnly(2026, 3, 2), WorkCalendar.BuiltIn);
        var process = Process.GetCurrentProcess();
        var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var season = SeasonRehearsal.Run(plan);
        process.Refresh();
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new($"rehearsal of {Cases:N0} cases, {caseFlow.Id}", clock.Elapsed.TotalSeconds, "s", Bound.AtMost, 5),
            new("  processor time", (process.TotalProcessorTime - cpu).TotalSeconds, "s"),
            new("  decisions", season.Decisions, ""),
            new("  came to an end", season.Ends.Where(e => e.IsEnd).Sum(e => e.Count), "cases"),
        ]);
    }
}
