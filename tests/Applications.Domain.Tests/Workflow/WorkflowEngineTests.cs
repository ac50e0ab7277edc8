using System.Collections.Immutable;
using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>Starting, deciding, counting and ending.</summary>
public sealed class WorkflowEngineTests
{
    private static Chart ReturnLoop(string more = "{}") => new Chart().Start().Item("check", "Pass Return", more).Item("fix", "Resubmit", role: Roles.Applicant).End("passed")
        .Arrows("start > check", "check:Pass > passed", "check:Return > fix", "fix:Resubmit > check");

    [Fact]
    public void Enter_OpenGateWithPulse_SaysThatOnlyThoseWaitingNowAreMeant()
    {
        var chart = new Chart().Start().Add("open", "Applications.OpenGate", """{ "signal": "review", "pulse": true }""").End("over").Arrows("start > open", "open > over");

        Assert.Equal(["pulse open review", "end over"], Play.Begin(chart).Effects);
    }

    [Fact]
    public void Start_ItemFirst_WaitsThere()
    {
        var play = Play.Begin(ReturnLoop());

        Assert.Equal(["check"], play.Places);
        Assert.Equal(["open check#1"], play.Effects);
        Assert.Equal("small.v1", play.State.DefinitionId);
        Assert.Equal(Play.Monday, play.State.Tokens[0].Since);
        Assert.False(play.State.IsFinished);
    }

    [Fact]
    public void Start_NothingToWaitFor_EndsAtOnce()
    {
        var chart = new Chart().Start().Command("tally", "tally").Add("tell", "Applications.Notify", """{ "template": "receipt", "audience": "applicant" }""")
            .Add("open", "Applications.OpenGate", """{ "signal": "review" }""").End("over").Arrows("start > tally", "tally > tell", "tell > open", "open > over");

        var play = Play.Begin(chart);

        Assert.Equal(["command tally tally", "letter tell receipt to applicant", "signal open review", "end over"], play.Effects);
        Assert.Equal("over", play.State.Result);
        Assert.Empty(play.State.Tokens);
    }

    [Fact]
    public void Complete_HoldersOutcome_ClosesTheItemAndFollowsThePort()
    {
        var play = Play.Begin(ReturnLoop()).Complete("check", "Return");

        Assert.Equal(["close check#1 Return", "open fix#2"], play.Effects);
        Assert.Equal(["fix"], play.Places);
    }

    [Fact]
    public void Complete_LeadingToAnEnd_EndsWithItsIdAsResult()
    {
        var play = Play.Begin(ReturnLoop()).Complete("check", "Pass");

        Assert.Equal(["close check#1 Pass", "end passed"], play.Effects);
        Assert.Equal("passed", play.State.Result);
        Assert.True(play.State.IsFinished);
    }

    [Fact]
    public void Complete_AfterTheEnd_IsRefused() =>
        Play.Begin(ReturnLoop()).Complete("check", "Pass").AssertRefused("work-item-gone", p => p.Complete(1, "Pass"));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void Complete_TokenThatNeverWas_IsRefused(int token) =>
        Play.Begin(ReturnLoop()).AssertRefused("work-item-gone", p => p.Complete(token, "Pass"));

    /// <summary>The second of two clicks comes when the case is already back at the same step: it must not decide the new round.</summary>
    [Fact]
    public void Complete_StaleTokenWhenTheLoopIsBackAtTheStep_IsRefused()
    {
        var play = Play.Begin(ReturnLoop()).Complete(1, "Return").Complete("fix", "Resubmit", Roles.Applicant);

        Assert.Equal(["close fix#2 Resubmit", "open check#3"], play.Effects);
        play.AssertRefused("work-item-gone", p => p.Complete(1, "Return"));
        play.AssertRefused("work-item-gone", p => p.Complete(1, "Pass"));
    }

    [Fact]
    public void Complete_DoubleClickOnAStepThatLeadsToItself_ActsOnce()
    {
        var chart = new Chart().Start().Item("check", "Again Pass").End("passed").Arrows("start > check", "check:Again > check", "check:Pass > passed");

        var play = Play.Begin(chart).Complete(1, "Again");

        play.AssertRefused("work-item-gone", p => p.Complete(1, "Again"));
        Assert.Equal(2, play.Token("check"));
    }

    [Theory]
    [InlineData("Fly")]
    [InlineData("pass")]
    [InlineData("")]
    [InlineData("Cancelled")]
    public void Complete_OutcomeThatIsNone_IsRefused(string outcome) =>
        Play.Begin(ReturnLoop()).AssertRefused("unknown-outcome", p => p.Complete("check", outcome));

