using System.Diagnostics;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Domain.Calendars;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Benchmarks;

/// <summary>
/// The engine alone: every decision on a case's way through the largest definition there is, from the draft to its end, made again and again on one
/// thread. No database, no pages. Processor time is what holds on a busy machine.
/// </summary>
internal sealed class DecideBenchmark : IBenchmark
{
    private const int LongestWay = 200;
    private const int Panel = 3;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(4);

    public string Name => "decide";

    public Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        var definition = Flows.Load().MaxBy(f => f.Activities.Count)!;
        var way = Way(definition);
        Measure(way, Warm);
        var (perSecond, cpu, bytes) = Measure(way, Measured);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new($"pure decision, {definition.Id} ({definition.Activities.Count} steps)", perSecond, "/s", Bound.AtLeast, 100_000),
            new("  processor time each", cpu, "µs"),
            new("  allocated each", bytes / 1024, "KB", Bound.AtMost, 4),
            new("  decisions on the way", way.Count, ""),
        ]);
    }

    private static (double PerSecond, double CpuMicroseconds, double Bytes) Measure(List<Func<Decision>> way, TimeSpan time)
    {
        var process = Process.GetCurrentProcess();
        var (allocated, cpu, clock, rounds) = (GC.GetAllocatedBytesForCurrentThread(), process.TotalProcessorTime, Stopwatch.StartNew(), 0L);
        while (clock.Elapsed < time)
        {
            foreach (var decide in way)
            {
                _ = decide();
            }

            rounds++;
        }

        var count = (double)rounds * way.Count;
        process.Refresh();
        return (count / clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / count, (GC.GetAllocatedBytesForCurrentThread() - allocated) / count);
    }

    /// <summary>The decisions of one case that everything goes well with, each on the state it is made on.</summary>
    private static List<Func<Decision>> Way(WorkflowDefinition definition)
    {
        var context = Flows.Context(definition, Panel);
        List<Func<Decision>> way = [() => WorkflowEngine.Start(definition, context)];
        for (var state = way[0]().State; !state.IsFinished && way.Count < LongestWay;)
        {
            var decide = Next(definition, state, context);
            way.Add(decide);
            state = decide().State;
        }

        return way;
    }

    private static Func<Decision> Next(WorkflowDefinition definition, WorkflowState state, WorkflowContext context)
    {
        var token = state.Tokens[0];
        var activity = definition.Get(token.Activity);
        switch (activity.Settings)
        {
            case WorkItemSettings item:
                return () => WorkflowEngine.Complete(definition, state, token.Id, item.RoleFor(item.Outcomes[0]), item.Outcomes[0], context);
            case PanelReviewSettings or CountersignSettings:
                var member = token.Participants.First(p => p.Outcome is null).Key;
                return () => WorkflowEngine.Answer(definition, state, token.Id, member, activity.Kind.SeatOutcomes[0], context);
            case Dictionary<string, string> gate:
                return () => WorkflowEngine.Signal(definition, state, gate.Keys.First(), context);
            default:
                return () => WorkflowEngine.TimeOut(definition, state, token.Id, context);
        }
    }
}

/// <summary>The definitions beside the program, and a world in which they can be played.</summary>
internal static class Flows
{
    private static readonly DateTime Now = new(2026, 3, 2, 1, 0, 0, DateTimeKind.Utc);

    public static IReadOnlyList<WorkflowDefinition> Load() =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "workflows"), "*.workflow.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(f => WorkflowLoader.Load(File.ReadAllText(f), f, Vocabulary.Known)),
    ];

    /// <summary>Every moment lies a month ahead, and every question is answered yes.</summary>
    public static WorkflowContext Context(WorkflowDefinition flow, int panel)
    {
        var facts = Vocabulary.Known.Facts.ToDictionary(f => f, f => f.EndsWith("At", StringComparison.Ordinal) ? Now.AddDays(30) : (object?)true);
        foreach (var review in flow.Activities.Select(a => a.Settings).OfType<PanelReviewSettings>())
        {
            facts[review.PanelFact] = Enumerable.Range(1, panel).Select(n => $"expert{n}").ToArray();
        }

        return new WorkflowContext(Now, WorkCalendar.BuiltIn, facts);
    }
}
