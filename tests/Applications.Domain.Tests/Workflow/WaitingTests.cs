using Applications.Domain.Calendars;

namespace Applications.Domain.Tests.Workflow;

/// <summary>Gates, signals and timers.</summary>
public sealed class WaitingTests
{
    private static readonly DateTime Closing = new(2026, 12, 1, 16, 0, 0, DateTimeKind.Utc);

    private static Chart Gated() => new Chart().Start().Gate("gate", "review", """{ "signals": { "cancelled": "Off" } }""").Item("look", "Ok").End("over").End("off")
        .Arrows("start > gate", "gate:Open > look", "gate:Off > off", "look:Ok > over");

    private static Chart Timed() => Chart.OneItem("Resubmit", """{ "dueDays": 10, "timeoutOutcome": "Lapsed" }""", "Lapsed");

    [Fact]
    public void Signal_DuringAWait_LeavesByItsPortAndTheTimerMeansNothingAfterwards()
    {
        var chart = new Chart().Start().Add("hold", "Applications.WaitUntil", """{ "fact": "anniversaryAt", "signals": { "revocation": "Revoke" } }""").End("due").End("revoked")
            .Arrows("start > hold", "hold:Due > due", "hold:Revoke > revoked");
        var play = Play.Begin(chart, ("anniversaryAt", Play.Monday.AddDays(365)));
        var token = play.Token("hold");

        Assert.Empty(play.Signal("review").Effects);
        Assert.Equal([$"go hold#{token} Revoke", "end revoked"], play.Signal("revocation").Effects);
        Assert.Empty(play.TimeOut(token).Effects);
    }

    [Fact]
    public void Signal_GatesOwn_OpensIt()
    {
        var play = Play.Begin(Gated());
        Assert.Equal(["wait gate#1"], play.Effects);

        Assert.Equal(["go gate#1 Open", "open look#2"], play.Signal("review").Effects);
    }

    [Fact]
    public void Signal_AnotherThatTheGateNames_LeavesByItsPort() =>
        Assert.Equal(["go gate#1 Off", "end off"], Play.Begin(Gated()).Signal("cancelled").Effects);

    [Theory]
    [InlineData("notice")]
    [InlineData("Review")]
    [InlineData("")]
    public void Signal_ThatMeansNothingHere_ReturnsTheStateAsItWas(string signal)
    {
        var play = Play.Begin(Gated());
        var before = play.State;

        Assert.Empty(play.Signal(signal).Effects);
        Assert.Same(before, play.State);
    }

    /// <summary>That the batch opened the gate before the case came is for the host to know; a gate by itself remembers nothing.</summary>
    [Fact]
    public void Signal_BeforeTheCaseIsAtTheGate_IsNotRemembered()
    {
        var chart = new Chart().Start().Item("check", "Pass").Gate("gate", "review").End("over").Arrows("start > check", "check:Pass > gate", "gate:Open > over");

        var play = Play.Begin(chart).Signal("review").Complete("check", "Pass");

        Assert.Equal(["gate"], play.Places);
        Assert.Equal("over", play.Signal("review").State.Result);
    }

    [Fact]
    public void Signal_ThatAnItemNames_EndsItByThatOutcome()
    {
        var play = Play.Begin(Chart.OneItem("Submit", """{ "signals": { "filing-closed": "Expired" } }""", "Expired"));

        Assert.Equal(["close check#1 Expired", "end endExpired"], play.Signal("filing-closed").Effects);
        play.AssertRefused("work-item-gone", p => p.Complete(1, "Submit"));
    }

    [Fact]
    public void Complete_OutcomeThatOnlyASignalCauses_IsRefused() =>
        Play.Begin(Chart.OneItem("Submit", """{ "signals": { "filing-closed": "Expired" } }""", "Expired"))
            .AssertRefused("unknown-outcome", p => p.Complete("check", "Expired"));

    [Fact]
    public void Signal_BothBranchesWaitForIt_MovesBoth()
    {
        var chart = new Chart().Start().Fork("fork", "A B").Gate("a", "review").Gate("b", "review").Join("join").End("over")
            .Arrows("start > fork", "fork:A > a", "fork:B > b", "a:Open > join", "b:Open > join", "join > over");

        Assert.Equal(["go a#1 Open", "go b#2 Open", "end over"], Play.Begin(chart).Signal("review").Effects);
    }

    /// <summary>Two gates of one name in a row: a signal moves what waits when it comes, not what comes to wait because of it.</summary>
    [Fact]
    public void Signal_NextPlaceWaitsForTheSame_StopsThere()
    {
        var chart = new Chart().Start().Gate("a", "review").Gate("b", "review").End("over").Arrows("start > a", "a:Open > b", "b:Open > over");

        Assert.Equal(["go a#1 Open", "wait b#2"], Play.Begin(chart).Signal("review").Effects);
    }

    [Fact]
    public void Answers_Kind_SaysWhichSignalsMoveIt()
    {
        var gate = Gated().Load().Get("gate");

        Assert.True(gate.Kind.Answers(gate, "review"));
        Assert.True(gate.Kind.Answers(gate, "cancelled"));
        Assert.False(gate.Kind.Answers(gate, "notice"));
    }

