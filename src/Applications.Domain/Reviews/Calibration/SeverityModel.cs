namespace Applications.Domain.Reviews.Calibration;

/// <summary>One sheet's total in hundredths of a point. An expert scores a file once.</summary>
public sealed record GivenScore(string File, string Expert, int Hundredths);

/// <summary>How an expert scores beside his colleagues.</summary>
/// <param name="Lenience">Points above (or, negative, below: strict) what the same files get from others, drawn towards 0 the fewer files tell of it.</param>
/// <param name="Circle">Experts of one circle have files in common, directly or by links; between circles nothing can be compared.</param>
public sealed record ExpertSeverity(string Expert, double Lenience, int Sheets, int Circle);

/// <param name="Raw">Plain mean of the sheets, points.</param>
/// <param name="Corrected">Mean after each expert's lenience is taken off, points.</param>
public sealed record CalibratedFile(string File, double Raw, double Corrected, int Sheets, int Circle);

/// <summary>
/// What calibration found. It stands beside the result by the rule and never in its place (the rule is fixed before scoring).
/// </summary>
/// <param name="Noise">Standard deviation of a single score around its file, points.</param>
/// <param name="Spread">Standard deviation of lenience among experts, points; 0 when the scores do not show any, and then nothing is corrected.</param>
public sealed record CalibrationResult(IReadOnlyList<ExpertSeverity> Experts, IReadOnlyList<CalibratedFile> Files, double Noise, double Spread, int Circles);

/// <summary>
/// Additive model with shrinkage: score = quality of the file + lenience of the expert + noise. Qualities are free, leniences are drawn towards 0 by λ = noise² ÷ spread²
/// (best linear unbiased prediction), both variances estimated from the scores by Henderson's third method. Fitted by turns (Gauss-Seidel), in an order that
/// does not depend on how the scores come. Deterministic.
/// </summary>
public sealed class SeverityModel
{
    private const int MostSweeps = 1000;
    private const double Settled = 1e-10;

