using Applications.Domain.Common;
using Applications.Domain.Forms.Lists;

namespace Applications.Domain.Tests.Forms.Lists;

public sealed class CodeListTests
{
    private static readonly string[] Applying = ["C", "I65"];

    /// <summary>As the standard counts itself: 20 门类, 97 大类, 473 中类, 1380 小类.</summary>
    [Fact]
    public void Industries_HaveAsManyEntriesAsTheStandardSays() =>
        Assert.Equal([20, 97, 473, 1380], CodeLists.Industries.Entries.CountBy(e => e.Level).OrderBy(c => c.Key).Select(c => c.Value));

    /// <summary>The province, its 16 cities, its 136 districts, county-level cities and counties.</summary>
    [Fact]
    public void Divisions_HaveTheCitiesAndCountiesOfShandong()
    {
        var list = CodeLists.Find("divisions")!;

        Assert.Equal([1, 16, 136], list.Entries.CountBy(e => e.Level).OrderBy(c => c.Key).Select(c => c.Value));
        Assert.Equal("济南市历下区", list.LabelOf(list.Find("370102")!));
        Assert.Equal("济南市", list.LabelOf(list.Find("370100")!));
        Assert.False(list.IsChoosable(list.Find("370000")!));
    }

    [Theory]
    [InlineData("C3821", "C3821")]
    [InlineData(" c3821 ", "C3821")]
    [InlineData("3821", "C3821")]
    [InlineData("Ｃ３８２１", "C3821")]
    [InlineData("C3821 变压器、整流器和电感器制造", "C3821")]
    [InlineData("变压器、整流器和电感器制造", "C3821")]
    [InlineData("C38", "C38")]
    [InlineData("C3800", null)]
    [InlineData("变压器", null)]
    [InlineData("", null)]
    public void Resolve_WhatPeopleType_FindsTheCodeThatIsMeant(string typed, string? code) => Assert.Equal(code, CodeLists.Industries.Resolve(typed));

    /// <summary>市中区 is in Jinan and in Zaozhuang.</summary>
    [Fact]
    public void Resolve_ANameThatTwoEntriesHave_MeansNone()
    {
        var list = CodeLists.Find("divisions")!;

        Assert.Null(list.Resolve("市中区"));
        Assert.Equal("370402", list.Resolve("枣庄市市中区"));
        Assert.Equal("370102", list.Resolve("历下区"));
    }

    [Fact]
    public void Search_ByWordsOfNameAndPath_FindsTheNearestFirst()
    {
        Assert.Equal("C3821", CodeLists.Industries.Search("变压器", Applying).First().Code);
        Assert.Contains(CodeLists.Industries.Search("电气机械 变压", Applying), e => e.Code == "C3821");
        Assert.All(CodeLists.Industries.Search("软件", Applying), e => Assert.True(e.IsUnder("C") || e.IsUnder("I65")));
        Assert.Empty(CodeLists.Industries.Search("稻谷种植", Applying));
        Assert.Equal("A0111", Assert.Single(CodeLists.Industries.Search("稻谷种植", [])).Code);
    }

    [Theory]
    [InlineData("C3821", null)]
    [InlineData("C382", "小类")]
    [InlineData("A0111", "C 制造业")]
    [InlineData("C9999", "不在国民经济行业分类")]
    public void ProblemOf_ACode_SaysWhatIsWrong(string code, string? words)
    {
        var problem = CodeLists.Industries.ProblemOf(code, Applying);

        Assert.Equal(words is null, problem is null);
        Assert.Contains(words ?? string.Empty, problem ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"A11": "无上级"}""")]
    [InlineData("""{"A": "甲", "A123456": "太长"}""")]
    public void Parse_AListThatDoesNotHang_IsRefused(string entries) => Assert.Throws<DefinitionException>(() => CodeList.Parse(
        $$"""{ "id": "x", "title": "X", "source": "Y", "levels": [{ "name": "一", "length": 2 }, { "name": "二", "length": 3 }], "chosenFrom": "二", "labelledBy": "code", "entries": {{entries}} }""", "x.json"));

    [Fact]
    public void Path_OfAnEntry_LeadsFromTheTop() =>
        Assert.Equal(["制造业", "电气机械和器材制造业", "输配电及控制设备制造", "变压器、整流器和电感器制造"], CodeLists.Industries.Find("C3821")!.Path.Select(e => e.Name));
}