    [Fact]
    public void TimeOut_WaitUntil_SetsATimerForItsFactAndGoesOn()
    {
        var chart = new Chart().Start().WaitUntil("filing", "filingClosesAt").End("over").Arrows("start > filing", "filing:Due > over");

        var play = Play.Begin(chart, ("filingClosesAt", Closing));

        Assert.Equal(["wait filing#1 due 2026-12-01T16:00Z", "timer filing#1 due 2026-12-01T16:00Z"], play.Effects);
        Assert.Equal(["go filing#1 Due", "end over"], play.TimeOut("filing").Effects);
    }

    [Theory]
    [InlineData("2026-12-01T16:00:00Z")]
    [InlineData("2026-12-02T00:00:00+08:00")]
    [InlineData("2026-12-01T16:00:00")]
    public void Start_WaitUntilAFactWrittenAsText_IsUtc(string text)
    {
        var chart = new Chart().Start().WaitUntil("filing", "filingClosesAt").End("over").Arrows("start > filing", "filing:Due > over");

        var play = Play.Begin(chart, ("filingClosesAt", text));

        Assert.Equal(Closing, play.Due("filing"));
        Assert.Equal(DateTimeKind.Utc, play.Due("filing")!.Value.Kind);
    }

    [Fact]
    public void Start_WaitUntilAFactTheHostForgot_Fails()
    {
        var chart = new Chart().Start().WaitUntil("filing", "filingClosesAt").End("over").Arrows("start > filing", "filing:Due > over");

        Assert.Contains("filingClosesAt", Assert.Throws<InvalidOperationException>(() => Play.Begin(chart)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Play.Begin(chart, ("filingClosesAt", DateTime.SpecifyKind(Closing, DateTimeKind.Local))));
    }

    [Fact]
    public void TimeOut_ItemWithATimeoutOutcome_TakesIt()
    {
        var play = Play.Begin(Timed());

        Assert.Equal(["open check#1 due 2026-12-07T16:00Z", "timer check#1 due 2026-12-07T16:00Z"], play.Effects);
        Assert.Equal(["close check#1 Lapsed", "end endLapsed"], play.TimeOut("check").Effects);
    }

    [Fact]
    public void Complete_OutcomeThatOnlyTimeCauses_IsRefused() =>
        Play.Begin(Timed()).AssertRefused("unknown-outcome", p => p.Complete("check", "Lapsed"));

    /// <summary>Late is late for the clock only: while the timer has not been worked, the holder may still act.</summary>
    [Fact]
    public void Complete_AfterTheDueTime_IsStillTaken() =>
        Assert.Equal("endResubmit", Play.Begin(Timed()).At(Play.Monday.AddDays(60)).Complete("check", "Resubmit").State.Result);

    [Fact]
    public void TimeOut_TokenGone_DoesNothing()
    {
        var chart = new Chart().Start().Item("fix", "Resubmit", """{ "dueDays": 10, "timeoutOutcome": "Lapsed" }""").Item("check", "Return Pass").End("over")
            .Arrows("start > fix", "fix:Resubmit > check", "fix:Lapsed > over", "check:Return > fix", "check:Pass > over");
        var play = Play.Begin(chart).Complete("fix", "Resubmit").Complete("check", "Return");
        var before = play.State;

        // The timer of the first round fires when the case is at the same step in its second round.
        Assert.Empty(play.TimeOut(1).Effects);
        Assert.Same(before, play.State);
        Assert.Equal(3, play.Token("fix"));
    }

    [Fact]
    public void TimeOut_PlaceThatTimeDoesNotMove_DoesNothing()
    {
        var chart = new Chart().Start().Item("check", "Pass", """{ "dueDays": 1 }""").Gate("gate", "review").Panel("panel", 1).End("over")
            .Arrows("start > check", "check:Pass > gate", "gate:Open > panel", "panel > over");
        var play = Play.Begin(chart, ("panel", new[] { "ann" }));
        Assert.Equal(["open check#1 due 2026-11-24T16:00Z"], play.Effects);

        Assert.Empty(play.TimeOut("check").Effects);
        Assert.Empty(play.Complete("check", "Pass").TimeOut("gate").Effects);
        Assert.Empty(play.Signal("review").TimeOut("panel").Effects);
    }

    [Fact]
    public void Start_DeadlineInFourHundredWorkingDays_IsKept()
    {
        var play = Play.Begin(Chart.OneItem("Done", """{ "dueDays": 400, "timeoutOutcome": "Lapsed" }""", "Lapsed"));

        var lastDay = ChinaTime.DateOf(play.Due("check")!.Value.AddTicks(-1));
        Assert.Equal(400, WorkCalendar.BuiltIn.WorkingDaysBetween(ChinaTime.DateOf(Play.Monday), lastDay));
        Assert.True(WorkCalendar.BuiltIn.IsWorkday(lastDay));
        Assert.Equal($"timer check#1 due {play.Due("check"):yyyy-MM-dd'T'HH:mm}Z", play.Effects[1]);
        Assert.Equal("endLapsed", play.At(play.Due("check")!.Value).TimeOut("check").State.Result);
    }
}
