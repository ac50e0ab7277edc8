using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>Work side by side.</summary>
public sealed class ForkAndJoinTests
{
    /// <summary>Two branches; the first may send its file back for correction, and the final step may send everything round again.</summary>
    private static Chart Consents() => new Chart().Start().Fork("fork", "Fire Heritage")
        .Item("fire", "Consent Return").Item("fix", "Resubmit", role: Roles.Applicant).Item("heritage", "Consent").Join("join")
        .Item("final", "Approve Again").End("over")
        .Arrows("start > fork", "fork:Fire > fire", "fork:Heritage > heritage", "fire:Return > fix", "fix:Resubmit > fire")
        .Arrows("fire:Consent > join", "heritage:Consent > join", "join > final", "final:Again > fork", "final:Approve > over");

    [Fact]
    public void Start_Fork_OpensEveryBranch()
    {
        var play = Play.Begin(Consents());

        Assert.Equal(["open fire#1", "open heritage#2"], play.Effects);
        Assert.Equal(["fire", "heritage"], play.Places);
    }

    [Theory]
    [InlineData("fire", "heritage")]
    [InlineData("heritage", "fire")]
    public void Complete_BranchesInEitherOrder_JoinWaitsForTheLast(string first, string second)
    {
        var play = Play.Begin(Consents()).Complete(first, "Consent");

        Assert.Equal([$"close {first}#{(first == "fire" ? 1 : 2)} Consent"], play.Effects);
        Assert.Equal([second], play.Places);

        play.Complete(second, "Consent");

        Assert.Equal(["final"], play.Places);
        Assert.Empty(play.State.Arrived);
    }

    /// <summary>Where Elsa's default mode passes the join without this branch.</summary>
    [Fact]
    public void Complete_ReturnForCorrectionInsideABranch_JoinStillWaitsForIt()
    {
        var play = Play.Begin(Consents()).Complete("fire", "Return").Complete("heritage", "Consent");
        Assert.Equal(["fix"], play.Places);

        play.Complete("fix", "Resubmit", Roles.Applicant);
        Assert.Equal(["fire"], play.Places);

        play.Complete("fire", "Return").Complete("fix", "Resubmit", Roles.Applicant).Complete("fire", "Consent");
        Assert.Equal(["final"], play.Places);
    }

    [Fact]
    public void Complete_ForkEnteredAgain_JoinWaitsForBothAgain()
    {
        var play = Play.Begin(Consents()).Complete("fire", "Consent").Complete("heritage", "Consent").Complete("final", "Again");
        Assert.Equal(["fire", "heritage"], play.Places);

        play.Complete("heritage", "Consent");
        Assert.Equal(["fire"], play.Places);

        Assert.Equal("over", play.Complete("fire", "Consent").Complete("final", "Approve").State.Result);
    }

    [Fact]
    public void Complete_StaleTokenOfABranchInTheNextRound_IsRefused()
    {
        var play = Play.Begin(Consents()).Complete("fire", "Consent").Complete("heritage", "Consent").Complete("final", "Again");

        play.AssertRefused("work-item-gone", p => p.Complete(1, "Consent"));
        play.AssertRefused("work-item-gone", p => p.Complete(2, "Consent"));
    }

    [Fact]
    public void Start_BranchStraightToTheJoin_HasArrived()
    {
        var chart = new Chart().Start().Fork("fork", "A B").Item("a", "Ok").Join("join", "WaitAllActive").End("over")
            .Arrows("start > fork", "fork:A > a", "fork:B > join", "a:Ok > join", "join > over");

        Assert.Equal("over", Play.Begin(chart).Complete("a", "Ok").State.Result);
    }

    [Fact]
    public void Complete_ForkWithinAFork_InnerJoinCountsAsOneArrival()
    {
        var chart = new Chart().Start().Fork("outer", "A B").Fork("inner", "A B").Item("x", "Ok").Item("y", "Ok").Item("z", "Ok")
            .Join("innerJoin").Join("outerJoin").End("over")
            .Arrows("start > outer", "outer:A > inner", "inner:A > x", "inner:B > y", "x:Ok > innerJoin", "y:Ok > innerJoin")
            .Arrows("innerJoin > outerJoin", "outer:B > z", "z:Ok > outerJoin", "outerJoin > over");
        foreach (var order in new[] { "xyz", "xzy", "zxy", "zyx", "yzx", "yxz" })
        {
            var play = Play.Begin(chart);
            foreach (var item in order)
            {
                Assert.False(play.State.IsFinished);
                play.Complete(item.ToString(), "Ok");
            }

            Assert.Equal("over", play.State.Result);
        }
    }

    [Fact]
    public void Start_BranchesThatSetOneVariable_RunInTheirOrder()
    {
        var chart = new Chart().Start().Variable("Log", "String", "").Fork("fork", "A B").Set("a", "Log", script: "getLog() + 'a'").Set("b", "Log", script: "getLog() + 'b'")
            .Join("join").Item("look", "Ok").End("over")
            .Arrows("start > fork", "fork:A > a", "fork:B > b", "a > join", "b > join", "join > look", "look:Ok > over");

        Assert.Equal("ab", Play.Begin(chart).State.Variables["Log"].GetString());
    }
}
