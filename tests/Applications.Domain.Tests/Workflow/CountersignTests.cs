namespace Applications.Domain.Tests.Workflow;

/// <summary>会签 by all, any and a quorum, of fixed and computed signers.</summary>
public sealed class CountersignTests
{
    private static Chart Chart(string more) => new Chart().Start().Variable("Posts", "Object", "[]").Item("ask", "Ask").Set("posts", "Posts", script: "getInput('hasCounty') ? ['county', 'city'] : []")
        .Countersign("sign", more).End("agreed").End("refused")
        .Arrows("start > ask", "ask:Ask > posts", "posts > sign", "sign:Agreed > agreed", "sign:Refused > refused");

    private static Play Begin(string rule) =>
        Play.Begin(Chart($$"""{ "signers": ["officer", "head", "leader"], {{rule}}, "dueDays": 3 }"""), ("hasCounty", true)).Complete("ask", "Ask");

    [Theory]
    [InlineData("\"rule\": \"All\"", "+++", "agreed")]
    [InlineData("\"rule\": \"All\"", "++-", "refused")]
    [InlineData("\"rule\": \"All\"", "-", "refused")]
    [InlineData("\"rule\": \"Any\"", "+", "agreed")]
    [InlineData("\"rule\": \"Any\"", "--+", "agreed")]
    [InlineData("\"rule\": \"Any\"", "---", "refused")]
    [InlineData("\"rule\": \"Quorum\", \"quorum\": 2", "++", "agreed")]
    [InlineData("\"rule\": \"Quorum\", \"quorum\": 2", "+-+", "agreed")]
    [InlineData("\"rule\": \"Quorum\", \"quorum\": 2", "--", "refused")]
    public void Answer_InOrder_IsDecidedAsSoonAsItCanBe(string rule, string answers, string result)
    {
        var play = Begin(rule);
        foreach (var (answer, post) in answers.Zip(["officer", "head", "leader"]))
        {
            Assert.False(play.State.IsFinished);
            play.Answer("sign", post, answer == '+' ? "Agree" : "Disagree");
        }

        Assert.Equal(result, play.State.Result);
    }

    [Fact]
    public void Answer_Decided_EndsTheItemsOfTheOthers() => Assert.Equal(
        ["close sign#2/head Disagree", "close sign#2/officer Refused", "close sign#2/leader Refused", "go sign#2 Refused", "end refused"],
        Begin("\"rule\": \"All\"").Answer("sign", "head", "Disagree").Effects);

    [Fact]
    public void Answer_TwiceOrUnasked_IsRefused()
    {
        var play = Begin("\"rule\": \"All\"").Answer("sign", "head", "Agree");

        play.AssertRefused("work-item-gone", p => p.Answer("sign", "head", "Agree"));
        play.AssertRefused("work-item-gone", p => p.Answer("sign", "city", "Agree"));
        play.AssertRefused("unknown-outcome", p => p.Answer("sign", "leader", "Score"));
    }

    [Fact]
    public void Enter_ComputedSigners_AreThoseOfTheMoment()
    {
        const string Computed = """{ "signers": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getPosts()" } }, "rule": "All" }""";

        Assert.Equal(["wait sign#2", "open sign#2/county", "open sign#2/city"], Play.Begin(Chart(Computed), ("hasCounty", true)).Complete("ask", "Ask").Effects.Skip(1));
        Assert.Equal("agreed", Play.Begin(Chart(Computed), ("hasCounty", false)).Complete("ask", "Ask").State.Result);
    }

    [Theory]
    [InlineData("""{ "signers": [] }""", "needs signers")]
    [InlineData("""{ "signers": ["nobody"] }""", "Unknown role 'nobody'")]
    [InlineData("""{ "signers": ["head"], "rule": "Most" }""", "Unknown rule 'Most'")]
    [InlineData("""{ "signers": ["head"], "rule": "Quorum" }""", "belong together")]
    [InlineData("""{ "signers": ["head"], "rule": "Quorum", "quorum": 2 }""", "never be met")]
    public void Load_WhatCannotBeSigned_IsRefused(string more, string reason) => Chart(more).AssertRefused("sign", reason);
}
