using System.Text.Json.Nodes;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Merging;
using CsCheck;
using static Applications.Domain.Tests.Forms.SmallForm;

namespace Applications.Domain.Tests.Forms.Merging;

public sealed class AnswersMergeTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> NoYields = [];

    [Theory]
    [InlineData("""{"name":"甲","count":1}""", """{"name":"乙","count":1}""", """{"name":"甲","count":2}""", """{"name":"乙","count":2}""", "name", "")]
    [InlineData("""{"name":"甲"}""", """{"name":"乙"}""", """{"name":"丙"}""", """{"name":"丙"}""", "", "name")]
    [InlineData("""{"name":"甲"}""", """{"name":"乙"}""", """{"name":"乙"}""", """{"name":"乙"}""", "", "")]
    [InlineData("""{"name":"甲"}""", "{}", """{"name":"甲"}""", "{}", "name", "")]
    [InlineData("""{"name":"甲"}""", """{"name":"乙"}""", "{}", "{}", "", "name")]
    [InlineData("""{"colours":["r"]}""", """{"colours":["r","g"]}""", """{"colours":["r"]}""", """{"colours":["r","g"]}""", "colours", "")]
    public void Merge_OfFields_KeepsBothChangesAndTellsTheOnesThatClash(string shown, string theirs, string mine, string expected, string taken, string clashing)
    {
        var merged = Merge(0, shown, theirs, mine);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), merged.Answers.Json), merged.Answers.ToJson());
        Assert.Equal(taken, string.Join(" ", merged.Taken.Select(f => f.Key)));
        Assert.Equal(clashing, string.Join(" ", merged.Conflicts.Select(c => c.Field.Key)));
    }

    [Theory]
    [InlineData("a1 b2 c3", "a1 b9 c3", "a8 b2 c3", "a8 b9 c3", "")]
    [InlineData("a1 b2", "a1 b2 x5", "a1 b2 y6", "a1 b2 y6 x5", "")]
    [InlineData("a1 b2 c3", "a1 c3", "a1 b2 c7", "a1 c7", "")]
    [InlineData("a1 b2 c3", "a1 b2 c4", "c3 a1 b2", "c4 a1 b2", "")]
    [InlineData("a1 b2", "a1 b3", "a1 b4", "a1 b4", "b")]
    [InlineData("a1 b2", "a1 b3", "a1", "a1", "b")]
    [InlineData("a1 b2", "a1", "a1 b3", "a1 b3", "b")]
    [InlineData("a1", "", "", "", "")]
    [InlineData("", "a1", "a2", "a2", "a")]
    public void Merge_OfRows_TreatsThemLikeFields(string shown, string theirs, string mine, string expected, string clashing)
    {
        var merged = Merge(1, Table(shown), Table(theirs), Table(mine));

        Assert.Equal(expected, string.Join(" ", merged.Answers.Rows("items").Select(r => $"{r[Answers.RowKey]}{r["title"]}")));
        Assert.Equal(clashing, string.Join(" ", merged.Conflicts.SelectMany(c => c.Rows)));
    }

    [Fact]
    public void Merge_WithAChoiceForTheOther_TakesTheOther()
    {
        Dictionary<string, IReadOnlyList<string>> yields = new() { ["name"] = [], ["items"] = ["b"] };

        Assert.Equal("乙", Merge(0, """{"name":"甲"}""", """{"name":"乙"}""", """{"name":"丙"}""", yields).Answers["name"]!.GetValue<string>());
        Assert.Equal("3", Merge(1, Table("a1 b2"), Table("a1 b3"), Table("a9"), yields).Answers.Rows("items")[1]["title"]!.GetValue<string>());
    }

    [Fact]
    public void Merge_OfAFirstValueOutOfTheRecord_IsNoChangeOfTheReaders()
    {
        var known = AnswersBase.Of(Form.Sections[0], Answers.Parse("{}"), Answers.Parse("""{"name":"甲"}"""));

        var merged = AnswersMerge.Merge(Form.Sections[0], known, Answers.Parse("""{"name":"乙"}"""), Answers.Parse("""{"name":"甲"}"""), NoYields);
        var kept = AnswersMerge.Merge(Form.Sections[0], known, Answers.Parse("{}"), Answers.Parse("""{"name":"甲"}"""), NoYields);

        Assert.Equal(("乙", "甲"), (merged.Answers["name"]!.GetValue<string>(), kept.Answers["name"]!.GetValue<string>()));
        Assert.Empty(merged.Conflicts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"items":{"a":{}}}""")]
    [InlineData("nonsense")]
    public void Parse_OfWhatIsNoBase_IsNull(string json) => Assert.Null(AnswersBase.Parse(json));

    /// <summary>Whatever three states there are: what only one side changed is kept, and nothing both changed is decided in silence.</summary>
    [Fact]
    public void Merge_OfAnyThreeStates_LosesNothing()
    {
        var rows = Gen.Select(Gen.OneOfConst("a", "b", "c", "d"), Gen.Int[1, 3], (k, v) => $"{k}{v}").List[0, 4]
            .Select(r => Table(string.Join(' ', r.DistinctBy(x => x[0]))));
        Gen.Select(rows, rows, rows).Sample((shown, theirs, mine) =>
        {
            var merged = Merge(1, shown, theirs, mine);
            var (s, t, m, all) = (Cells(shown), Cells(theirs), Cells(mine), Cells(merged.Answers));
            var clashing = merged.Conflicts.SelectMany(c => c.Rows).ToHashSet();
            return "abcd".Select(c => c.ToString()).All(k =>
            {
                var (was, their, my, now) = (s.GetValueOrDefault(k), t.GetValueOrDefault(k), m.GetValueOrDefault(k), all.GetValueOrDefault(k));
                return their == my ? now == my && !clashing.Contains(k)
                    : their == was ? now == my && !clashing.Contains(k)
                    : my == was ? now == their && !clashing.Contains(k)
                    : clashing.Contains(k);
            });
        });
    }

    private static Dictionary<string, string> Cells(string json) => Cells(Answers.Parse(json));

    private static Dictionary<string, string> Cells(Answers answers) =>
        answers.Rows("items").ToDictionary(r => r[Answers.RowKey]!.GetValue<string>(), r => r["title"]!.GetValue<string>());

    private static string Table(string rows) => new JsonObject
    {
        ["items"] = new JsonArray([.. rows.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => new JsonObject { [Answers.RowKey] = r[..1], ["title"] = r[1..] })]),
    }.ToJsonString();

    private static MergedAnswers Merge(int section, string shown, string theirs, string mine, Dictionary<string, IReadOnlyList<string>>? yields = null)
    {
        var known = AnswersBase.Parse(AnswersBase.Of(Form.Sections[section], Answers.Parse(shown), Answers.Parse(shown)).ToJson())!;
        return AnswersMerge.Merge(Form.Sections[section], known, Answers.Parse(theirs), Answers.Parse(mine), yields ?? NoYields);
    }
}
