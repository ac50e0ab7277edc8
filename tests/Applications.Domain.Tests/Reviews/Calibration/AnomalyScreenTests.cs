using Applications.Domain.Reviews.Calibration;

namespace Applications.Domain.Tests.Reviews.Calibration;

public sealed class AnomalyScreenTests
{
    private static readonly DateTime Due = new(2026, 5, 6, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Screen_HonestRound_HasAlmostNothingToShow()
    {
        // 500 sheets; three deviations of a normal law let one or two through.
        Assert.InRange(AnomalyScreen.Screen(Sheets(Rounds.Plant(5, 100, 20, 5, 5, 3)), []).Count, 0, 6);
    }

    [Fact]
    public void Screen_OneScoreFarOff_IsTheFirstLoneVoice()
    {
        var sheets = Sheets(Rounds.Plant(5, 100, 20, 5, 5, 3));
        sheets[37] = sheets[37] with { Hundredths = sheets[37].Hundredths - 4000 };

        var first = AnomalyScreen.Screen(sheets, [])[0];

        Assert.Equal((AnomalyKind.LoneVoice, sheets[37].File, sheets[37].Expert), (first.Kind, first.File!, Assert.Single(first.Experts)));
        Assert.Contains("相差 -", first.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Screen_ExpertLiftsOneCity_IsOneSidedThereAndStrictExpertIsNot()
    {
        var round = Rounds.Plant(5, 200, 20, 5, 0, 3);
        var sheets = Sheets(round).Select(s => s.Expert == "e004" && s.Group == "370200" ? s with { Hundredths = s.Hundredths + 900 } : s.Expert == "e007" ? s with { Hundredths = s.Hundredths - 900 } : s).ToList();

        var found = AnomalyScreen.Screen(sheets, []).Where(a => a.Kind is AnomalyKind.OneSided).ToList();

        Assert.Contains(found, a => a.Experts[0] == "e004" && a.Group == "370200" && a.Text.Contains("偏高", StringComparison.Ordinal));
        Assert.DoesNotContain(found, a => a.Experts[0] == "e007");
    }

    [Fact]
    public void Screen_CopiedSheets_AreAPairAndOneScoreForAllIsFlat()
    {
        var sheets = Sheets(Rounds.Plant(5, 40, 8, 5, 3, 3));
        var model = sheets.Where(s => s.Expert == "e001").ToDictionary(s => s.File);
        sheets = [.. sheets.Select(s => s.Expert == "e002" && model.TryGetValue(s.File, out var m) ? s with { Hundredths = m.Hundredths, Criteria = m.Criteria } : s.Expert == "e003" ? s with { Hundredths = 8000 } : s)];

        var found = AnomalyScreen.Screen(sheets, []);

        Assert.Equal(["e001", "e002"], Assert.Single(found, a => a.Kind is AnomalyKind.Paired).Experts);
        Assert.Equal("e003", Assert.Single(Assert.Single(found, a => a.Kind is AnomalyKind.Flat).Experts));
    }

    [Theory]
    [InlineData(-121, 500, false)]
    [InlineData(-119, 500, true)]
    [InlineData(-119, 499, false)]
    [InlineData(10, -500, true)]
    public void Screen_LargeChangeNearTheDeadline_IsShown(int minutes, int by, bool shown)
    {
        var change = new ScoreChange("f1", "e1", 8000, 8000 + by, Due.AddMinutes(minutes), Due);

        Assert.Equal(shown, AnomalyScreen.Screen([], [change]).Count == 1);
        Assert.Empty(AnomalyScreen.Screen([], [change with { Due = null }]));
    }

    private static List<ScreenedSheet> Sheets(Rounds round) =>
        [.. round.Scores.Select(s => new ScreenedSheet(s.File, s.Expert, s.Hundredths, int.Parse(s.File[1..], System.Globalization.CultureInfo.InvariantCulture) % 4 == 0 ? "370200" : "370100", new Dictionary<string, int> { ["a"] = s.Hundredths / 2, ["b"] = s.Hundredths - (s.Hundredths / 2) }))];
}
