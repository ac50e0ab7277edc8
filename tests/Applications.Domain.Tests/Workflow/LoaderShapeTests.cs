namespace Applications.Domain.Tests.Workflow;

/// <summary>Charts whose activities are right and whose arrows are wrong.</summary>
public sealed class LoaderShapeTests
{
    /// <summary>start, fork {A, B}, a work item in each, join, final, end. Tests add the arrow that spoils it.</summary>
    private static Chart Forked(string outcomesOfA = "Consent") => new Chart().Start().Item("before", "Go")
        .Fork("fork", "A B").Item("a", outcomesOfA).Item("b", "Consent").Join("join").Item("final", "Approve").End("end")
        .Arrows("start > before", "before:Go > fork", "fork:A > a", "fork:B > b", "a:Consent > join", "b:Consent > join", "join > final", "final:Approve > end");

    [Fact]
    public void Load_ForkAndJoin_IsSound() => Assert.Equal(8, Forked().Load().Activities.Count);

    [Fact]
    public void Load_NoStart_IsRefused() =>
        new Chart().Item("check", "Pass").End("end").Arrows("check:Pass > end").AssertRefused("root", "exactly one Elsa.Start; there are 0");

    [Fact]
    public void Load_TwoStarts_IsRefused() =>
        Chart.OneItem("Pass").Add("again", "Elsa.Start").Arrows("again > check").AssertRefused("root", "exactly one Elsa.Start; there are 2");

    [Fact]
    public void Load_UnwiredOutcome_IsRefused() =>
        new Chart().Start().Item("check", "Pass Return").End("end").Arrows("start > check", "check:Pass > end")
            .AssertRefused("check", "Outcome 'Return' leads nowhere");

    [Theory]
    [InlineData("""{ "dueDays": 5, "timeoutOutcome": "Lapsed" }""", "Lapsed")]
    [InlineData("""{ "signals": { "closed": "Missed" } }""", "Missed")]
    public void Load_UnwiredOutcomeOfTimeOrSignal_IsRefused(string more, string port) =>
        Chart.OneItem("Pass", more).AssertRefused("check", $"Outcome '{port}' leads nowhere");

    [Fact]
    public void Load_ConnectionByAnOutcomeThatIsNone_IsRefused() =>
        Chart.OneItem("Pass").Arrows("check:Fly > endPass").AssertRefused("check", "A connection leaves by 'Fly'");

    [Fact]
    public void Load_ConnectionWithoutAnOutcome_IsRefused()
    {
        var chart = Chart.OneItem("Pass");
        chart.Document["root"]!["connections"]![0]!["source"]!.AsObject().Remove("port");

        chart.AssertRefused("start", "must name the outcome it leaves by");
    }

    /// <summary>Elsa's fork would let the join through once for each connection.</summary>
    [Fact]
    public void Load_ForkWithNothingInAnyBranch_IsRefused() => new Chart().Start().Fork("fork", "A B").Join("join").End("end")
        .Arrows("start > fork", "fork:A > join", "fork:B > join", "join > end").AssertRefused("fork", "No branch does anything");

    [Theory]
    [InlineData("check:Pass > nowhere", "check:Pass -> nowhere", "there is no activity 'nowhere'")]
    [InlineData("nobody > check", "nobody:Done -> check", "there is no activity 'nobody'")]
    public void Load_DanglingConnection_IsRefused(string arrow, string place, string reason) =>
        Chart.OneItem("Pass").Arrows(arrow).AssertRefused(place, reason);

    [Fact]
    public void Load_DuplicatedId_IsRefused() => Chart.OneItem("Pass").Item("check", "Pass").AssertRefused("check", "Two activities have this id");

    [Fact]
    public void Load_Unreachable_IsRefused() =>
        Chart.OneItem("Pass").Item("island", "Pass").Arrows("island:Pass > endPass").AssertRefused("island", "Cannot be reached from the start");

    [Fact]
    public void Load_DeadEnd_IsRefused() => new Chart().Start().Item("check", "Pass Return").Item("fix", "Again").End("end")
        .Arrows("start > check", "check:Pass > end", "check:Return > fix", "fix:Again > fix").AssertRefused("fix", "Dead end");

