using System.Text.Json.Nodes;
using Applications.Domain.Common;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Tests.Programmes;

namespace Applications.Domain.Tests.Forms;

/// <summary>What a form takes out of the enterprise's record, row by row.</summary>
public sealed class FormPrefillTests
{
    private static readonly FormScope Scope = Folders.Sample.Scope;

    /// <summary>Every table of every form that the record can give is given, whole and without a mistake.</summary>
    [Theory]
    [MemberData(nameof(ProgrammeFolderTests.All), MemberType = typeof(ProgrammeFolderTests))]
    public void Fill_EmptyForm_TakesRowsThatTheFormAccepts(string folder)
    {
        var form = Folders.Load(folder).Form;

        var answers = FormPrefill.Fill(form, Scope);

        var check = AnswerChecker.Check(form, answers, null, Scope);
        foreach (var field in form.Fields.Where(f => f.RecordPath is not null))
        {
            Assert.True(answers[field.Key] is not null, $"{folder} {field.Key}");
            Assert.Empty(check.ErrorsOf(field.Key).Where(e => !e.IsMissing).Select(e => e.Message));
        }
    }

    [Fact]
    public void Fill_ProjectsAndStandards_AreThoseOfTheFormsOwnWindow()
    {
        ResearchProject Project(string name, int from, int to) => new(name, "own", "applied", new DateOnly(from, 1, 1), new DateOnly(to, 12, 31), 1, null, false);
        var record = Scope.Enterprise with
        {
            Projects = [Project("早已完成", 2022, 2024), Project("上年在研", 2024, 2026), Project("上年完成", 2024, 2025), Project("今年开始", 2026, 2027)],
            Standards = [new("新", "新", "national", "lead", new DateOnly(2023, 1, 1)), new("旧", "旧", "national", "lead", new DateOnly(2022, 12, 31))],
        };

        var answers = FormPrefill.Fill(Folders.OneTechnology.Form, Scope with { Enterprise = record });

        Assert.Equal(["上年在研", "上年完成"], answers.Rows("rdProjects").Select(r => (string?)r["name"]));
        Assert.Equal(["新"], answers.Rows("standards").Select(r => (string?)r["number"]));
    }

    /// <summary>A laboratory is no platform of a leading unit; a form that does not ask about a level does not get it.</summary>
    [Fact]
    public void Fill_EntryOfALevelTheFormDoesNotAsk_IsLeftOut()
    {
        var answers = FormPrefill.Fill(Folders.Load("manufacturing-innovation-centre-cultivation").Form, Scope);

        Assert.Equal(["省级"], answers.Rows("platforms").Select(r => (string?)r["level"]));
        Assert.Equal(2, FormPrefill.Fill(Folders.OneTechnology.Form, Scope).Rows("platforms").Count);
    }

    [Fact]
    public void Fill_TableThatTheApplicantEmptied_StaysEmpty()
    {
        var answers = new Answers { ["patents"] = new JsonArray() };

        Assert.Empty(FormPrefill.Fill(Folders.OneTechnology.Form, Scope, answers).Rows("patents"));
    }

    [Fact]
    public void Fill_TableBegunWithAnEmptyRecord_IsFilledOnceTheRecordIs()
    {
        var begun = FormPrefill.Fill(Folders.OneTechnology.Form, Scope with { Enterprise = new EnterpriseProfile { Uscc = Scope.Enterprise.Uscc, Name = "新" } });

        Assert.Equal(Scope.Enterprise.Patents.Count, FormPrefill.Fill(Folders.OneTechnology.Form, Scope, begun).Rows("patents").Count);
    }

    [Theory]
    [InlineData("\"prefill\": \"enterprise.patents\"", "\"prefill\": \"enterprise.patent\"", "prefill")]
    [InlineData("\"prefill\": \"enterprise.patents\"", "\"prefillBy\": \"enterprise.patent\"", "prefillBy")]
    [InlineData("\"prefill\": \"enterprise.patents\"", "\"prefillBy\": \"answers.patents\"", "prefillBy")]
    [InlineData("\"prefill\": \"enterprise.patents\"", "\"prefill\": \"enterprise.patents\", \"prefillBy\": \"enterprise.patents\"", "prefillBy")]
    public void Parse_PrefillThatLeadsNowhere_SaysThePlace(string sound, string flawed, string place)
    {
        var json = Folders.Read(Folders.Main, "form.json").Replace(sound, flawed, StringComparison.Ordinal);

        var refused = Assert.Throws<DefinitionException>(() => FormDefinition.Parse(json, "form.json"));

        Assert.Contains(refused.Problems, p => p.Place.EndsWith(place, StringComparison.Ordinal));
    }
}
