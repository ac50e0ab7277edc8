using Applications.Domain.Reviews.Calibration;
using CsCheck;

namespace Applications.Domain.Tests.Reviews.Calibration;

public sealed class SeverityModelTests
{
    [Fact]
    public void Calibrate_HandWorkedTable_GivesTheWorkedLeniences()
    {
        // Two files, both scored by a and b: 80 and 90, 70 and 80. b gives 10 more each time, nothing is left over: noise 0, no shrinkage.
        var result = SeverityModel.Calibrate([new("f1", "a", 8000), new("f1", "b", 9000), new("f2", "a", 7000), new("f2", "b", 8000)]);

        Assert.Equal([-5, 5], result.Experts.Select(e => Math.Round(e.Lenience, 9)));
        Assert.Equal([85, 75], result.Files.Select(f => Math.Round(f.Corrected, 9)));
        Assert.Equal((0, 1), (Math.Round(result.Noise, 9), result.Circles));
    }

    [Fact]
    public void Calibrate_HandWorkedShrinkage_DrawsTowardsNothing()
    {
        // Differences b - a: 12, 8, 10, 10. Noise: residuals ±1, ±1, 0, 0 over 3 degrees of freedom: 4 / 3. Within files: (144 + 64 + 100 + 100) / 2 = 204 over 4 degrees: 51.
        // Spread² = 51 - 4/3 = 149/3, λ = 4/149; lenience of b = ½ · 40 / (4 + λ) = 20 / (4 + 4/149) = 745/150.
        var result = SeverityModel.Calibrate(
        [
            new("f1", "a", 8000), new("f1", "b", 9200), new("f2", "a", 7000), new("f2", "b", 7800), new("f3", "a", 6000), new("f3", "b", 7000), new("f4", "a", 6500), new("f4", "b", 7500),
        ]);

        Assert.Equal(Math.Sqrt(4 / 3.0), result.Noise, 9);
        Assert.Equal(Math.Sqrt(149 / 3.0), result.Spread, 9);
        Assert.Equal(745 / 150.0, result.Experts[1].Lenience, 7);
        Assert.Equal(-745 / 150.0, result.Experts[0].Lenience, 7);
    }

    /// <summary>
    /// An expert with n files, each seen by k, is known to about noise · √(k / (k − 1) / n) points. Over all experts the root mean square error stays within 1.6 of that.
    /// </summary>
    [Fact]
    public void Calibrate_PlantedLeniences_AreRecoveredWithinTheStatedError() => Gen.Int[0, 1_000_000].Sample(
        seed =>
        {
            const double Noise = 4;
            var round = Rounds.Plant(seed, files: 400, experts: 40, perFile: 5, spread: 5, noise: Noise);

            var result = SeverityModel.Calibrate(round.Scores);

            var error = Math.Sqrt(result.Experts.Average(e => Math.Pow(e.Lenience - round.Lenience[e.Expert], 2)));
            Assert.InRange(error, 0, 1.6 * Noise * Math.Sqrt(5 / 4.0 / 50));
            Assert.InRange(result.Noise, 0.9 * Noise, 1.1 * Noise);
            Assert.InRange(result.Spread, 2.5, 8);
        },
        iter: 40);

    [Fact]
    public void Calibrate_PlantedLeniences_RankTheFilesBetterThanPlainMeans() => Gen.Int[0, 1_000_000].Sample(
        seed =>
        {
            var round = Rounds.Plant(seed, files: 200, experts: 30, perFile: 5, spread: 6, noise: 4);

            Assert.True(round.Agreement(f => f.Corrected) > round.Agreement(f => f.Raw) + 0.005);
        },
        iter: 40);

    /// <summary>Where nobody is strict or lenient, Spearman's correlation with the truth falls by no more than 0.01.</summary>
    [Fact]
    public void Calibrate_NothingPlanted_DoesNotHurt() => Gen.Int[0, 1_000_000].Sample(
        seed =>
        {
            var round = Rounds.Plant(seed, files: 200, experts: 30, perFile: 5, spread: 0, noise: 5);

            Assert.True(round.Agreement(f => f.Corrected) > round.Agreement(f => f.Raw) - 0.01);
            Assert.InRange(SeverityModel.Calibrate(round.Scores).Spread, 0, 1.5);
        },
        iter: 40);

    [Fact]
    public void Calibrate_AnotherOrder_GivesTheSameBits()
    {
        var round = Rounds.Plant(7, 100, 20, 5, 4, 4);
        var one = SeverityModel.Calibrate(round.Scores);
        var other = SeverityModel.Calibrate([.. round.Scores.Reverse()]);

        Assert.Equal(one.Files, other.Files);
        Assert.Equal(one.Experts, other.Experts);
    }

    [Fact]
    public void Calibrate_PanelsWithoutCommonFiles_AreCirclesOfTheirOwn()
    {
        var result = SeverityModel.Calibrate([new("f1", "a", 8000), new("f1", "b", 9000), new("f2", "a", 7000), new("f2", "b", 8000), new("f3", "c", 6000), new("f3", "d", 6600)]);

        Assert.Equal(2, result.Circles);
        Assert.Equal([1, 1, 2, 2], result.Experts.Select(e => e.Circle));
        Assert.Equal([1, 1, 2], result.Files.Select(f => f.Circle));
    }

    [Fact]
    public void Calibrate_TooLittleToTell_CorrectsNothing()
    {
        var result = SeverityModel.Calibrate([new("f1", "a", 8000), new("f1", "b", 9000), new("f2", "c", 7000)]);

        Assert.All(result.Experts, e => Assert.Equal(0, e.Lenience));
        Assert.Equal([85, 70], result.Files.Select(f => f.Corrected));
        Assert.Empty(SeverityModel.Calibrate([]).Files);
        Assert.Throws<ArgumentException>(() => SeverityModel.Calibrate([new("f1", "a", 8000), new("f1", "a", 9000)]));
    }
}
