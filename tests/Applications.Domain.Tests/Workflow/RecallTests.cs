using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>撤回: a decision taken back before anybody acted on it.</summary>
public sealed class RecallTests
{
    private static Chart Quota() => new Chart().Start().Variable("Seen", "Int32", "0").Item("check", "Recommend", """{ "dueDays": 10 }""", Roles.City)
        .Command("use", "use-quota").Set("note", "Seen", "1").Item("list", "List", role: Roles.City).End("over")
        .Arrows("start > check", "check:Recommend > use", "use > note", "note > list", "list:List > over");

    [Fact]
    public void Recall_BeforeTheNextActs_UndoesEverything()
    {
        var play = Play.Begin(Quota());
        var (before, due) = (play.State, play.Due("check"));
        play.Complete("check", "Recommend", Roles.City);

        Assert.Equal([$"close list#2 Recalled", "command check release-quota", "open check#3 due 2026-12-07T16:00Z"], play.Recall(1).Effects);
        Assert.Equal(due, play.Due("check"));
        Assert.Equal(before.Uses, play.State.Uses);
        Assert.Equal(before.Variables["Seen"].GetRawText(), play.State.Variables["Seen"].GetRawText());
        Assert.Empty(play.State.Undos);

        // The stale click of one who still looks at the list acts on nothing.
        play.AssertRefused("work-item-gone", p => p.Complete(2, "List", Roles.City));
        Assert.Equal("over", play.Complete("check", "Recommend", Roles.City).Complete("list", "List", Roles.City).State.Result);
    }

    [Fact]
    public void Recall_Twice_IsRefused()
    {
        var play = Play.Begin(Quota()).Complete("check", "Recommend", Roles.City).Recall(1);

        play.AssertRefused("cannot-recall", p => p.Recall(1));
    }

    [Fact]
    public void Recall_AfterTheNextHasActed_IsRefused()
    {
        var chart = new Chart().Start().Item("check", "Pass").Item("sign", "Approve").Item("seal", "Seal").End("over")
            .Arrows("start > check", "check:Pass > sign", "sign:Approve > seal", "seal:Seal > over");
        var play = Play.Begin(chart).Complete("check", "Pass").Complete("sign", "Approve");

        play.AssertRefused("cannot-recall", p => p.Recall(1));
        Assert.Equal(["sign"], play.Recall(2).Places);
    }

    [Fact]
    public void Recall_AfterTheNextHasAskedForASignature_IsRefused()
    {
        var chart = new Chart().Start().Item("check", "Pass").Item("sign", "Approve").End("over").Arrows("start > check", "check:Pass > sign", "sign:Approve > over");
        var play = Play.Begin(chart).Complete("check", "Pass").AddSigner("sign", "ann", SignerPosition.Before);

        play.AssertRefused("cannot-recall", p => p.Recall(1));
    }

    [Theory]
    [InlineData("Applications.Notify", """{ "template": "returned", "audience": "applicant" }""")]
    [InlineData("Applications.OpenGate", """{ "signal": "review" }""")]
    [InlineData("Applications.Command", """{ "command": "publish-notice" }""")]
    public void Recall_WhatHasLeftTheHouse_IsRefused(string type, string inputs)
    {
        var chart = new Chart().Start().Item("check", "Pass").Add("out", type, inputs).Item("sign", "Approve").End("over")
            .Arrows("start > check", "check:Pass > out", "out > sign", "sign:Approve > over");

        Play.Begin(chart).Complete("check", "Pass").AssertRefused("cannot-recall", p => p.Recall(1));
    }

    [Fact]
    public void Recall_AnArrivalAtAJoin_LeavesTheOtherBranchAlone()
    {
        var chart = new Chart().Start().Fork("fork", "A B").Item("a", "Pass").Item("b", "Pass").Join("join").Item("sign", "Approve").End("over")
            .Arrows("start > fork", "fork:A > a", "fork:B > b", "a:Pass > join", "b:Pass > join", "join > sign", "sign:Approve > over");
        var play = Play.Begin(chart).Complete("a", "Pass");

        Assert.Equal(["open a#3"], play.Recall(1).Effects);
        Assert.Equal(["b", "a"], play.Places);
        Assert.Empty(play.State.Arrived);
        Assert.Equal(["sign"], play.Complete("b", "Pass").Complete("a", "Pass").Places);

        // The last arrival opened the join for both: that can no more be taken back by either.
        play.AssertRefused("cannot-recall", p => p.Recall(2));
    }

    [Fact]
    public void Recall_ADecisionThatStoppedAClock_RunsItOnAsBefore()
    {
        var chart = new Chart().Start().Item("check", "Pass", """{ "dueDays": 10, "pausesClock": true }""").Item("sign", "Approve").End("over")
            .Arrows("start > check", "check:Pass > sign", "sign:Approve > over");
        var play = Play.Begin(chart).At(Play.Monday.AddDays(2)).Complete("check", "Pass");
        Assert.Equal(2, play.State.ClockUsed["check"]);

        play.Recall(1);

        Assert.Empty(play.State.ClockUsed);
        Assert.Equal(Play.Monday, play.State.Tokens.Single().Since);
        Assert.Equal(4, play.At(Play.Monday.AddDays(4)).Complete("check", "Pass").State.ClockUsed["check"]);
    }
}
