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

    private static EligibilityResult Of(IEnumerable<EligibilityResult> results, string rule) => results.Single(r => r.Rule.Id == rule);

    private static IReadOnlyList<EligibilityResult> Check(Answers answers, ApplicantHistory? history = null)
    {
        var scope = Folders.Sample.Scope with { History = history ?? ApplicantHistory.None };
        var check = AnswerChecker.Check(Folders.OneTechnology.Form, answers, Folders.Sample.Files, scope);
        return EligibilityChecker.Check(Programme, Programme.RuleSetOn(scope.Today)!, check, scope);
    }
}
