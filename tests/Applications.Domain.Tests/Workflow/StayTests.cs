using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>中止, 恢复, 终止.</summary>
public sealed class StayTests
{
    private static Chart Chart() => new Chart().Start()
        .Item("check", "Pass", """{ "dueDays": 5, "timeoutOutcome": "Lapsed", "signals": { "closed": "Lapsed" } }""").Gate("gate", "review").Panel("panel", 5).End("over").End("lapsed")
        .Arrows("start > check", "check:Pass > gate", "check:Lapsed > lapsed", "gate:Open > panel", "panel > over");

    [Fact]
    public void Suspend_NobodyAndNothingMovesTheCase()
    {
        var play = Play.Begin(Chart()).Suspend();

        play.AssertRefused("case-suspended", p => p.Complete("check", "Pass"));
        play.AssertRefused("case-suspended", p => p.AddSigner("check", "ann", SignerPosition.Before));
        play.AssertRefused("case-suspended", p => p.SendBack("check", "check"));
        play.AssertRefused("case-suspended", p => p.Recall(1));
        play.AssertRefused("case-suspended", p => p.Suspend());
        Assert.Empty(play.Signal("closed").Effects);
        Assert.Empty(play.At(Play.Monday.AddDays(60)).TimeOut("check").Effects);
        Assert.Equal(["check"], play.Places);
    }

    [Fact]
    public void Suspend_APanelAtWork_ItsMembersWait()
    {
        var play = Play.Begin(Chart(), ("panel", new[] { "ann" })).Complete("check", "Pass").Signal("review").Suspend();

        play.AssertRefused("case-suspended", p => p.Answer("panel", "ann", "Score"));
        play.AssertRefused("case-suspended", p => p.Enlist("panel", "bob"));
    }

    /// <summary>From Monday to the next Monday are five working days; the limit of five, due on the first Monday's Friday week, moves by them.</summary>
    [Fact]
    public void Resume_ALimitInWorkingDays_IsLongerByTheStay()
    {
        var play = Play.Begin(Chart());
        Assert.Equal(new DateTime(2026, 11, 30, 16, 0, 0, DateTimeKind.Utc), play.Due("check"));

        play.Suspend().At(Play.Monday.AddDays(7)).Resume();

        Assert.Equal(["now check#1 due 2026-12-07T16:00Z"], play.Effects);
        Assert.False(play.State.IsSuspended);
        Assert.Equal(["gate"], play.Complete("check", "Pass").Places);
    }

    [Fact]
    public void Resume_AMoment_StaysWhatItIs()
    {
        var chart = new Chart().Start().Item("draft", "Submit", """{ "dueFact": "filingClosesAt" }""", Roles.Applicant).End("over").Arrows("start > draft", "draft:Submit > over");
        var play = Play.Begin(chart, ("filingClosesAt", Play.Monday.AddDays(3))).Suspend().At(Play.Monday.AddDays(7)).Resume();

        Assert.Equal(Play.Monday.AddDays(3), play.Due("draft"));
    }

    [Fact]
    public void Resume_WhatIsNotStayed_IsRefused() => Play.Begin(Chart()).AssertRefused("not-suspended", p => p.Resume());

    [Fact]
    public void Terminate_EndsEverything_AlsoAStayedCase()
    {
        var play = Play.Begin(Chart(), ("panel", new[] { "ann", "bob" })).Complete("check", "Pass").Signal("review").Suspend().Terminate();

        Assert.Equal(["close panel#3/ann Cancelled", "close panel#3/bob Cancelled", "go panel#3 Cancelled", "end terminated"], play.Effects);
        Assert.Equal("terminated", play.State.Result);
        play.AssertRefused("case-over", p => p.Terminate());
        play.AssertRefused("case-over", p => p.Suspend());
        play.AssertRefused("case-over", p => p.Recall(1));
    }
}
