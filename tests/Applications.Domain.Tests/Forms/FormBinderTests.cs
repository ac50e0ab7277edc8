using System.Globalization;
using System.Text.Json.Nodes;
using Applications.Domain.Forms;
using CsCheck;
using static Applications.Domain.Tests.Forms.SmallForm;

namespace Applications.Domain.Tests.Forms;

public sealed class FormBinderTests
{
    [Theory]
    [InlineData("capital", "12.3456", "12345600")]
    [InlineData("capital", "１，２３４．５", "1234500000")]
    [InlineData("capital", "1,234", "1234000000")]
    [InlineData("capital", "0.000001", "1")]
    [InlineData("capital", "0.0000001", "\"0.0000001\"")]
    [InlineData("capital", "1,23", "\"1,23\"")]
    [InlineData("capital", "约五百", "\"约五百\"")]
    [InlineData("capital", "99999999999999999999", "\"99999999999999999999\"")]
    [InlineData("count", " 20 ", "20")]
    [InlineData("count", "twenty", "\"twenty\"")]
    [InlineData("area", "3.50", "3.50")]
    [InlineData("day", "2024年5月1日", "\"2024-05-01\"")]
    [InlineData("day", "2024/5/1", "\"2024-05-01\"")]
    [InlineData("day", "2024-02-30", "\"2024-02-30\"")]
    [InlineData("more", "是", "true")]
    [InlineData("more", "maybe", "\"maybe\"")]
    [InlineData("promise", "true", "true")]
    [InlineData("name", "  <script>x</script> ", "\"<script>x</script>\"")]
    [InlineData("name", "a\0b", "\"ab\"")]
    public void Bind_Typed_KeepsValueOrText(string field, string typed, string stored)
    {
        var answers = FormBinder.Bind(Form, Posted((field, typed)));

        Assert.Equal(stored, JsonNode.Parse(answers.ToJson())![field]!.ToJsonString(Domain.Common.DefinitionJson.Options));
    }

    [Fact]
    public void BindThenRaw_AnyMoney_GivesTheSameTextBack() => Gen.Long[-1_000_000_000_000_000, 1_000_000_000_000_000].Sample(fen =>
    {
        var typed = (fen / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture);

        var answers = FormBinder.Bind(Form, Posted(("capital", typed)));

        Assert.Equal(fen, answers["capital"]!.GetValue<long>());
        Assert.Equal(typed, FormDisplay.Raw(Form.FindField("capital")!, answers["capital"]));
    });

    [Fact]
    public void Bind_AnyTextInAnyField_NeverThrowsAndLosesNothing() =>
        Gen.Select(Gen.OneOfConst("name", "count", "area", "capital", "day", "colour", "more"), Gen.String).Sample((field, typed) =>
        {
            var answers = FormBinder.Bind(Form, Posted((field, typed)));
            var raw = FormDisplay.Raw(Form.FindField(field)!, answers[field]);

            Assert.Equal(answers.ToJson(), FormBinder.Bind(Form, Posted((field, raw))).ToJson());
            _ = Check(answers.ToJson());
        });

    [Fact]
    public void Bind_NameNotPosted_KeepsWhatWasThere_EmptyClearsIt()
    {
        var before = Answers.Parse("""{"name":"甲","count":3,"items":[{"_key":"a","title":"x"}]}""");

        var after = FormBinder.Bind(Form, Posted(("count", "")), before);

        Assert.Equal("甲", after["name"]!.GetValue<string>());
        Assert.Null(after["count"]);
        Assert.Single(after.Rows("items"));
        Assert.Equal(3, before["count"]!.GetValue<int>());
    }

    [Fact]
    public void Bind_OneSection_LeavesTheOthers()
    {
        var before = Answers.Parse("""{"name":"甲"}""");

        var after = FormBinder.Bind(Form, Posted(("name", "乙"), ("promise", ""), ("promise", "true")), before, "two");

        Assert.Equal("甲", after["name"]!.GetValue<string>());
        Assert.True(after["promise"]!.GetValue<bool>());
    }

    [Fact]
    public void Bind_TableRows_FollowTheirKeysAndOrder()
    {
        var posted = Posted(
            ("items.index", ""), ("items.index", "b"), ("items.index", "a"), ("items.index", "../x"), ("items.index", "b"),
            ("items[a].title", "甲"), ("items[a].price", "1.5"), ("items[b].title", "乙"), ("items[b].price", "不详"));

        var rows = FormBinder.Bind(Form, posted).Rows("items");

        Assert.Equal(["b", "a"], rows.Select((r, i) => FormBinder.KeyOf(r, i)));
        Assert.Equal("不详", rows[0]["price"]!.GetValue<string>());
        Assert.Equal(1_500_000, rows[1]["price"]!.GetValue<long>());
    }

    [Fact]
    public void Bind_TableMarkerAlone_EmptiesTheTable()
    {
        var before = Answers.Parse("""{"items":[{"_key":"a","title":"x"}]}""");

        Assert.Empty(FormBinder.Bind(Form, Posted(("items.index", "")), before).Rows("items"));
    }

    [Fact]
    public void Bind_RowLeftEmpty_IsNoRow()
    {
        var posted = Posted(
            ("items.index", ""), ("items.index", "a"), ("items.index", "b"),
            ("items[a].title", "甲"), ("items[a].price", ""), ("items[b].title", ""), ("items[b].price", ""));

        Assert.Single(FormBinder.Bind(Form, posted).Rows("items"));
    }

    [Fact]
    public void Text_ForReading_HasUnitsAndLabels()
    {
        Assert.Equal("12.3456 万元", FormDisplay.Text(Form.FindField("capital")!, JsonValue.Create(12_345_600L)));
        Assert.Equal("红、绿", FormDisplay.Text(Form.FindField("colours")!, new JsonArray("r", "g")));
        Assert.Equal("1,200 人", FormDisplay.Text(Form.FindField("count")!, JsonValue.Create(1200)));
        Assert.Equal("3.13%", FormDisplay.Computed(Form.FindField("share")!, 0.03125));
        Assert.Equal("—", FormDisplay.Computed(Form.FindField("share")!, null));
    }

    [Fact]
    public void Prefill_FillsOnlyWhatIsEmpty()
    {
        var filled = FormPrefill.Fill(Form, Scope, Answers.Parse("""{"name":"自填"}"""));

        Assert.Equal("自填", filled["name"]!.GetValue<string>());
        Assert.Equal(12_345_600, filled["capital"]!.GetValue<long>());
    }
}