    [Theory]
    [InlineData(Roles.City)]
    [InlineData(Roles.Admin)]
    [InlineData("Officer")]
    [InlineData("")]
    public void Complete_InAnotherRole_IsRefused(string role) =>
        Play.Begin(ReturnLoop()).AssertRefused("outcome-not-yours", p => p.Complete("check", "Pass", role));

    [Fact]
    public void Complete_OutcomeOfAnotherRole_BelongsToThatRoleAlone()
    {
        var chart = Chart.OneItem("Pass Withdraw", """{ "otherRoles": { "Withdraw": "applicant" } }""");

        var play = Play.Begin(chart);

        play.AssertRefused("outcome-not-yours", p => p.Complete("check", "Withdraw", Roles.Officer));
        play.AssertRefused("outcome-not-yours", p => p.Complete("check", "Pass", Roles.Applicant));
        Assert.Equal("endWithdraw", play.Complete("check", "Withdraw", Roles.Applicant).State.Result);
    }

    [Fact]
    public void OutcomesFor_Role_AreWhatCompleteWouldTake()
    {
        var chart = Chart.OneItem("Pass Withdraw", """{ "otherRoles": { "Withdraw": "applicant" } }""");
        var check = chart.Load().Get("check");
        var settings = check.SettingsAs<Domain.Workflow.Activities.WorkItemSettings>();
        var state = Play.Begin(chart).State;

        Assert.Equal(["Pass"], settings.OutcomesFor(Roles.Officer, check, state));
        Assert.Equal(["Withdraw"], settings.OutcomesFor(Roles.Applicant, check, state));
        Assert.Empty(settings.OutcomesFor(Roles.City, check, state));
    }

    [Fact]
    public void Complete_LimitUsedUp_IsRefusedInALaterRound()
    {
        var chart = ReturnLoop("""{ "limits": { "Return": 2 } }""");
        var check = chart.Load().Get("check");
        var settings = check.SettingsAs<Domain.Workflow.Activities.WorkItemSettings>();
        var play = Play.Begin(chart);

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(["Pass", "Return"], settings.OutcomesFor(Roles.Officer, check, play.State));
            play.Complete("check", "Return").Complete("fix", "Resubmit", Roles.Applicant);
        }

        play.AssertRefused("outcome-used-up", p => p.Complete("check", "Return"));
        Assert.Equal(["Pass"], settings.OutcomesFor(Roles.Officer, check, play.State));
        Assert.Equal("passed", play.Complete("check", "Pass").State.Result);
    }

    [Fact]
    public void UsesOf_Outcome_CountsPerActivity()
    {
        var play = Play.Begin(ReturnLoop()).Complete("check", "Return").Complete("fix", "Resubmit", Roles.Applicant).Complete("check", "Return");

        Assert.Equal(2, play.State.UsesOf("check", "Return"));
        Assert.Equal(1, play.State.UsesOf("fix", "Resubmit"));
        Assert.Equal(0, play.State.UsesOf("check", "Pass"));
    }

    [Fact]
    public void Load_Reasons_AreKeptForTheHostToAskFor() => Assert.Equal(
        ["Return"], ReturnLoop("""{ "reasons": ["Return"] }""").Load().Get("check").SettingsAs<Domain.Workflow.Activities.WorkItemSettings>().Reasons);

    /// <summary>
    /// The loader lets no End into a branch, so only a state that a migration made can hold further tokens at an End; they must not outlive the case.
    /// </summary>
    [Fact]
    public void Complete_LeadingToAnEnd_CancelsWhatElseWaitsExactlyOnce()
    {
        var chart = new Chart().Start().Item("first", "Pass Skip").Gate("gate", "review").Panel("panel").Item("last", "Pass").End("over")
            .Arrows("start > first", "first:Pass > gate", "first:Skip > over", "gate:Open > panel", "panel > last", "last:Pass > over");
        var play = Play.Begin(chart);
        var seats = ImmutableArray.Create(new Participant("ann", "Score"), new Participant("bob", null), new Participant("cid", "Decline"));
        play.State = play.State with
        {
            NextToken = 5,
            Tokens = [.. play.State.Tokens, new(2, "gate", Play.Monday, null), new(3, "panel", Play.Monday, null) { Participants = seats }, new(4, "last", Play.Monday, null)],
        };

        play.Complete("first", "Skip");

        Assert.Equal(
            ["close first#1 Skip", "go gate#2 Cancelled", "close panel#3/bob Cancelled", "go panel#3 Cancelled", "close last#4 Cancelled", "end over"],
            play.Effects);
        Assert.Empty(play.State.Tokens);
        play.AssertRefused("work-item-gone", p => p.Complete(4, "Pass"));
        Assert.Empty(play.Signal("review").TimeOut(4).Effects);
    }
}
