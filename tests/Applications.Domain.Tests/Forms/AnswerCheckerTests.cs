using System.Text.Json;
using System.Text.Json.Nodes;
using Applications.Domain.Forms;
using Applications.Domain.Tests.Programmes;
using static Applications.Domain.Tests.Forms.SmallForm;

namespace Applications.Domain.Tests.Forms;

public sealed class AnswerCheckerTests
{
    [Fact]
    public void Check_Nothing_AsksForWhatIsRequired()
    {
        var check = Check("{}");

        Assert.Equal(["name", "promise"], check.Errors.Select(e => e.FieldKey));
        Assert.All(check.Errors, e => Assert.True(e.IsMissing));
        Assert.Empty(check.Mistakes);
        Assert.All(check.Sections, s => Assert.Equal(ProgressState.Empty, s.State));
    }

    [Theory]
    [InlineData("""{"name":"一二三四五六"}""", "name", "最多5字")]
    [InlineData("""{"name":7}""", "name", "应为文字")]
    [InlineData("""{"count":"many"}""", "count", "应为整数")]
    [InlineData("""{"count":1.5}""", "count", "应为整数")]
    [InlineData("""{"count":0}""", "count", "不能小于1人")]
    [InlineData("""{"count":101}""", "count", "不能大于100人")]
    [InlineData("""{"area":1.25}""", "area", "最多1位小数")]
    [InlineData("""{"area":1e300}""", "area", "应为数字")]
    [InlineData("""{"capital":"12.34567890"}""", "capital", "最多6位小数")]
    [InlineData("""{"capital":"abc"}""", "capital", "应为数字")]
    [InlineData("""{"capital":0.5}""", "capital", "精确到分")]
    [InlineData("""{"capital":-1000000}""", "capital", "不能小于0万元")]
    [InlineData("""{"day":"2024-02-30"}""", "day", "应为日期")]
    [InlineData("""{"colour":"b"}""", "colour", "从选项中选择")]
    [InlineData("""{"colours":["r","r"]}""", "colours", "从选项中选择")]
    [InlineData("""{"colours":{"r":1}}""", "colours", "从选项中选择")]
    [InlineData("""{"more":"maybe"}""", "more", "“是”或“否”")]
    [InlineData("""{"promise":false}""", "promise", "勾选")]
    [InlineData("""{"items":"none"}""", "items", "表格的各行")]
    [InlineData("""{"items":[1]}""", "items", "表格的各行")]
    [InlineData("""{"items":[{"title":"x","hack":1}]}""", "items", "没有列“hack”")]
    [InlineData("""{"hack":1}""", "hack", "没有字段")]
    public void Check_Wrong_SaysSoAtTheField(string answers, string field, string message)
    {
        var check = Check(answers);

        Assert.Contains(check.Mistakes, e => e.FieldKey == field && e.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_HiddenAnswer_CountsForNothing()
    {
        var hidden = Check("""{"name":"甲","more":false,"note":"旧的说明，长得超过了二十个字所以本来是错误的一段话","promise":true}""");
        var shown = Check("""{"name":"甲","more":true,"promise":true}""");

        Assert.True(hidden.IsValid);
        Assert.Null(hidden.Values["note"]);
        Assert.Contains("note", hidden.Hidden);
        Assert.Equal("note", Assert.Single(shown.Errors).FieldKey);
    }

    [Fact]
    public void Check_Table_ComputesCellsAndTotals_AndPointsAtTheCell()
    {
        var check = Check("""{"capital":1000,"items":[{},{"_key":"k","title":"x","price":300,"pieces":2},{"price":100,"pieces":0}]}""");

        Assert.Equal(600d, check.Computed["total"]);
        Assert.Equal(0.6, check.Computed["share"]);
        Assert.Equal(2, ((IReadOnlyList<AnswerRow>)check.Values["items"]!).Count);
        var missing = Assert.Single(check.Errors, e => e.Column == "title");
        Assert.Equal((2, "items[r2].title", true), (missing.Row, missing.InputName, missing.IsMissing));
        Assert.Contains(check.Errors, e => e.InputName == "items[r2].pieces" && e.Message == "第3行：件数应大于零。");
    }

    [Fact]
    public void Check_RuleBetweenFields_IsBrokenOnlyWhenKnown()
    {
        const string Items = "\"items\":[{\"title\":\"x\",\"price\":300,\"pieces\":2}]";

        Assert.Contains(Check($"{{\"capital\":500,{Items}}}").Errors, e => e.Message == "合计不能大于资本。");
        Assert.DoesNotContain(Check($"{{{Items}}}").Errors, e => e.Message == "合计不能大于资本。");
    }

    [Fact]
    public void Check_TooManyRows_IsOneClearMessage()
    {
        var rows = string.Join(',', Enumerable.Range(0, 2000).Select(i => $"{{\"title\":\"t{i}\"}}"));

        var check = Check($"{{\"items\":[{rows}]}}");

        Assert.Equal("清单最多500行，现有2000行。", Assert.Single(check.ErrorsOf("items")).Message);
    }

    [Theory]
    [InlineData("a.exe", 10, "类型不被接受")]
    [InlineData("a.pdf", 60L * 1024 * 1024, "超过50 MB")]
    [InlineData("a.pdf", 0, "空文件")]
    public void Check_Files_AreOfKindAndSize(string name, long size, string message)
    {
        var check = Check("{}", ("proof", name, size));

        Assert.Contains(message, Assert.Single(check.ErrorsOf("proof")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_FilesRequiredWhenOrTooMany_SaysSo()
    {
        Assert.Equal("请上传证明。", Assert.Single(Check("""{"items":[{"title":"x"}]}""").ErrorsOf("proof")).Message);
        Assert.Contains("最多2个", Assert.Single(Check("{}", ("proof", "1.pdf", 1), ("proof", "2.PDF", 1), ("proof", "3.pdf", 1)).ErrorsOf("proof")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RealForm_MissingAttachment_IsFoundInItsSection()
    {
        var sample = Folders.Sample;
        var files = sample.Files.Where(f => f.Key != "auditReport").ToDictionary();

        var check = AnswerChecker.Check(Folders.OneTechnology.Form, sample.NewAnswers(), files, sample.Scope);

        var error = Assert.Single(check.Errors);
        Assert.Equal(("attachments", "auditReport", "请上传上年度审计报告。"), (error.SectionKey, error.FieldKey, error.Message));
        Assert.Equal(ProgressState.InProgress, check.Sections.Single(s => s.Key == "attachments").State);
    }

    [Fact]
    public void Check_RealForm_FullTables_AreStillCheckedToTheLastRow()
    {
        var answers = Folders.Sample.NewAnswers();
        answers["patents"] = new JsonArray([.. Enumerable.Range(0, 500).Select(i => new JsonObject
        {
            ["kind"] = "invention",
            ["number"] = i == 499 ? "ZL0" : $"ZL{i}",
            ["title"] = "示例",
            ["status"] = "granted",
            ["applyDate"] = "2022-01-01",
            ["grantDate"] = i == 499 ? "2021-01-01" : "2025-01-01",
            ["holder"] = Folders.Sample.Enterprise.Name,
            ["source"] = "own",
        })]);

        var check = AnswerChecker.Check(Folders.OneTechnology.Form, answers, Folders.Sample.Files, Folders.Sample.Scope);

        Assert.Equal(499d, check.Computed["patentsInWindow"]);
        Assert.Equal(["第500行：授权公告日不能早于申请日。", "有重复的专利号或申请号。"], check.Errors.Select(e => e.Message));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"name\":1,\"name\":2}")]
    [InlineData("{\"name\":\"a\\u0000b\"}")]
    public void Parse_NotStorable_IsRefused(string json) => Assert.ThrowsAny<JsonException>(() => Answers.Parse(json));

    [Fact]
    public void Check_RealForm_OnlyPrefilled_HasNoMistakes()
    {
        var form = Folders.OneTechnology.Form;

        var check = AnswerChecker.Check(form, FormPrefill.Fill(form, Folders.Sample.Scope), null, Folders.Sample.Scope);

        Assert.Empty(check.Mistakes.Select(e => $"{e.InputName}: {e.Message}"));
        Assert.Equal(3, ((IReadOnlyList<AnswerRow>)check.Values["yearFigures"]!).Count);
        Assert.Equal("小型", check.Computed["enterpriseSize"]);
    }
}
