using System.Diagnostics;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Domain.Reviews.Calibration;

namespace Applications.Benchmarks;

/// <summary>5,000 files with five sheets each by 600 experts of planted severities: the fit, and where each file may stand by 500 bootstrap samples. In memory, one thread.</summary>
internal sealed class CalibrationBenchmark : IBenchmark
{
    private const int Files = 5_000;
    private const int Experts = 600;
    private const int Sheets = 5;
    private const int Samples = 500;

    public string Name => "calibration";

    public Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        var random = new Random(20260511);
        var lenience = Enumerable.Range(0, Experts).Select(_ => 4 * Normal(random)).ToArray();
        var scores = Enumerable.Range(0, Files).SelectMany(f =>
        {
            var quality = 75 + (8 * Normal(random));
            return Enumerable.Range(0, Sheets).Select(s => ((f * 7) + (s * 131) + (f / Experts * 17)) % Experts)
                .Select(e => new GivenScore($"{f:0000}", $"{e:000}", (int)(100 * Math.Clamp(quality + lenience[e] + (3 * Normal(random)), 0, 100))));
        }).ToList();

        var clock = Stopwatch.StartNew();
        var found = SeverityModel.Calibrate(scores);
        var fitting = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var places = RankIntervals.Of(scores, Files / 10, "benchmark", Samples);
        var sampling = clock.Elapsed.TotalSeconds;
        var mean = lenience.Average();
        var error = Math.Sqrt(found.Experts.Average(e => Math.Pow(e.Lenience - (lenience[int.Parse(e.Expert, System.Globalization.CultureInfo.InvariantCulture)] - mean), 2)));
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new($"calibration of {Files:N0} × {Sheets} sheets and {Samples} bootstrap samples", fitting + sampling, "s", Bound.AtMost, 5),
            new("  the fit alone", fitting, "s"),
            new("  error of the planted severities (standard deviation 4)", error, "points"),
            new("  files that the scores do not settle at the line of the best tenth", places.Count(p => p.IsOpen), ""),
        ]);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
