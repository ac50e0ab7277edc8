using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Rubrics;
using NJsonSchema;

namespace Applications.Domain.Tests.Programmes;

public sealed class ProgrammeFolderTests
{
    public static TheoryData<string> All { get; } =
        [.. Directory.GetDirectories(Folders.Root).Select(d => Path.GetFileName(d)).Where(n => n[0] != '_').Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Files_OfEveryFolder_FollowTheirSchema(string folder)
    {
        foreach (var name in new[] { "programme", "form", "rubric" })
        {
            var schema = await JsonSchema.FromFileAsync(Path.Combine(Folders.Root, "_schema", $"{name}.schema.json"), TestContext.Current.CancellationToken);

            var errors = schema.Validate(Folders.Read(folder, $"{name}.json"));

            Assert.True(errors.Count == 0, $"{folder}/{name}.json: {string.Join("; ", errors.Select(e => e.ToString()))}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Parse_EveryFolder_Loads(string folder)
    {
        var loaded = Folders.Load(folder);

        Assert.Equal(folder, loaded.Programme.Key);
        Assert.Equal(100, loaded.Rubric.Groups.Sum(g => g.Weight));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sample_OfEveryFolder_IsInOrderEligibleAndAboveThePassLine(string folder)
    {
        var (programme, form, rubric) = Folders.Load(folder);
        var sample = SampleApplication.Parse(Folders.Read(folder, SampleApplication.FileName), folder);

        var check = AnswerChecker.Check(form, sample.NewAnswers(), sample.Files, sample.Scope);

        Assert.Empty(check.Errors.Select(e => $"{e.InputName}: {e.Message}"));
        Assert.All(check.Sections, s => Assert.Equal(ProgressState.Complete, s.State));
        foreach (var ruleSet in programme.RuleSets)
        {
            var results = EligibilityChecker.Check(programme, ruleSet, check, sample.Scope);
            Assert.All(results, r => Assert.Equal((r.Rule.Id, EligibilityOutcome.Pass), (r.Rule.Id, r.Outcome)));
        }

        var auto = AutoScorer.Score(rubric, check, sample.Scope);
        Assert.All(auto.Values, s => Assert.NotNull(s.Measure));
        var suggested = auto.Values.Sum(s => s.Hundredths);
        Assert.True(suggested >= programme.PassLine * 100, $"The sample scores {suggested}.");
    }

    [Fact]
    public void Parse_FolderOfAnotherName_IsRefused()
    {
        var refused = Assert.Throws<DefinitionException>(() => ProgrammeFolder.Parse("other", file => Folders.Read(Folders.Main, file)));

        Assert.Equal(("other/programme.json", "$.key"), (refused.Problems[0].File, refused.Problems[0].Place));
    }
}
