using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Calibration;

/// <summary>Where a file may stand.</summary>
/// <param name="Place">By corrected score, from 1.</param>
/// <param name="Low">Best place of the interval.</param>
/// <param name="High">Worst place of the interval.</param>
/// <param name="AboveLine">The share of samples in which it is above the line.</param>
/// <param name="IsOpen">True where the scores do not settle on which side of the line it belongs.</param>
public sealed record RankInterval(string File, double Corrected, int Place, int Low, int High, double AboveLine, bool IsOpen);

/// <summary>
/// How sure places are: scores are made anew from the fitted model with residuals drawn at random (residual bootstrap), fitted again and ranked. The same scores and seed give the
/// same intervals on any machine: only the four operations and square roots are used, in one order.
/// </summary>
public static class RankIntervals
{
    private const int Sweeps = 15;

    /// <param name="places">Files above the line.</param>
    /// <param name="confidence">Share of the samples within the interval, and how sure a side of the line must be to be settled.</param>
    /// <returns>The files by place.</returns>
    public static IReadOnlyList<RankInterval> Of(IReadOnlyList<GivenScore> scores, int places, string seed, int samples = 500, double confidence = 0.9)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 20);
        ArgumentOutOfRangeException.ThrowIfNegative(places);
        if (scores.Count == 0)
        {
            return [];
        }

        var model = new SeverityModel(scores);
        var residuals = Residuals(model);
        var random = Dice.For(seed);
        var count = model.Files.Count;
        var ranks = new int[count][];
        for (var f = 0; f < count; f++)
        {
            ranks[f] = new int[samples];
        }

        var (points, quality, order) = (new double[residuals.Length], new double[count], new int[count]);
        var (lenience, keys) = (new double[model.Experts.Count], new double[count]);
        for (var sample = 0; sample < samples; sample++)
        {
            for (var i = 0; i < points.Length; i++)
            {
                points[i] = model.Quality[model.FileOf[i]] + model.Lenience[model.ExpertOf[i]] + residuals[random.Below(residuals.Length)];
            }

            model.Lenience.CopyTo(lenience, 0);
            model.Fit(points, quality, lenience, model.Lambda, Sweeps);
            Rank(quality, order, keys);
            for (var place = 0; place < count; place++)
            {
                ranks[order[place]][sample] = place + 1;
            }
        }

        Rank(model.Quality, order, keys);
        var cut = (int)(samples * (1 - confidence) / 2);
        return [.. order.Select((f, place) => Interval(model.Files[f], model.Quality[f], place + 1, ranks[f], cut, places, confidence))];
    }

    private static RankInterval Interval(string file, double corrected, int place, int[] ranks, int cut, int places, double confidence)
    {
        Array.Sort(ranks);
        var above = ranks.Count(r => r <= places) / (double)ranks.Length;
        var sure = 1 - ((1 - confidence) / 2);
        return new RankInterval(file, corrected, place, Math.Min(place, ranks[cut]), Math.Max(place, ranks[^(cut + 1)]), above, above < sure && above > 1 - sure);
    }

    /// <summary>Best first; equal scores by the order of the file's name.</summary>
    private static void Rank(double[] quality, int[] order, double[] keys)
    {
        for (var f = 0; f < order.Length; f++)
        {
            order[f] = f;
            keys[f] = -quality[f];
        }

        Array.Sort(keys, order);
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            Array.Sort(order, start, end - start);
            start = end;
        }
    }

    /// <summary>Centred, and stretched by what the fit has taken out of them.</summary>
    private static double[] Residuals(SeverityModel model)
    {
        var residuals = new double[model.Points.Length];
        double mean = 0;
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] = model.Points[i] - model.Quality[model.FileOf[i]] - model.Lenience[model.ExpertOf[i]];
            mean += residuals[i] / residuals.Length;
        }

        double squares = 0;
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] -= mean;
            squares += residuals[i] * residuals[i] / residuals.Length;
        }

        var stretch = squares > 0 ? Math.Sqrt(model.NoiseVariance / squares) : 1;
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] *= stretch;
        }

        return residuals;
    }
}
