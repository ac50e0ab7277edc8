using System.Numerics;

namespace Applications.Domain.Rubrics;

/// <summary>
/// The result of a file's sheets. All scores in hundredths of a point. <paramref name="DroppedHigh"/> and <paramref name="DroppedLow"/> are null when too
/// few sheets are there to leave any out. Spread and deviation are of all sheets.
/// </summary>
public sealed record Tally(int Count, int Mean, int? DroppedHigh, int? DroppedLow, int Spread, double Deviation, bool SpreadTooWide, bool DeviationTooWide)
{
    /// <summary>The sheets that count and their sum: the mean before it is rounded.</summary>
    public (long Sum, int Sheets) Kept { get; init; }

    /// <summary>The panel should talk about this file, or more experts should score it.</summary>
    public bool NeedsDiscussion => SpreadTooWide || DeviationTooWide;
}

/// <summary>Brings the totals of a file's sheets together (programmes.md 4.3, point 6).</summary>
public static class ScoreTally
{
    /// <summary>The house default: drop from 5 sheets on, flag a spread over 20 or a deviation over 10 points.</summary>
    public static TallyRules DefaultRules { get; } = new(5, 20, 10);

    /// <summary>
    /// The mean after leaving out exactly one highest and one lowest when there are enough sheets, rounded half away from zero to
    /// a hundredth, in whole numbers throughout. The deviation is that of the population.
    /// </summary>
    /// <exception cref="ArgumentException">There is no total.</exception>
    public static Tally Tally(IReadOnlyList<int> totals, TallyRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(totals);
        if (totals.Count == 0)
        {
            throw new ArgumentException("There is nothing to tally.", nameof(totals));
        }

        rules ??= DefaultRules;
        var (low, high) = (totals.Min(), totals.Max());
        var dropping = totals.Count >= rules.DropFrom;
        long n = totals.Count;
        var sum = totals.Sum(t => (long)t);
        var squares = totals.Sum(t => (long)t * t);
        var kept = dropping ? (Sum: sum - low - high, Sheets: totals.Count - 2) : (Sum: sum, Sheets: totals.Count);

        // n²·variance and n²·limit² keep the comparison in whole numbers.
        var scaledVariance = (n * squares) - (sum * sum);
        var limit = n * rules.DeviationLimit * 100;
        return new Tally(
            totals.Count,
            (int)RoundedQuotient(kept.Sum, kept.Sheets),
            dropping ? high : null,
            dropping ? low : null,
            high - low,
            Math.Sqrt(scaledVariance) / n,
            high - low > rules.SpreadLimit * 100,
            scaledVariance > limit * limit)
        {
            Kept = kept,
        };
    }

    /// <summary>
    /// The result of the rounds that have been scored, each by its share of the result (programmes.md 3.3: paper 60 %, defence 40 %). Worked out as one
    /// fraction of whole numbers and rounded once, half away from zero, to a hundredth.
    /// </summary>
    /// <exception cref="ArgumentException">No round has been scored.</exception>
    public static int Combine(IReadOnlyList<(ReviewRound Round, Tally Tally)> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        if (rounds.Count == 0)
        {
            throw new ArgumentException("There is nothing to combine.", nameof(rounds));
        }

        var sheets = rounds.Aggregate(BigInteger.One, (product, r) => product * r.Tally.Kept.Sheets);
        var sum = rounds.Aggregate(BigInteger.Zero, (total, r) => total + (r.Round.Weight * r.Tally.Kept.Sum * (sheets / r.Tally.Kept.Sheets)));
        return (int)RoundedQuotient(sum, sheets * rounds.Sum(r => r.Round.Weight));
    }

    private static BigInteger RoundedQuotient(BigInteger dividend, BigInteger divisor) =>
        dividend.Sign * (((2 * BigInteger.Abs(dividend)) + divisor) / (2 * divisor));
}
