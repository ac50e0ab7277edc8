using Applications.Domain.Expressions;

namespace Applications.Domain.Tests.Workflow;

/// <summary>FlowDecision, FlowSwitch and SetVariable, and what their scripts see.</summary>
public sealed class FlowScriptTests
{
    private static Chart Decided(string script) => new Chart().Start().Variable("Round", "Int32", "3").Variable("Open", "Boolean", "true").Variable("Name", "String", "7")
        .Variable("None", "Object", "").Decision("is", script).End("yes").End("no").Arrows("start > is", "is:True > yes", "is:False > no");

    [Theory]
    [InlineData("getRound() === 3", "yes")]
    [InlineData("variables.Round === 3", "yes")]
    [InlineData("return getRound() > 3", "no")]
    [InlineData("getOpen() === true", "yes")]
    [InlineData("getName() === '7'", "yes")]
    [InlineData("getNone() === null", "yes")]
    [InlineData("getInput('windowOpen')", "yes")]
    [InlineData("getInput('hasCounty')", "no")]
    [InlineData("getInput('selected') === null", "yes")]
    [InlineData("getInput('panel').length === 2 && getInput('panel')[1] === 'bob'", "yes")]
    [InlineData("getInput('filingClosesAt') === '2026-12-01T16:00:00.000Z'", "yes")]
    [InlineData("getInput('filingClosesAt') < getInput('noticeEndsAt')", "yes")]
    [InlineData("0", "no")]
    [InlineData("''", "no")]
    [InlineData("'yes'", "no")]
    [InlineData("'true'", "yes")]
    [InlineData("'false'", "no")]
    [InlineData("[1]", "no")]
    [InlineData("getInput('panel')", "no")]
    [InlineData("undefined", "no")]
    [InlineData("0 / 0", "yes")]
    [InlineData("2", "yes")]
    public void Start_Decision_LeavesAsTheScriptSays(string script, string result)
    {
        var play = Play.Begin(
            Decided(script),
            ("windowOpen", true),
            ("hasCounty", false),
            ("panel", new List<string> { "ann", "bob" }),
            ("filingClosesAt", new DateTime(2026, 12, 1, 16, 0, 0, DateTimeKind.Utc)),
            ("noticeEndsAt", new DateTime(2027, 1, 1, 16, 0, 0, DateTimeKind.Utc)));

        Assert.Equal(result, play.State.Result);
    }

    [Theory]
    [InlineData("1", "small")]
    [InlineData("5", "middle")]
    [InlineData("9", "big")]
    [InlineData("null", "other")]
    public void Start_Switch_TakesTheFirstCaseThatHolds(string value, string result)
    {
        var chart = new Chart().Start().Variable("Size", "Int32", value)
            .Switch("how", "Small = getSize() !== null && getSize() < 3", "Middle = getSize() !== null && getSize() < 7", "Big = getSize() !== null")
            .End("small").End("middle").End("big").End("other")
            .Arrows("start > how", "how:Small > small", "how:Middle > middle", "how:Big > big", "how:Default > other");

        Assert.Equal([$"end {result}"], Play.Begin(chart).Effects);
    }

    [Theory]
    [InlineData("getRound() + 1", "4")]
    [InlineData("({ a: [getRound(), null, 'x'] })", """{"a":[3,null,"x"]}""")]
    [InlineData("undefined", "null")]
    [InlineData("0 / 0", "null")]
    [InlineData("1 / 0", "null")]
    [InlineData("[0 / 0, { a: -1 / 0 }]", """[null,{"a":null}]""")]
    public void Start_SetVariableByScript_KeepsTheValueAsJson(string script, string json)
    {
        var chart = new Chart().Start().Variable("Round", "Int32", "3").Set("set", "Round", script: script).Item("look", "Ok").End("over")
            .Arrows("start > set", "set > look", "look:Ok > over");

        Assert.Equal(json, Play.Begin(chart).State.Variables["Round"].GetRawText());
    }

    [Fact]
    public void Start_SetVariableByLiteral_KeepsIt()
    {
        var chart = new Chart().Start().Variable("To").Set("set", "To", "\"county\"").Decision("is", "getTo() === 'county' && variables.To === 'county'").End("yes").End("no")
            .Arrows("start > set", "set > is", "is:True > yes", "is:False > no");

        Assert.Equal("yes", Play.Begin(chart).State.Result);
    }

    /// <summary>A later script of the same run sees what an earlier one set, and no run sees another case's values.</summary>
    [Fact]
    public void Complete_CounterInALoop_CountsThisCaseOnly()
    {
        var chart = new Chart().Start().Variable("Round", "Int32", "0").Set("count", "Round", script: "getRound() + 1").Item("check", "Return")
            .Decision("enough", "getRound() >= 3").End("over")
            .Arrows("start > count", "count > check", "check:Return > enough", "enough:False > count", "enough:True > over");
        var (one, other) = (Play.Begin(chart), Play.Begin(chart));

        one.Complete("check", "Return").Complete("check", "Return");

        Assert.Equal(3, one.State.Variables["Round"].GetInt32());
        Assert.Equal(1, other.State.Variables["Round"].GetInt32());
        Assert.Equal("over", one.Complete("check", "Return").State.Result);
    }

    /// <summary>A script that writes into what it was given changes nothing: the state moves by SetVariable alone.</summary>
    [Fact]
    public void Start_ScriptThatWrites_ChangesNothing()
    {
        var chart = new Chart().Start().Variable("Round", "Int32", "3").Decision("is", "(variables.Round = 9) > 0").Decision("still", "variables.Round === 3 && getRound() === 3")
            .End("yes").End("no").Arrows("start > is", "is:True > still", "is:False > no", "still:True > yes", "still:False > no");

        Assert.Equal("yes", Play.Begin(chart).State.Result);
    }

    /// <summary>A script that never ends is stopped by the statements it runs, so a busy machine stops it no earlier than an idle one.</summary>
    [Fact]
    public void Start_ScriptThatNeverEnds_IsStoppedByItsStatements()
    {
        var failure = Assert.Throws<ScriptException>(() => Play.Begin(Decided("return (function () { for (;;) { } })()")));

        Assert.Contains("statements", failure.Message, StringComparison.Ordinal);
    }
}
