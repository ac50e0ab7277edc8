using Applications.Domain.Expressions;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Corrections;
using static Applications.Domain.Tests.Forms.SmallForm;

namespace Applications.Domain.Tests.Forms.Corrections;

public sealed class OpenFieldsTests
{
    [Fact]
    public void Of_NothingMarked_OpensAll()
    {
        Assert.True(OpenFields.Of(Form, []).IsAll);
        Assert.Empty(OpenFields.All.ClosedChanges(Form, Answers.Parse("""{"count":1}"""), new Answers()));
    }

    [Theory]
    [InlineData("count", "count")]
    [InlineData("more", "more note")]
    [InlineData("items", "items proof")]
    public void Of_AMarkedField_OpensItAndWhatIsShownOrAskedBecauseOfIt(string marked, string open) =>
        Assert.Equal(open.Split(' '), Form.Fields.Select(f => f.Key).Where(OpenFields.Of(Form, [marked]).Contains));

    [Fact]
    public void Of_AFieldAskedThroughAComputedOne_OpensItToo()
    {
        var form = FormDefinition.Parse(
            """
            { "id": "f", "version": 1, "title": "表", "sections": [ { "key": "s", "title": "一", "fields": [
              { "key": "price", "kind": "money", "label": "价" },
              { "key": "big", "kind": "computed", "label": "大", "expression": "answers.price > 100" },
              { "key": "huge", "kind": "computed", "label": "巨", "expression": "computed.big && true" },
              { "key": "why", "kind": "text", "label": "为何", "visibleWhen": "computed.huge === true" },
              { "key": "other", "kind": "text", "label": "其他" } ] } ] }
            """,
            "f.json");

        var open = OpenFields.Of(form, ["price"]);

        Assert.True(open.Contains("why"));
        Assert.False(open.Contains("other"));
    }

    [Theory]
    [InlineData("""{"name":"甲","count":1}""", """{"name":"甲","count":2}""", "count")]
    [InlineData("""{"name":"甲"}""", """{"name":"","area":2}""", "name")]
    [InlineData("""{"items":[{"_key":"a","title":"x"}]}""", """{"items":[{"_key":"b","title":"x"}]}""", "")]
    [InlineData("""{"items":[{"_key":"a","title":"x"}]}""", """{"items":[]}""", "items")]
    [InlineData("""{"name":""}""", "{}", "")]
    [InlineData("""{"count":5}""", """{"count":5.0}""", "")]
    public void ClosedChanges_BetweenTwoStates_AreThoseOfClosedFieldsAlone(string before, string after, string changed) =>
        Assert.Equal(changed, string.Join(" ", OpenFields.Of(Form, ["area"]).ClosedChanges(Form, Answers.Parse(before), Answers.Parse(after)).Select(f => f.Key)));

    [Theory]
    [InlineData("answers.a > 1 && answers.b.length > 0", "a b")]
    [InlineData("sum(answers.items, i => i.answers)", "items")]
    [InlineData("Object.keys(answers).length > 2", "*")]
    [InlineData("computed.a > 1", "")]
    public void Reads_OfAnExpression_AreItsMembers(string script, string names) =>
        Assert.Equal(names, string.Join(" ", ScriptReferences.Of(Script.Parse(script), "answers").Order()));
}