    [Fact]
    public void Load_LimitWithAnotherWayToAnEnd_IsSound() => Assert.Equal(4,
        new Chart().Start().Item("check", "Pass Return", """{ "limits": { "Pass": 1 } }""").Item("fix", "Again Give").End("end")
            .Arrows("start > check", "check:Pass > fix", "check:Return > fix", "fix:Again > check", "fix:Give > end").Load().Activities.Count);

    [Theory]
    [InlineData("""{ "limits": { "Pass": 1 } }""")]
    [InlineData("""{ "limits": { "Pass": 1, "Return": 2 } }""")]
    public void Load_NoWayToAnEndOnceLimitsAreUsedUp_IsRefused(string more) =>
        new Chart().Start().Item("check", "Pass Return", more).Item("fix", "Again").Item("final", "Approve Back").End("end")
            .Arrows("start > check", "check:Pass > final", "check:Return > fix", "fix:Again > check", "final:Back > check", "final:Approve > end")
            .AssertRefused("check", "once the limits are used up");

    [Fact]
    public void Load_LimitedOutcomeThatTimeTakesToo_IsSound() =>
        Assert.Equal(3, Chart.OneItem("Pass", """{ "limits": { "Pass": 1 }, "dueDays": 3, "timeoutOutcome": "Pass" }""").Load().Activities.Count);

    [Fact]
    public void Load_LoopInWhichNothingWaits_IsRefused() => new Chart().Start().Command("tally", "tally").Decision("again", "getInput('windowOpen')").End("end")
        .Arrows("start > tally", "tally > again", "again:True > tally", "again:False > end").AssertRefused("tally", "Endless automatic loop");

    /// <summary>A gate that its batch has opened holds nobody any more.</summary>
    [Fact]
    public void Load_LoopThatOnlyASignalledWaitBreaks_IsRefused() => new Chart().Start()
        .Add("hold", "Applications.WaitUntil", """{ "fact": "anniversaryAt", "signals": { "revocation": "Again" } }""").End("end")
        .Arrows("start > hold", "hold:Again > hold", "hold:Due > end").AssertRefused("hold", "Endless automatic loop");

    [Fact]
    public void Load_LoopThatOnlyAnOpenGateBreaks_IsRefused() => new Chart().Start().Gate("gate", "review").Decision("again", "getInput('windowOpen')").End("end")
        .Arrows("start > gate", "gate:Open > again", "again:True > gate", "again:False > end").AssertRefused("gate", "Endless automatic loop");

    /// <summary>A signal that was sent ends the item again each time it is opened.</summary>
    [Fact]
    public void Load_LoopBySignalAlone_IsRefused() => new Chart().Start().Item("check", "Pass", """{ "signals": { "closed": "Late" } }""").Command("tally", "tally").End("end")
        .Arrows("start > check", "check:Pass > end", "check:Late > tally", "tally > check").AssertRefused("check", "Endless automatic loop");

    [Fact]
    public void Load_LoopInWhichSomebodyActs_IsSound() =>
        Assert.Equal(4, new Chart().Start().Gate("gate", "review").Item("check", "Pass Return").End("end")
            .Arrows("start > gate", "gate:Open > check", "check:Return > gate", "check:Pass > end").Load().Activities.Count);

    [Fact]
    public void Load_OutcomeWithTwoTargets_IsRefused() =>
        Chart.OneItem("Pass Return").Arrows("check:Pass > endReturn").AssertRefused("check", "Outcome 'Pass' leads to two places");

    [Fact]
    public void Load_SameConnectionTwice_Collapses() =>
        Assert.Equal(2, Chart.OneItem("Pass").Arrows("check:Pass > endPass").Load().Connections.Count);

    /// <summary>Legal in Elsa, and in its token mode a case that reaches the join waits there for ever.</summary>
    [Fact]
    public void Load_JoinWithSeveralConnectionsFromOneBranch_IsRefused() =>
        Forked("Consent Object").Arrows("a:Object > join").AssertRefused("join", "several connections from one branch ('A' of 'fork')");

