using System.Text.Json.Nodes;
using Applications.Domain.Common;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;

namespace Applications.Domain.Tests.Programmes;

public sealed class EligibilityCheckerTests
{
    private const long Wan = 1_000_000;

    private static readonly ProgrammeDefinition Programme = Folders.OneTechnology.Programme;

    [Fact]
    public void Check_EmptyForm_KnowsNothingOfFigures()
    {
        var results = Check(new Answers());

        Assert.Equal(EligibilityOutcome.Unknown, Of(results, "P2-2").Outcome);
        Assert.Equal(EligibilityOutcome.Unknown, Of(results, "P2-4a").Outcome);
        Assert.Equal(EligibilityOutcome.Unknown, Of(results, "P2-6").Outcome);
        Assert.False(EligibilityChecker.MaySubmit(results));
    }

    [Theory]
    [InlineData("centreRdSpend", 200 * Wan, "P2-4a", EligibilityOutcome.Pass)]
    [InlineData("centreRdSpend", (200 * Wan) - 1, "P2-4a", EligibilityOutcome.Fail)]
    [InlineData("centreRdStaff", 20L, "P2-4b", EligibilityOutcome.Pass)]
    [InlineData("centreRdStaff", 19L, "P2-4b", EligibilityOutcome.Fail)]
    [InlineData("hasFixedSite", false, "P2-5a", EligibilityOutcome.Fail)]
    [InlineData("hasBadRecord", true, "P2-R", EligibilityOutcome.Fail)]
    [InlineData("cityTitleStatus", "pending", "P2-7", EligibilityOutcome.Pass)]
    [InlineData("cityCode", "110000", "P2-S", EligibilityOutcome.Fail)]
    public void Check_AtTheLine(string field, object value, string rule, EligibilityOutcome outcome)
    {
        var answers = Folders.Sample.NewAnswers();
        answers[field] = JsonValue.Create(value);

        Assert.Equal(outcome, Of(Check(answers), rule).Outcome);
    }

    [Theory]
    [InlineData(15, 5, EligibilityOutcome.Pass)]
    [InlineData(14, 5, EligibilityOutcome.Fail)]
    [InlineData(15, 4, EligibilityOutcome.Fail)]
    public void Check_Patents_CountsOnlyOwnOnesGrantedInTheTwoYearsBefore(int patents, int inventions, EligibilityOutcome outcome)
    {
        var rows = Enumerable.Range(0, patents).Select(i => Patent(i, i < inventions ? "invention" : "utility", i % 2 == 0 ? "2024-01-01" : "2025-12-31", "own"))
            .Append(Patent(90, "invention", "2023-12-31", "own"))
            .Append(Patent(91, "invention", "2026-01-01", "own"))
            .Append(Patent(92, "invention", "2025-05-05", "assigned"));
        var answers = Folders.Sample.NewAnswers();
        answers["patents"] = new JsonArray([.. rows]);

        var result = Of(Check(answers), "P2-2");

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal([$"{patents} 项", $"{inventions} 项"], result.Figures.Select(f => f.Text));
    }

    [Fact]
    public void Check_SoftwareFirm_IsJudgedByCopyrights()
    {
        var answers = Folders.Sample.NewAnswers();
        answers["industry"] = "I6513";

        var result = Of(Check(answers), "P2-2");

        Assert.Equal(EligibilityOutcome.Fail, result.Outcome);
        Assert.Equal("近两年软件著作权", Assert.Single(result.Figures).Label);
    }

    [Theory]
    [InlineData("falseData", "2023-03-16", EligibilityOutcome.Fail)]
    [InlineData("falseData", "2023-03-15", EligibilityOutcome.Pass)]
    [InlineData("entityTerminated", "2026-01-01", EligibilityOutcome.Pass)]
    public void Check_Revocation_BarsForThreeYearsUnlessTheEntityEnded(string ground, string on, EligibilityOutcome outcome)
    {
        var history = new ApplicantHistory { Revocations = [new RevokedTitle(Programme.Key, ground, DateOnly.ParseExact(on, "yyyy-MM-dd"))] };

        Assert.Equal(outcome, Of(Check(Folders.Sample.NewAnswers(), history), "P2-B").Outcome);
    }

    [Fact]
    public void Check_TitleInForce_Bars_ExpiredOneDoesNot()
    {
        HeldTitle Title(int year) => new(Programme.Key, "1", new DateOnly(year, 7, 1), new DateOnly(year + 3, 6, 30));

        Assert.Equal(EligibilityOutcome.Fail, Of(Check(Folders.Sample.NewAnswers(), new ApplicantHistory { Titles = [Title(2024)] }), "P2-H").Outcome);
        Assert.Equal(EligibilityOutcome.Pass, Of(Check(Folders.Sample.NewAnswers(), new ApplicantHistory { Titles = [Title(2020)] }), "P2-H").Outcome);
    }