    internal SeverityModel(IReadOnlyList<GivenScore> scores)
    {
        var sorted = scores.OrderBy(s => s.File, StringComparer.Ordinal).ThenBy(s => s.Expert, StringComparer.Ordinal).ToList();
        Files = [.. sorted.Select(s => s.File).Distinct(StringComparer.Ordinal)];
        Experts = [.. sorted.Select(s => s.Expert).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var files = Files.Select((f, i) => (f, i)).ToDictionary(f => f.f, f => f.i, StringComparer.Ordinal);
        var experts = Experts.Select((e, i) => (e, i)).ToDictionary(e => e.e, e => e.i, StringComparer.Ordinal);
        FileOf = [.. sorted.Select(s => files[s.File])];
        ExpertOf = [.. sorted.Select(s => experts[s.Expert])];
        Points = [.. sorted.Select(s => s.Hundredths / 100.0)];
        (FileCount, ExpertCount) = (new int[Files.Count], new int[Experts.Count]);
        for (var i = 0; i < Points.Length; i++)
        {
            FileCount[FileOf[i]]++;
            ExpertCount[ExpertOf[i]]++;
            if (i > 0 && FileOf[i] == FileOf[i - 1] && ExpertOf[i] == ExpertOf[i - 1])
            {
                throw new ArgumentException("An expert scores a file once.", nameof(scores));
            }
        }

        (CircleOf, Circles) = FindCircles();
        Estimate();
        (Quality, Lenience) = (new double[Files.Count], new double[Experts.Count]);
        Fit(Points, Quality, Lenience, Lambda, MostSweeps);
    }

    internal IReadOnlyList<string> Files { get; }

    internal IReadOnlyList<string> Experts { get; }

    internal int[] FileOf { get; }

    internal int[] ExpertOf { get; }

    internal double[] Points { get; }

    internal int[] FileCount { get; }

    internal int[] ExpertCount { get; }

    internal double[] Quality { get; }

    internal double[] Lenience { get; }

    /// <summary>By expert.</summary>
    internal int[] CircleOf { get; }

    internal int Circles { get; }

    internal double NoiseVariance { get; private set; }

    internal double SpreadVariance { get; private set; }

    /// <summary>Scores less what the files and experts take up; 0 or less tells nothing of the noise.</summary>
    internal int Freedom => Points.Length - Files.Count - Experts.Count + Circles;

    internal double Lambda => SpreadVariance > 0 ? NoiseVariance / SpreadVariance : double.PositiveInfinity;

    /// <exception cref="ArgumentException">An expert scored a file twice.</exception>
    public static CalibrationResult Calibrate(IReadOnlyList<GivenScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return new SeverityModel(scores).Result();
    }

    internal CalibrationResult Result()
    {
        var raw = new double[Files.Count];
        var circle = new int[Files.Count];
        for (var i = 0; i < Points.Length; i++)
        {
            raw[FileOf[i]] += Points[i] / FileCount[FileOf[i]];
            circle[FileOf[i]] = CircleOf[ExpertOf[i]];
        }

        return new CalibrationResult(
            [.. Experts.Select((e, i) => new ExpertSeverity(e, Lenience[i], ExpertCount[i], CircleOf[i] + 1))],
            [.. Files.Select((f, i) => new CalibratedFile(f, raw[i], Quality[i], FileCount[i], circle[i] + 1))],
            Math.Sqrt(NoiseVariance),
            Math.Sqrt(SpreadVariance),
            Circles);
    }

    /// <summary>Fits <paramref name="points"/>, starting from the leniences given. Infinite <paramref name="lambda"/> means none.</summary>
    internal void Fit(double[] points, double[] quality, double[] lenience, double lambda, int sweeps)
    {
        if (double.IsInfinity(lambda))
        {
            Array.Clear(lenience);
        }

        var fresh = new double[lenience.Length];
        var (sums, members) = (new double[Circles], new int[Circles]);
        foreach (var circle in CircleOf)
        {
            members[circle]++;
        }

        for (var sweep = 0; ; sweep++)
        {
            Array.Clear(quality);
            for (var i = 0; i < points.Length; i++)
            {
                quality[FileOf[i]] += points[i] - lenience[ExpertOf[i]];
            }

            for (var f = 0; f < quality.Length; f++)
            {
                quality[f] /= FileCount[f];
            }

            if (double.IsInfinity(lambda) || sweep == sweeps)
            {
                return;
            }

            Array.Clear(fresh);
            for (var i = 0; i < points.Length; i++)
            {
                fresh[ExpertOf[i]] += points[i] - quality[FileOf[i]];
            }

            // At the solution the leniences of a circle sum to 0; to keep them there spares the slowest direction.
            Array.Clear(sums);
            for (var e = 0; e < fresh.Length; e++)
            {
                fresh[e] /= ExpertCount[e] + lambda;
                sums[CircleOf[e]] += fresh[e];
            }

            double change = 0;
            for (var e = 0; e < fresh.Length; e++)
            {
                var next = fresh[e] - (sums[CircleOf[e]] / members[CircleOf[e]]);
                change = Math.Max(change, Math.Abs(next - lenience[e]));
                lenience[e] = next;
            }

            if (change < Settled)
            {
                sweeps = sweep + 1;
            }
        }
    }

    /// <summary>
    /// Noise from what files and free leniences leave over; spread from what files alone leave over: each score adds noise² + spread² to the expectation of that sum
    /// for each degree of freedom, since an expert scores a file once.
    /// </summary>
    private void Estimate()
    {
        var within = Points.Length - Files.Count;
        var (quality, lenience) = (new double[Files.Count], new double[Experts.Count]);
        Fit(Points, quality, lenience, double.PositiveInfinity, 0);
        var byFiles = SumOfSquares(quality, lenience);
        if (Freedom <= 0)
        {
            NoiseVariance = within > 0 ? byFiles / within : 0;
            return;
        }

        Fit(Points, quality, lenience, 0, MostSweeps);
        NoiseVariance = SumOfSquares(quality, lenience) / Freedom;
        SpreadVariance = Math.Max(0, (byFiles / within) - NoiseVariance);
    }

    private double SumOfSquares(double[] quality, double[] lenience)
    {
        double sum = 0;
        for (var i = 0; i < Points.Length; i++)
        {
            var left = Points[i] - quality[FileOf[i]] - lenience[ExpertOf[i]];
            sum += left * left;
        }

        return sum;
    }

    private (int[] CircleOf, int Circles) FindCircles()
    {
        var parent = Enumerable.Range(0, Experts.Count).ToArray();
        int Root(int e)
        {
            while (parent[e] != e)
            {
                e = parent[e] = parent[parent[e]];
            }

            return e;
        }

        for (var i = 1; i < Points.Length; i++)
        {
            if (FileOf[i] == FileOf[i - 1])
            {
                parent[Root(ExpertOf[i])] = Root(ExpertOf[i - 1]);
            }
        }

        var numbers = new Dictionary<int, int>();
        var circles = new int[Experts.Count];
        for (var e = 0; e < circles.Length; e++)
        {
            circles[e] = numbers.TryGetValue(Root(e), out var known) ? known : numbers[Root(e)] = numbers.Count;
        }

        return (circles, numbers.Count);
    }
}
