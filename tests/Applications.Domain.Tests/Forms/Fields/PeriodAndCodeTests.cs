using Applications.Domain.Common;
using Applications.Domain.Forms;
using static Applications.Domain.Tests.Forms.SmallForm;

namespace Applications.Domain.Tests.Forms.Fields;

public sealed class PeriodAndCodeTests
{
    [Theory]
    [InlineData("2024-01-01", "2024-12-31", null)]
    [InlineData("2024-01-01", "2024-01-01", null)]
    [InlineData("2024年1月2日", "2024/3/9", null)]
    [InlineData("2024-01-02", "2024-01-01", "不能早于")]
    [InlineData("2024-01-01", "", "都要填写")]
    [InlineData("", "2024-01-01", "都要填写")]
    [InlineData("去年", "2024-01-01", "都要填写")]
    [InlineData("0024-01-01", "2024-01-01", "年份")]
    public void Period_OfTwoInputs_IsCheckedAsOne(string from, string to, string? words)
    {
        var answers = FormBinder.Bind(EveryKind.Form, Posted(("period", from), ("period", to)));
        var error = EveryKind.Check(answers).ErrorsOf("period").SingleOrDefault();

        Assert.Equal(words is null, error is null);
        Assert.Contains(words ?? string.Empty, error?.Message ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void Period_Typed_IsStoredShownAndSeenByExpressions()
    {
        var answers = FormBinder.Bind(EveryKind.Form, Posted(("period", "2024.1.2"), ("period", "2024-12-31")));

        Assert.Equal("""{"from":"2024-01-02","to":"2024-12-31"}""", answers["period"]!.ToJsonString());
        Assert.Equal("2024年1月2日 至 2024年12月31日", FormDisplay.Text(EveryKind.Form.FindField("period")!, answers["period"]));
        Assert.Equal(["2024-01-02", "2024-12-31"], FormDisplay.Ends(answers["period"]));
        Assert.Equal("2024-01-02", EveryKind.Check(answers).Computed["days"]);
    }

    [Fact]
    public void Period_LeftEmpty_IsNoAnswer()
    {
        Assert.Null(FormBinder.Bind(EveryKind.Form, Posted(("period", ""), ("period", " ")))["period"]);
        Assert.True(EveryKind.Check(Answers.Parse("""{"period":{"from":null}}""")).IsValid);
        Assert.False(EveryKind.Check(Answers.Parse("""{"period":{"from":"2024-01-01","to":"2024-02-01","days":3}}""")).IsValid);
        Assert.False(EveryKind.Check(Answers.Parse("""{"period":"2024-01-01"}""")).IsValid);
    }

    [Fact]
    public void Period_InARow_IsReadFromOneCellToo_AndRulesSeeIt()
    {
        var answers = FormBinder.Bind(EveryKind.Form, Posted(("rows.index", "a"), ("rows[a].period", "1999-01-01 至 2001-01-01")));

        Assert.Contains("不早于2000年", Assert.Single(EveryKind.Check(answers).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_TypedByName_IsStoredAsCodeAndShownWithItsName()
    {
        var answers = FormBinder.Bind(EveryKind.Form, Posted(("industry", "变压器、整流器和电感器制造"), ("division", "历下区")));

        Assert.Equal("C3821", answers["industry"]!.GetValue<string>());
        Assert.Equal("370102", answers["division"]!.GetValue<string>());
        Assert.True(EveryKind.Check(answers).IsValid);
        Assert.Equal("C3821 变压器、整流器和电感器制造", FormDisplay.Raw(EveryKind.Form.FindField("industry")!, answers["industry"]));
        Assert.Equal("济南市历下区", FormDisplay.Text(EveryKind.Form.FindField("division")!, answers["division"]));
    }

    [Theory]
    [InlineData("变压器厂", "不在国民经济行业分类")]
    [InlineData("C38", "应选到小类")]
    [InlineData("A0111", "应在以下范围内：C 制造业、I65 软件和信息技术服务业")]
    public void Code_OutOfTheListOrItsPart_IsKeptAndExplained(string typed, string words)
    {
        var answers = FormBinder.Bind(EveryKind.Form, Posted(("industry", typed)));

        Assert.Equal(typed, answers["industry"]!.GetValue<string>());
        Assert.Contains(words, Assert.Single(EveryKind.Check(answers).ErrorsOf("industry")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"list\": \"industries\"", "\"list\": \"chains\"")]
    [InlineData("\"list\": \"industries\",", "")]
    [InlineData("\"under\": [\"C\", \"I65\"]", "\"under\": [\"C\", \"X9\"]")]
    public void Form_ThatNamesNoListOrNoCodeOfIt_IsRefused(string words, string instead) =>
        Assert.Throws<DefinitionException>(() => FormDefinition.Parse(EveryKind.Json.Replace(words, instead, StringComparison.Ordinal), "x.json"));
}
