using System.Diagnostics;
using System.Text;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Tests.Reviews.Draws;

namespace Applications.Benchmarks;

/// <summary>
/// Forty panels of seven from 3,000 experts with every kind of constraint: the draw, its check from the file alone, and the advice where it cannot be drawn, once
/// because one panel asks for too much and once because the panels together do. In memory, one thread.
/// </summary>
internal sealed class DrawBenchmark : IBenchmark
{
    private const int Experts = 3_000;
    private const int Panels = 40;

    public string Name => "draw";

    public Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        var pool = Pools.Large(Experts, 700);
        var request = Pools.Request([.. Enumerable.Range(1, Panels).Select(Panel)], new DrawRules { ReservesPerSeat = 1 });
        var (drawing, record) = Timed(() => ExpertDraw.Run(request, pool, ExpertDraw.NewSeed(), string.Empty, Pools.Noon));
        var file = Encoding.UTF8.GetBytes(DrawRecordJson.Write(record));
        var (verifying, verification) = Timed(() => DrawVerifier.Verify(file, record.Commitment.Digest));
        var (whatIf, feasible) = Timed(() => DrawAdvisor.Advise(request, pool));
        var (one, alone) = Timed(() => DrawAdvisor.Advise(
            request with { Panels = [Panel(1) with { Specialities = [new SpecialityNeed("C20", 2), new SpecialityNeed("C99", 1)], Finance = 2 }, .. request.Panels.Skip(1)] }, pool));
        IReadOnlyList<DrawCandidate> scarce = [.. pool.Select((c, i) => c with { IsFinance = i % 100 == 0 })];
        var (many, together) = Timed(() => DrawAdvisor.Advise(request, scarce));
        var wrong = record.Panels.Where(p => !Pools.IsPanel(request, request.Panels.Single(r => r.Key == p.Key), record.MembersOf(p.Key))).Select(p => p.Key).ToList();
        if (!verification.Holds || wrong.Count > 0 || feasible.Outlook != DrawOutlook.Feasible || alone.Outlook != DrawOutlook.Infeasible || together.Outlook != DrawOutlook.Infeasible)
        {
            throw new InvalidOperationException(
                $"Its speed does not matter: record holds {verification.Holds}, wrong panels [{string.Join(' ', wrong)}], outlooks {feasible.Outlook}, {alone.Outlook}, {together.Outlook}.");
        }

        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new($"draw of {Panels} panels of 7 from {Experts:N0} experts, all constraints", drawing, "s", Bound.AtMost, 5),
            new("  its check from the file alone", verifying, "s"),
            new("  what-if where it can be drawn", whatIf, "s", Bound.AtMost, 10),
            new("  infeasible explained, one panel asks too much", one, "s", Bound.AtMost, 10),
            new("  infeasible explained, the panels together do", many, "s", Bound.AtMost, 10),
            new("  size of the record", file.Length / 1048576.0, "MB"),
        ]);
    }

    private static PanelRequest Panel(int number) => Pools.Panel($"p{number:00}", 7) with
    {
        Specialities = [new SpecialityNeed($"C{20 + (number % 20)}", 1), new SpecialityNeed($"C{20 + ((number * 7 + 3) % 20)}", 1)],
        Finance = 1,
        Cities = [$"37{(number % 16) + 1:00}00", $"37{(number * 5 % 16) + 1:00}00"],
    };

    private static (double Seconds, T Result) Timed<T>(Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        var result = work();
        return (clock.Elapsed.TotalSeconds, result);
    }
}