    [Fact]
    public void Check_NationalRecommendation_BuildsOnAProvincialTitleInForce()
    {
        var (programme, form, _) = Folders.Load("quality-benchmark-national");
        var sample = Folders.SampleOf("quality-benchmark-national");
        var answers = sample.NewAnswers();
        answers["provincialNumber"] = null;
        EligibilityOutcome With(string key, DateOnly expires)
        {
            var scope = sample.Scope with { History = new ApplicantHistory { Titles = [new HeldTitle(key, "1", new DateOnly(2024, 7, 1), expires)] } };
            return Of(EligibilityChecker.Check(programme, form, programme.RuleSets[0], AnswerChecker.Check(form, answers, sample.Files, scope), scope), "P3N-P").Outcome;
        }

        Assert.Equal(EligibilityOutcome.Pass, With("quality-benchmark-provincial", new DateOnly(2027, 6, 30)));
        Assert.Equal(EligibilityOutcome.Unknown, With("quality-benchmark-provincial", new DateOnly(2026, 3, 1)));
        Assert.Equal(EligibilityOutcome.Unknown, With("century-brand", new DateOnly(2027, 6, 30)));
    }

    /// <summary>programmes.md 8, rows P1-3 and P1-7, just inside and just outside, with the tests of the other thresholds of the new programmes.</summary>
    [Theory]
    [InlineData("manufacturing-innovation-centre-cultivation", "P1-7", "honour", "none", EligibilityOutcome.Pass)]
    [InlineData("manufacturing-innovation-centre-cultivation", "P1-5", "inPlannedField", false, EligibilityOutcome.Fail)]
    [InlineData("manufacturing-innovation-centre-cultivation", "P1-6", "operatorIndependent", false, EligibilityOutcome.Fail)]
    [InlineData("manufacturing-innovation-centre-acceptance", "P1A-3", "operatorFoundedOn", "2025-03-20", EligibilityOutcome.Pass)]
    [InlineData("manufacturing-innovation-centre-acceptance", "P1A-3", "operatorFoundedOn", "2025-04-01", EligibilityOutcome.Fail)]
    [InlineData("manufacturing-innovation-centre-acceptance", "P1A-5", "rdStaff", 43L, EligibilityOutcome.Pass)]
    [InlineData("manufacturing-innovation-centre-acceptance", "P1A-5", "rdStaff", 42L, EligibilityOutcome.Fail)]
    [InlineData("manufacturing-innovation-centre-acceptance", "P1A-6", "rdSpend", 1_260_000_000L, EligibilityOutcome.Pass)]
    [InlineData("manufacturing-innovation-centre-acceptance", "P1A-6", "rdSpend", 1_259_999_999L, EligibilityOutcome.Fail)]
    [InlineData("quality-benchmark-provincial", "P3-N", "nationalWithinThreeYears", true, EligibilityOutcome.Fail)]
    [InlineData("quality-benchmark-provincial", "P3-3", "startedOn", "2025-03-15", EligibilityOutcome.Pass)]
    [InlineData("quality-benchmark-provincial", "P3-3", "startedOn", "2025-03-16", EligibilityOutcome.Warning)]
    [InlineData("century-brand", "P4-1", "registeredOn", "2016-12-31", EligibilityOutcome.Pass)]
    [InlineData("century-brand", "P4-1", "registeredOn", "2017-01-01", EligibilityOutcome.Fail)]
    [InlineData("century-brand", "P4-5", "brandStaff", 0L, EligibilityOutcome.Fail)]
    [InlineData("century-brand", "P4-6", "twoLossYears", true, EligibilityOutcome.Fail)]
    [InlineData("century-brand", "P4-7", "spotCheckFailed", true, EligibilityOutcome.Fail)]
    public void Check_OtherProgrammes_AtTheLine(string key, string rule, string field, object value, EligibilityOutcome outcome)
    {
        var answers = Folders.SampleOf(key).NewAnswers();
        answers[field] = JsonValue.Create(value);

        Assert.Equal(outcome, Of(CheckOf(key, answers), rule).Outcome);
    }

    [Theory]
    [InlineData("none", 5, EligibilityOutcome.Pass)]
    [InlineData("none", 4, EligibilityOutcome.Fail)]
    [InlineData("gazelle", 4, EligibilityOutcome.Pass)]
    [InlineData("gazelle", 3, EligibilityOutcome.Fail)]
    public void Check_Investors_FiveOrFourForDistinguishedLeaders(string honour, int investors, EligibilityOutcome outcome)
    {
        const string key = "manufacturing-innovation-centre-cultivation";
        var answers = Folders.SampleOf(key).NewAnswers();
        answers["honour"] = honour;
        answers["investors"] = new JsonArray([.. answers["investors"]!.AsArray().Take(investors).Select(i => i!.DeepClone())]);

        Assert.Equal(outcome, Of(CheckOf(key, answers), "P1-7").Outcome);
    }