    [Fact]
    public void Load_OutcomesMergedBeforeTheJoin_IsSound() =>
        Assert.Equal(9, new Chart().Start().Variable("Said").Fork("fork", "A B").Item("a", "Consent Object").Set("yes", "Said", "\"yes\"")
            .Item("b", "Consent").Join("join", "WaitAllActive").Item("final", "Ok").Item("fix", "Done").End("end")
            .Arrows("start > fork", "fork:A > a", "fork:B > b", "a:Consent > yes", "a:Object > yes", "yes > join", "b:Consent > join")
            .Arrows("join > final", "final:Ok > fix", "fix > end").Load().Activities.Count);

    [Fact]
    public void Load_BranchStraightToTheJoin_IsSound() =>
        Assert.Equal(5, new Chart().Start().Fork("fork", "A B").Item("a", "Ok").Join("join").End("end")
            .Arrows("start > fork", "fork:A > a", "a:Ok > join", "fork:B > join", "join > end").Load().Activities.Count);

    [Fact]
    public void Load_ImplicitJoin_IsRefused() => new Chart().Start().Fork("fork", "A B").Item("a", "Ok").Item("b", "Ok").Item("both", "Ok").End("end")
        .Arrows("start > fork", "fork:A > a", "fork:B > b", "a:Ok > both", "b:Ok > both", "both:Ok > end")
        .AssertRefused("both", "Implicit join: branches 'A' and 'B' of 'fork'");

    [Fact]
    public void Load_BranchIntoAnotherBranch_IsRefused() =>
        Forked("Consent Over").Arrows("a:Over > b").AssertRefused("b", "Implicit join");

    [Fact]
    public void Load_EndInsideABranch_IsRefused() =>
        Forked("Consent Reject").End("rejected").Arrows("a:Reject > rejected").AssertRefused("rejected", "Ends the flow from inside branch 'A' of 'fork'");

    [Fact]
    public void Load_SharedEndInsideABranch_IsRefused() =>
        Forked("Consent Reject").Arrows("a:Reject > end").AssertRefused("end", "Ends the flow from inside branch 'A' of 'fork'");

    [Fact]
    public void Load_ConnectionFromABranchBackBeforeTheFork_IsRefused() =>
        Forked("Consent Return").Arrows("a:Return > before").AssertRefused("before", "crosses the fork 'fork'");

    [Fact]
    public void Load_ConnectionFromABranchBackToItsFork_IsRefused() =>
        Forked("Consent Return").Arrows("a:Return > fork").AssertRefused("fork", "leads back into the fork");

    [Fact]
    public void Load_ConnectionFromABranchPastTheJoin_IsRefused() =>
        Forked("Consent Skip").Arrows("a:Skip > final").AssertRefused("final", "crosses the fork 'fork'");

    [Fact]
    public void Load_ConnectionFromBeforeTheForkIntoABranch_IsRefused() => new Chart().Start().Item("before", "Go Skip")
        .Fork("fork", "A B").Item("a", "Consent").Item("b", "Consent").Join("join").End("end")
        .Arrows("start > before", "before:Go > fork", "before:Skip > a", "fork:A > a", "fork:B > b", "a:Consent > join", "b:Consent > join", "join > end")
        .AssertRefused("a", "crosses the fork 'fork'");

    [Fact]
    public void Load_ConnectionFromBeforeTheForkToTheJoin_IsRefused() => new Chart().Start().Item("before", "Go Skip")
        .Fork("fork", "A B").Item("a", "Consent").Item("b", "Consent").Join("join").End("end")
        .Arrows("start > before", "before:Go > fork", "before:Skip > join", "fork:A > a", "fork:B > b", "a:Consent > join", "b:Consent > join", "join > end")
        .AssertRefused("join", "A connection from 'before' reaches the join of 'fork' from outside");

