using System.Diagnostics;
using Applications.Domain.Reviews.Calibration;

namespace Applications.Domain.Tests.Reviews.Calibration;

public sealed class CutLineTests
{
    [Fact]
    public void Of_ManyRounds_IntervalsCoverTheTruePlaces()
    {
        var (covered, all) = (0, 0);
        for (var seed = 0; seed < 12; seed++)
        {
            var round = Rounds.Plant(seed, files: 80, experts: 20, perFile: 5, spread: 4, noise: 4);
            var truth = round.Quality.OrderByDescending(q => q.Value).Select((q, i) => (q.Key, i)).ToDictionary(q => q.Key, q => q.i + 1);
            var intervals = RankIntervals.Of(round.Scores, 30, "seed", samples: 200);
            covered += intervals.Count(r => truth[r.File] >= r.Low && truth[r.File] <= r.High);
            all += intervals.Count;
        }

        // Nine in ten are asked for; the true place also moves with the errors of the others.
        Assert.InRange(covered / (double)all, 0.82, 0.99);
    }

    [Fact]
    public void Examine_SevenCloseAtTheLine_SaysThatTheyAreNotSeparable()
    {
        // Three far above, seven within half a point around the fifth place, five far below; noise of two points, the same for all.
        List<GivenScore> scores = [];
        int[] noise = [-300, -100, 0, 100, 300];
        for (var f = 0; f < 15; f++)
        {
            var quality = f < 3 ? 9500 - (f * 100) : f < 10 ? 8000 + ((f - 3) * 7) : 6000 - (f * 50);
            scores.AddRange(Enumerable.Range(0, 5).Select(e => new GivenScore($"f{f:00}", $"e{e}", quality + noise[(e + f) % 5])));
        }

        var report = CutLine.Examine(scores, 5, "seed");

        Assert.Equal(["f03", "f04", "f05", "f06", "f07", "f08", "f09"], report.Open.Select(o => o.File).Order(StringComparer.Ordinal));
        Assert.Contains("7 个项目", report.Summary, StringComparison.Ordinal);
        Assert.Contains("界线清楚", CutLine.Examine(scores, 3, "seed").Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Examine_OneExpertDecides_IsNamedWithTheFilesThatTurn()
    {
        GivenScore[] scores =
        [
            new("f1", "a", 8000), new("f1", "b", 8000), new("f1", "c", 9500),
            new("f2", "a", 8300), new("f2", "b", 8300), new("f2", "c", 8300),
            new("f3", "a", 6000), new("f3", "b", 6000), new("f3", "c", 6000),
        ];

        var decisive = Assert.Single(CutLine.Examine(scores, 1, "seed").Decisive);

        Assert.Equal("c", decisive.Expert);
        Assert.Equal(["f2"], decisive.In);
        Assert.Equal(["f1"], decisive.Out);
    }

    [Fact]
    public void Of_SameSeed_GivesTheSameIntervalsAndAnotherSeedNearlyTheSame()
    {
        var round = Rounds.Plant(3, 60, 15, 5, 4, 4);

        Assert.Equal(RankIntervals.Of(round.Scores, 20, "a"), RankIntervals.Of([.. round.Scores.Reverse()], 20, "a"));
        Assert.All(RankIntervals.Of(round.Scores, 20, "a").Zip(RankIntervals.Of(round.Scores, 20, "b")), p => Assert.InRange(p.First.Low - p.Second.Low, -6, 6));
    }

    [Fact]
    public void Of_FiveThousandFiles_FiveHundredSamples()
    {
        var round = Rounds.Plant(1, 5000, 600, 5, 4, 4);
        var clock = Stopwatch.StartNew();

        Assert.Equal(5000, RankIntervals.Of(round.Scores, 1000, "seed").Count);

        TestContext.Current.SendDiagnosticMessage($"5,000 files × 5 scores, 500 samples: {clock.Elapsed.TotalSeconds:0.00} s");
    }
}