    /// <summary>Three per cent of a small revenue, or twenty million every year of a large one.</summary>
    [Theory]
    [InlineData(300, 10_000, EligibilityOutcome.Pass)]
    [InlineData(299, 10_000, EligibilityOutcome.Fail)]
    [InlineData(2_000, 500_000, EligibilityOutcome.Pass)]
    [InlineData(1_999, 500_000, EligibilityOutcome.Fail)]
    public void Check_LeadingEnterprise_ThreePerCentOrTwentyMillionEveryYear(long researchWan, long revenueWan, EligibilityOutcome outcome)
    {
        const string key = "manufacturing-innovation-centre-cultivation";
        var answers = Folders.SampleOf(key).NewAnswers();
        foreach (var year in answers["yearFigures"]!.AsArray())
        {
            year!["rdSpend"] = researchWan * Wan;
            year["revenue"] = revenueWan * Wan;
        }

        Assert.Equal(outcome, Of(CheckOf(key, answers), "P1-3").Outcome);
    }

    [Fact]
    public void Check_CitesTheClauseOfTheEdition()
    {
        var clause = Of(Check(Folders.Sample.NewAnswers()), "P2-2").Clause;

        Assert.Equal((RuleTag.Default, true), (clause.Tag, clause.Clause.StartsWith("鲁工信技〔2025〕43号", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("2020-04-29", null)]
    [InlineData("2020-04-30", "2020-37")]
    [InlineData("2025-02-28", "2020-37")]
    [InlineData("2025-03-01", "2025-43")]
    [InlineData("2026-01-01", "2025-43")]
    public void RuleSetOn_IsTheLatestInForce(string day, string? id) =>
        Assert.Equal(id, Programme.RuleSetOn(DateOnly.ParseExact(day, "yyyy-MM-dd"))?.Id);

    [Theory]
    [InlineData("\"ruleSet\": \"2025-43\"", "\"ruleSet\": \"2026-1\"", "clauses[1].ruleSet")]
    [InlineData("history.titles.length === 0", "history.title.length === 0", "expression")]
    [InlineData("answers.centreRdSpend >=", "answers.centerRdSpend >=", "expression")]
    [InlineData("\"notice\": 5", "\"notice\": 2", "limitsInWorkingDays.notice")]
    [InlineData("\"passLine\": 60", "\"objectField\": \"hasFixedSite\", \"passLine\": 60", "objectField")]
    [InlineData("\"passLine\": 60", "\"siteCheckPercent\": 101, \"passLine\": 60", "siteCheckPercent")]
    public void Parse_Flawed_SaysThePlace(string sound, string flawed, string place)
    {
        var json = Folders.Read(Folders.Main, "programme.json");
        var at = json.IndexOf(sound, StringComparison.Ordinal);
        json = json.Remove(at, sound.Length).Insert(at, flawed);

        var refused = Assert.Throws<DefinitionException>(() => ProgrammeDefinition.Parse(json, "programme.json", Folders.OneTechnology.Form));

        Assert.Contains(refused.Problems, p => p.Place.EndsWith(place, StringComparison.Ordinal));
    }

    private static JsonNode Patent(int number, string kind, string grantDate, string source) => new JsonObject
    {
        ["kind"] = kind,
        ["number"] = $"ZL{number}",
        ["title"] = "示例",
        ["status"] = "granted",
        ["applyDate"] = "2022-01-01",
        ["grantDate"] = grantDate,
        ["holder"] = Folders.Sample.Enterprise.Name,
        ["source"] = source,
    };

    private static IReadOnlyList<EligibilityResult> CheckOf(string key, Answers answers)
    {
        var (programme, form, _) = Folders.Load(key);
        var sample = Folders.SampleOf(key);
        return EligibilityChecker.Check(programme, form, programme.RuleSets[^1], AnswerChecker.Check(form, answers, sample.Files, sample.Scope), sample.Scope);
    }

    private static EligibilityResult Of(IEnumerable<EligibilityResult> results, string rule) => results.Single(r => r.Rule.Id == rule);

    private static IReadOnlyList<EligibilityResult> Check(Answers answers, ApplicantHistory? history = null)
    {
        var scope = Folders.Sample.Scope with { History = history ?? ApplicantHistory.None };
        var check = AnswerChecker.Check(Folders.OneTechnology.Form, answers, Folders.Sample.Files, scope);
        return EligibilityChecker.Check(Programme, Folders.OneTechnology.Form, Programme.RuleSetOn(scope.Today)!, check, scope);
    }
}