    [Theory]
    [InlineData("join", "join", "reaches the join of 'fork' from outside")]
    [InlineData("a", "a", "crosses the fork 'fork'")]
    public void Load_ConnectionFromBehindTheJoinBack_IsRefused(string target, string place, string reason) => new Chart().Start()
        .Fork("fork", "A B").Item("a", "Consent").Item("b", "Consent").Join("join").Item("final", "Approve Return").End("end")
        .Arrows("start > fork", "fork:A > a", "fork:B > b", "a:Consent > join", "b:Consent > join", "join > final", "final:Approve > end", $"final:Return > {target}")
        .AssertRefused(place, reason);

    [Fact]
    public void Load_LoopFromBehindTheJoinToBeforeTheFork_IsSound() => Assert.Equal(7, new Chart().Start()
        .Fork("fork", "A B").Item("a", "Consent").Item("b", "Consent").Join("join").Item("final", "Approve Return").End("end")
        .Arrows("start > fork", "fork:A > a", "fork:B > b", "a:Consent > join", "b:Consent > join", "join > final", "final:Approve > end", "final:Return > fork")
        .Load().Activities.Count);

    [Fact]
    public void Load_JoinWithoutFork_IsRefused() =>
        new Chart().Start().Join("join").End("end").Arrows("start > join", "join > end").AssertRefused("join", "A join without a fork");

    [Fact]
    public void Load_BranchesInDifferentJoins_IsRefused() => new Chart().Start().Fork("fork", "A B").Join("one").Join("two").Item("x", "Ok").Item("y", "Ok").End("end")
        .Arrows("start > fork", "fork:A > one", "fork:B > two", "one > x", "two > y", "x:Ok > end", "y:Ok > end")
        .AssertRefused("fork", "different joins: one, two");

    [Fact]
    public void Load_OneJoinForTwoForks_IsRefused() => new Chart().Start().Item("choose", "Left Right").Fork("left", "A B").Fork("right", "A B").Join("join").End("end")
        .Item("la", "Ok").Item("lb", "Ok").Item("ra", "Ok").Item("rb", "Ok")
        .Arrows("start > choose", "choose:Left > left", "choose:Right > right", "left:A > la", "left:B > lb", "right:A > ra", "right:B > rb")
        .Arrows("la:Ok > join", "lb:Ok > join", "ra:Ok > join", "rb:Ok > join", "join > end")
        .AssertRefused("join", "from outside");

    /// <summary>Outer branch A holds two inner forks in a row, the second with a third inside; whatever the order they stand in the file.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_ForksWithinForks_IsSound(bool outerFirst)
    {
        var chart = new Chart().Start();
        string[] forks = ["outer", "one", "two", "three"];
        foreach (var fork in outerFirst ? forks : forks.Reverse())
        {
            chart.Fork(fork, "A B").Join(fork + "Join").Item(fork + "B", "Ok").Arrows($"{fork}:B > {fork}B", $"{fork}B:Ok > {fork}Join");
        }

        chart.Item("oneA", "Ok").Item("threeA", "Ok").End("end").Arrows("start > outer", "outer:A > one", "one:A > oneA", "oneA:Ok > oneJoin")
            .Arrows("oneJoin > two", "two:A > three", "three:A > threeA", "threeA:Ok > threeJoin", "threeJoin > twoJoin", "twoJoin > outerJoin", "outerJoin > end");

        Assert.Equal(16, chart.Load().Activities.Count);
    }

    [Theory]
    [InlineData("a > inner", "inner")]
    [InlineData("a > innerA", "innerA")]
    public void Load_OuterBranchIntoAnInnerForkOfAnother_IsRefused(string arrow, string place) => new Chart().Start()
        .Fork("outer", "A B").Item("a", "Consent Over").Fork("inner", "A B").Item("innerA", "Ok").Item("innerB", "Ok").Join("innerJoin").Join("outerJoin").End("end")
        .Arrows("start > outer", "outer:A > a", "outer:B > inner", "inner:A > innerA", "inner:B > innerB", "innerA:Ok > innerJoin", "innerB:Ok > innerJoin")
        .Arrows("innerJoin > outerJoin", "a:Consent > outerJoin", "outerJoin > end", arrow.Replace("a >", "a:Over >", StringComparison.Ordinal))
        .AssertRefused(place, place == "inner" ? "Implicit join" : "crosses the fork 'inner'");
}
