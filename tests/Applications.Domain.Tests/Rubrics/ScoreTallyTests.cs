using Applications.Domain.Rubrics;
using CsCheck;

namespace Applications.Domain.Tests.Rubrics;

public sealed class ScoreTallyTests
{
    private static readonly Gen<int[]> Totals = Gen.Int[0, 10_000].Array[1, 15];

    [Fact]
    public void Tally_AnySheets_IsTheExactMeanWithoutOneHighestAndOneLowest() => Totals.Sample(totals =>
    {
        var kept = totals.Length >= 5 ? [.. totals.Order().Skip(1).Take(totals.Length - 2)] : totals;
        var mean = decimal.Round((decimal)kept.Sum() / kept.Length, 0, MidpointRounding.AwayFromZero);

        var tally = ScoreTally.Tally(totals);

        Assert.Equal(mean, tally.Mean);
        Assert.Equal(totals.Length >= 5, tally.DroppedHigh is not null);
    });

    [Fact]
    public void Tally_AnyOrder_IsTheSame() => Gen.Select(Totals, Gen.Int).Sample((totals, seed) =>
    {
        var shuffled = totals.ToArray();
        new Random(seed).Shuffle(shuffled);

        Assert.Equal(ScoreTally.Tally(totals), ScoreTally.Tally(shuffled));
    });

    [Theory]
    [InlineData(new[] { 8000 }, 8000)]
    [InlineData(new[] { 8000, 8001 }, 8001)]
    [InlineData(new[] { 7000, 8000, 8000, 9000 }, 8000)]
    [InlineData(new[] { 0, 8000, 8100, 8200, 10_000 }, 8100)]
    [InlineData(new[] { 9000, 9000, 8000, 8000, 8000 }, 8333)]
    public void Tally_Table(int[] totals, int mean) => Assert.Equal(mean, ScoreTally.Tally(totals).Mean);

    [Theory]
    [InlineData(new[] { 7000, 9000 }, false, false)]
    [InlineData(new[] { 7000, 9001 }, true, true)]
    [InlineData(new[] { 7000, 8000, 9001 }, true, false)]
    [InlineData(new[] { 8000, 8000, 8000 }, false, false)]
    public void Tally_Spread_IsFlaggedOnlyAboveTheLine(int[] totals, bool spread, bool deviation)
    {
        var tally = ScoreTally.Tally(totals);

        Assert.Equal((spread, deviation), (tally.SpreadTooWide, tally.DeviationTooWide));
    }

    /// <summary>By hand: 0.6 × 80 + 0.4 × 90; means of thirds that would come out otherwise if each round were rounded first; half away from zero.</summary>
    [Theory]
    [InlineData(new[] { 8000 }, new[] { 9000 }, 8400)]
    [InlineData(new[] { 8000, 8000, 8001 }, new[] { 9000, 9000, 9001 }, 8400)]
    [InlineData(new[] { 8000, 8001, 8001 }, new[] { 9000, 9000, 9001 }, 8401)]
    [InlineData(new[] { 0, 8000, 8100, 8200, 10_000 }, new[] { 1, 9000, 9000, 9000, 9999 }, 8460)]
    public void Combine_PaperAndDefence_WeighsTheExactMeans(int[] paper, int[] defence, int result) => Assert.Equal(
        result, ScoreTally.Combine([(new ReviewRound("paper", "书面评审", 60), ScoreTally.Tally(paper)), (new ReviewRound("defence", "答辩", 40), ScoreTally.Tally(defence))]));

    [Fact]
    public void Combine_AnyRounds_IsTheDecimalMeanRoundedOnce() => Gen.Select(Totals, Totals, Gen.Int[1, 99]).Sample((paper, defence, share) =>
    {
        var (a, b) = (ScoreTally.Tally(paper), ScoreTally.Tally(defence));
        var exact = ((share * (decimal)a.Kept.Sum * b.Kept.Sheets) + ((100 - share) * (decimal)b.Kept.Sum * a.Kept.Sheets)) / (100m * a.Kept.Sheets * b.Kept.Sheets);

        var combined = ScoreTally.Combine([(new ReviewRound("paper", "书面评审", share), a), (new ReviewRound("defence", "答辩", 100 - share), b)]);

        Assert.Equal(decimal.Round(exact, 0, MidpointRounding.AwayFromZero), combined);
    });

    [Fact]
    public void Combine_OnlyTheFirstRoundScored_IsItsMean() =>
        Assert.Equal(7333, ScoreTally.Combine([(new ReviewRound("paper", "书面评审", 60), ScoreTally.Tally([7000, 7000, 8000]))]));

    [Fact]
    public void Combine_NoRound_IsRefused() => Assert.Throws<ArgumentException>(() => ScoreTally.Combine([]));

    [Fact]
    public void Tally_NoSheet_IsRefused() => Assert.Throws<ArgumentException>(() => ScoreTally.Tally([]));
}
