using Applications.Domain.Reviews.Calibration;

namespace Applications.Domain.Tests.Reviews.Calibration;

/// <summary>Rounds of review whose truth is known: qualities, leniences and noise are planted.</summary>
internal sealed record Rounds(IReadOnlyList<GivenScore> Scores, IReadOnlyDictionary<string, double> Quality, IReadOnlyDictionary<string, double> Lenience)
{
    public static Rounds Plant(int seed, int files, int experts, int perFile, double spread, double noise, double qualities = 6)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var lenience = Enumerable.Range(0, experts).ToDictionary(e => $"e{e:000}", _ => spread * Normal());
        var mean = lenience.Values.Average();
        lenience = lenience.ToDictionary(l => l.Key, l => l.Value - mean);
        var quality = Enumerable.Range(0, files).ToDictionary(f => $"f{f:0000}", _ => 75 + (qualities * Normal()));
        List<GivenScore> scores = [];
        foreach (var file in quality.Keys)
        {
            var panel = lenience.Keys.ToArray();
            random.Shuffle(panel);
            scores.AddRange(panel.Take(perFile).Select(e => new GivenScore(file, e, (int)Math.Round(100 * (quality[file] + lenience[e] + (noise * Normal()))))));
        }

        return new Rounds(scores, quality, lenience);
    }

    /// <summary>Spearman's correlation of these scores with the planted qualities.</summary>
    public double Agreement(Func<CalibratedFile, double> score)
    {
        var files = SeverityModel.Calibrate(Scores).Files;
        var found = Places(files.ToDictionary(f => f.File, score));
        var true_ = Places(Quality);
        double n = files.Count;
        return 1 - (6 * files.Sum(f => Math.Pow(found[f.File] - true_[f.File], 2)) / (n * ((n * n) - 1)));
    }

    private static Dictionary<string, int> Places(IReadOnlyDictionary<string, double> scores) =>
        scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select((s, i) => (s.Key, i)).ToDictionary(s => s.Key, s => s.i);
}
