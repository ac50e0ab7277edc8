using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Rubrics;
using NJsonSchema;

namespace Applications.Domain.Tests.Programmes;

public sealed class ProgrammeFolderTests
{
    public static TheoryData<string> All { get; } = [.. Folders.Keys];

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
        Assert.All(loaded.Rubric.AllRounds, r => Assert.Equal(100, loaded.Rubric.ForRound(r.Key).Groups.Sum(g => g.Weight)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sample_OfEveryFolder_IsInOrderEligibleAndAboveThePassLine(string folder)
    {
        var (programme, form, rubric) = Folders.Load(folder);
        var sample = Folders.SampleOf(folder);

        var check = AnswerChecker.Check(form, sample.NewAnswers(), sample.Files, sample.Scope);

        Assert.Empty(check.Errors.Select(e => $"{e.InputName}: {e.Message}"));
        Assert.All(check.Sections, s => Assert.Equal(ProgressState.Complete, s.State));
        foreach (var ruleSet in programme.RuleSets)
        {
            var results = EligibilityChecker.Check(programme, form, ruleSet, check, sample.Scope);
            Assert.All(results, r => Assert.Equal((r.Rule.Id, EligibilityOutcome.Pass), (r.Rule.Id, r.Outcome)));
        }

        var auto = AutoScorer.Score(rubric, check, sample.Scope);
        Assert.All(auto.Values, s => Assert.NotNull(s.Measure));
        var (suggested, most) = (auto.Values.Sum(s => s.Hundredths), auto.Values.Sum(s => s.Criterion.Weight));
        Assert.True(suggested >= programme.PassLine * most, $"The sample scores {suggested} of {most} points that the form decides.");
    }

    /// <summary>As the pages show it and the browser posts it back, and as it is stored.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Sample_OfEveryFolder_RoundTripsThroughPageAndStore(string folder)
    {
        var form = Folders.Load(folder).Form;
        var sample = Folders.SampleOf(folder);
        var answers = FormPrefill.Fill(form, sample.Scope, sample.NewAnswers());
        var posted = form.Fields.Where(f => f.Kind is not (FieldKind.Computed or FieldKind.Files)).SelectMany(f => Posted(f, answers)).ToLookup(p => p.Name, p => p.Value);

        Assert.Equal(answers.ToJson(), FormBinder.Bind(form, posted, answers).ToJson());
        Assert.Equal(answers.ToJson(), Answers.Parse(answers.ToJson()).ToJson());

        static IEnumerable<(string Name, string Value)> Posted(FieldDefinition field, Answers answers) => field.IsTable
            ? answers.Rows(field.Key).SelectMany((row, i) => field.Columns.Where(c => c.Kind is not FieldKind.Computed)
                .Select(c => (FormBinder.CellName(field, FormBinder.KeyOf(row, i), c), FormDisplay.Raw(c, row[c.Key])))
                .Append((FormBinder.IndexName(field), FormBinder.KeyOf(row, i))))
            : [(field.Key, FormDisplay.Raw(field, answers[field.Key]))];
    }

    [Fact]
    public void Parse_FolderOfAnotherName_IsRefused()
    {
        var refused = Assert.Throws<DefinitionException>(() => ProgrammeFolder.Parse("other", file => Folders.Read(Folders.Main, file)));

        Assert.Equal(("other/programme.json", "$.key"), (refused.Problems[0].File, refused.Problems[0].Place));
    }
}
