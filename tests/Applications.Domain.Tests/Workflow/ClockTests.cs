using System.Globalization;

namespace Applications.Domain.Tests.Workflow;

/// <summary>Due times in working days, and the clock that stops while the case is elsewhere.</summary>
public sealed class ClockTests
{
    private static Chart Checked(string more) => new Chart().Start().Item("check", "Pass Return", more).Item("fix", "Resubmit").End("over")
        .Arrows("start > check", "check:Pass > over", "check:Return > fix", "fix:Resubmit > check");

    [Theory]
    [InlineData("2026-11-23T01:00Z", "2026-11-30T16:00Z", "Monday morning; the weekend does not count")]
    [InlineData("2026-11-23T16:30Z", "2026-12-01T16:00Z", "half past midnight on Tuesday in China")]
    [InlineData("2026-09-30T01:00Z", "2026-10-13T16:00Z", "National Day, and the make-up Saturday 10 October counts")]
    [InlineData("2026-11-21T01:00Z", "2026-11-27T16:00Z", "received on a Saturday")]
    public void Start_DueDays_AreWorkingDays(string now, string due, string why) =>
        Assert.True(Utc(due) == Play.Begin(Checked("""{ "dueDays": 5 }"""), Utc(now)).Due("check"), why);

    [Fact]
    public void Start_DueFact_IsTheDueTime()
    {
        var closing = Utc("2026-12-01T16:00Z");

        var play = Play.Begin(Checked("""{ "dueFact": "filingClosesAt" }"""), ("filingClosesAt", closing));

        Assert.Equal(["open check#1 due 2026-12-01T16:00Z"], play.Effects);
    }

    /// <summary>Three rounds over National Day: 3 days spent, then 1, then the last; what lies between is not counted.</summary>
    [Fact]
    public void Complete_PausedClock_CountsOnAcrossRounds()
    {
        var play = Play.Begin(Checked("""{ "dueDays": 5, "pausesClock": true }"""), Utc("2026-09-30T01:00Z"));
        Assert.Equal(Utc("2026-10-13T16:00Z"), play.Due("check"));

        // Thursday 8, Friday 9 and the make-up Saturday are spent.
        play.At(Utc("2026-10-10T02:00Z")).Complete("check", "Return");
        Assert.Equal(3, play.State.ClockUsed["check"]);
        play.At(Utc("2026-10-20T02:00Z")).Complete("fix", "Resubmit");
        Assert.Equal(Utc("2026-10-22T16:00Z"), play.Due("check"));

        play.At(Utc("2026-10-21T02:00Z")).Complete("check", "Return").At(Utc("2026-11-02T02:00Z")).Complete("fix", "Resubmit");
        Assert.Equal(Utc("2026-11-03T16:00Z"), play.Due("check"));
    }

    [Fact]
    public void Complete_PausedClockUsedUp_LeavesOneWorkingDay()
    {
        var play = Play.Begin(Checked("""{ "dueDays": 2, "pausesClock": true }""")).At(Play.Monday.AddDays(21)).Complete("check", "Return");
        Assert.Equal(15, play.State.ClockUsed["check"]);

        // Back on Monday, 14 December.
        play.Complete("fix", "Resubmit");

        Assert.Equal(Utc("2026-12-15T16:00Z"), play.Due("check"));
    }

    [Fact]
    public void Complete_ReturnedOnTheDayItCame_CostsNoDay()
    {
        var play = Play.Begin(Checked("""{ "dueDays": 5, "pausesClock": true }""")).At(Play.Monday.AddHours(8)).Complete("check", "Return");

        Assert.Equal(0, play.State.ClockUsed["check"]);
        Assert.Equal(Utc("2026-11-30T16:00Z"), play.Complete("fix", "Resubmit").Due("check"));
    }

    /// <summary>Between nodes whose clocks differ a decision can be stamped before the item it closes; that gives nobody a day more.</summary>
    [Fact]
    public void Complete_ClockBehindTheItem_GivesNoDayBack() => Assert.Equal(
        0, Play.Begin(Checked("""{ "dueDays": 5, "pausesClock": true }""")).At(Play.Monday.AddDays(-3)).Complete("check", "Return").State.ClockUsed["check"]);

    [Fact]
    public void TimeOut_PausedClock_CountsThatVisitToo()
    {
        var chart = new Chart().Start().Item("check", "Pass", """{ "dueDays": 5, "pausesClock": true, "timeoutOutcome": "Late" }""").Item("urge", "Ok").End("over")
            .Arrows("start > check", "check:Pass > over", "check:Late > urge", "urge:Ok > check");

        Assert.Equal(5, Play.Begin(chart).At(Utc("2026-11-30T16:00Z").AddMinutes(-1)).TimeOut("check").State.ClockUsed["check"]);
    }

    [Fact]
    public void Complete_ClockThatDoesNotPause_BeginsAnew()
    {
        var play = Play.Begin(Checked("""{ "dueDays": 5 }""")).At(Play.Monday.AddDays(3)).Complete("check", "Return");

        Assert.Empty(play.State.ClockUsed);
        Assert.Equal(Utc("2026-12-03T16:00Z"), play.Complete("fix", "Resubmit").Due("check"));
    }

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
