using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>Several who act side by side.</summary>
public sealed class PanelTests
{
    private static Play Panel(params string[] members)
    {
        var chart = new Chart().Start().Panel("review", 10).Item("look", "Ok Again").End("over")
            .Arrows("start > review", "review > look", "look:Ok > over", "look:Again > review");
        return Play.Begin(chart, ("panel", members));
    }

    [Fact]
    public void Start_Panel_OpensAnItemForEachMember() => Assert.Equal(
        ["wait review#1 due 2026-12-07T16:00Z", "open review#1/ann due 2026-12-07T16:00Z", "open review#1/bob due 2026-12-07T16:00Z"],
        Panel("ann", "bob").Effects);

    [Fact]
    public void Start_MemberNamedTwice_HasOneSeat() => Assert.Equal(2, Panel("ann", "bob", "ann").State.Tokens[0].Participants.Length);

    [Fact]
    public void Start_NoPanelFact_Fails()
    {
        var chart = new Chart().Start().Panel("review").End("over").Arrows("start > review", "review > over");

        Assert.Contains("panel", Assert.Throws<InvalidOperationException>(() => Play.Begin(chart)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_PanelOfALaterRound_IsTheFactOfThatRound()
    {
        var chart = new Chart().Start().Panel("defence", round: "defence").End("over").Arrows("start > defence", "defence > over");

        var play = Play.Begin(chart, ("panel", new[] { "ann", "bob" }), ("panel.defence", new[] { "cid" }));

        Assert.Equal(["cid"], play.State.Tokens[0].Participants.Select(p => p.Key));
        Assert.Contains("panel.defence", Assert.Throws<InvalidOperationException>(() => Play.Begin(chart, ("panel", new[] { "ann" }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_OneOfTwo_ClosesThatItemAndWaits()
    {
        var play = Panel("ann", "bob").Answer("review", "ann", "Score");

        Assert.Equal(["close review#1/ann Score"], play.Effects);
        Assert.Equal(["review"], play.Places);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Answer_Everybody_GoesOnAfterTheLast(int size)
    {
        var members = Enumerable.Range(1, size).Select(i => $"expert{i}").ToArray();
        var play = Panel(members);

        foreach (var member in members)
        {
            Assert.Equal(["review"], play.Places);
            play.Answer("review", member, "Score");
        }

        Assert.Equal([$"close review#1/{members[^1]} Score", "go review#1 Done", "open look#2"], play.Effects);
    }

    [Fact]
    public void Answer_LastOneDeclines_GoesOnWithTheScoresThereAre()
    {
        var play = Panel("ann", "bob").Answer("review", "ann", "Score").Answer("review", "bob", "Decline");

        Assert.Equal(["close review#1/bob Decline", "go review#1 Done", "open look#2"], play.Effects);
    }

    [Fact]
    public void Answer_EverybodyDeclines_WaitsForASubstitute()
    {
        var play = Panel("ann", "bob").Answer("review", "ann", "Decline").Answer("review", "bob", "Decline");
        Assert.Equal(["close review#1/bob Decline"], play.Effects);
        Assert.Equal(["review"], play.Places);

        play.Enlist("review", "cid").Answer("review", "cid", "Score");

        Assert.Equal(["look"], play.Places);
    }

    [Fact]
    public void Start_EmptyPanel_WaitsForSomebody()
    {
        var play = Panel();
        Assert.Equal(["review"], play.Places);

        Assert.Equal(["look"], play.Enlist("review", "ann").Answer("review", "ann", "Score").Places);
    }

    [Theory]
    [InlineData("Score")]
    [InlineData("Decline")]
    public void Answer_Twice_IsRefused(string outcome) =>
        Panel("ann", "bob").Answer("review", "ann", outcome).AssertRefused("work-item-gone", p => p.Answer("review", "ann", "Score"));

    [Theory]
    [InlineData("cid")]
    [InlineData("Ann")]
    [InlineData("")]
    public void Answer_ByAnOutsider_IsRefused(string participant) =>
        Panel("ann", "bob").AssertRefused("work-item-gone", p => p.Answer("review", participant, "Score"));

    [Theory]
    [InlineData("Done")]
    [InlineData("score")]
    [InlineData("")]
    public void Answer_WithAnOutcomeThatIsNone_IsRefused(string outcome) =>
        Panel("ann").AssertRefused("unknown-outcome", p => p.Answer("review", "ann", outcome));

    [Fact]
    public void Answer_StaleTokenInTheNextRound_IsRefused()
    {
        var play = Panel("ann").Answer(1, "ann", "Score").Complete("look", "Again");

        Assert.Equal(3, play.Token("review"));
        play.AssertRefused("work-item-gone", p => p.Answer(1, "ann", "Score"));
    }

    [Fact]
    public void Answer_WhereOneActorDecides_IsRefused() =>
        Panel("ann").Answer("review", "ann", "Score").AssertRefused("work-item-gone", p => p.Answer("look", "ann", "Score"));

    [Fact]
    public void Complete_WhereAPanelAnswers_IsRefused() =>
        Panel("ann").AssertRefused("unknown-outcome", p => p.Complete("review", "Done", Roles.Expert));

    [Fact]
    public void Reopen_AScore_IsWaitedForAgainWithTheWholeTime()
    {
        var play = Panel("ann", "bob").Answer("review", "ann", "Score").At(Play.Monday.AddDays(14));

        Assert.Equal(["open review#1/ann due 2026-12-21T16:00Z"], play.Reopen("review", "ann").Effects);
        Assert.Equal(["review"], play.Answer("review", "bob", "Score").Places);
        Assert.Equal(["look"], play.Answer("review", "ann", "Score").Places);
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("cid")]
    public void Reopen_WhereNoScoreStands_IsRefused(string participant) =>
        Panel("ann", "bob", "dan").Answer("review", "bob", "Decline").AssertRefused("not-scored", p => p.Reopen("review", participant));

    [Fact]
    public void Reopen_WhenThePanelIsThrough_IsRefused()
    {
        var play = Panel("ann").Answer(1, "ann", "Score");

        play.AssertRefused("work-item-gone", p => p.Reopen(1, "ann"));
        play.AssertRefused("not-a-panel", p => p.Reopen("look", "ann"));
    }

    [Fact]
    public void Enlist_Substitute_IsWaitedForAndHasTheWholeTime()
    {
        var play = Panel("ann", "bob").Answer("review", "bob", "Decline").At(Play.Monday.AddDays(14));

        Assert.Equal(["open review#1/cid due 2026-12-21T16:00Z"], play.Enlist("review", "cid").Effects);
        Assert.Equal(play.Due("review"), new DateTime(2026, 12, 21, 16, 0, 0, DateTimeKind.Utc));

        Assert.Equal(["review"], play.Answer("review", "ann", "Score").Places);
        Assert.Equal(["look"], play.Answer("review", "cid", "Score").Places);
    }

    [Fact]
    public void Enlist_Several_OpensAnItemForEach() => Assert.Equal(
        ["open review#1/bob due 2026-12-07T16:00Z", "open review#1/cid due 2026-12-07T16:00Z"], Panel("ann").Enlist("review", "bob", "cid").Effects);

    [Theory]
    [InlineData("ann")]
    [InlineData("bob")]
    [InlineData("cid", "ann")]
    [InlineData("cid", "cid")]
    public void Enlist_SomebodyWhoHasASeat_IsRefused(params string[] participants) =>
        Panel("ann", "bob").Answer("review", "bob", "Decline").AssertRefused("already-on-panel", p => p.Enlist("review", participants));

    [Fact]
    public void Enlist_Nobody_ReturnsTheStateAsItWas()
    {
        var play = Panel("ann");
        var before = play.State;

        Assert.Empty(play.Enlist("review").Effects);
        Assert.Same(before, play.State);
    }

    [Fact]
    public void Enlist_AfterThePanelWentOn_IsRefused() =>
        Panel("ann").Answer(1, "ann", "Score").AssertRefused("work-item-gone", p => p.Enlist(1, "bob"));

    [Fact]
    public void Enlist_WhereThereIsNoPanel_IsRefused() =>
        Panel("ann").Answer("review", "ann", "Score").AssertRefused("not-a-panel", p => p.Enlist("look", "bob"));
}
