using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;

namespace Applications.Domain.Tests.Programmes;

public sealed class SelfCheckTests
{
    private static readonly ProgrammeDefinition Programme = Folders.OneTechnology.Programme;

    [Fact]
    public void Run_RecordOfTheSample_TellsWhatItCanAndNamesTheRest()
    {
        var result = Run(Folders.Sample.Scope);

        Assert.Equal(Verdict.Undecided, result.Verdict);
        Assert.Equal(EligibilityOutcome.Pass, Of(result, "P2-S").Outcome);
        Assert.Equal(EligibilityOutcome.Pass, Of(result, "P2-6").Outcome);
        Assert.Equal(EligibilityOutcome.Pass, Of(result, "P2-2").Outcome);
        Assert.Equal(EligibilityOutcome.Pass, Of(result, "P2-7").Outcome);
        Assert.Equal([("centreRdStaff", "investment", null)], Of(result, "P2-4b").Missing.Select(m => (m.FieldKey, m.SectionKey, m.RecordPath)));
        Assert.All(result.Results.Where(r => r.Outcome is not EligibilityOutcome.Unknown), r => Assert.Empty(r.Missing));
        Assert.All(result.Results.Where(r => r.Outcome is EligibilityOutcome.Unknown), r => Assert.NotEmpty(r.Missing));
    }

    [Fact]
    public void Run_WithoutPatents_PointsAtThemInTheRecord()
    {
        var scope = Folders.Sample.Scope;

        var missing = Of(Run(scope with { Enterprise = scope.Enterprise with { Patents = [] } }), "P2-2").Missing;

        Assert.Equal([("patents", "enterprise.patents")], missing.Select(m => (m.FieldKey, m.RecordPath)));
    }

    /// <summary>Rows of a year without its figures are there, and say nothing: the record's years are what is missing.</summary>
    [Fact]
    public void Run_WithoutFigures_PointsAtTheYearsOfTheRecord()
    {
        var result = Run(Folders.Sample.Scope with { Figures = [] });

        var missing = Assert.Single(Of(result, "P2-6").Missing);
        Assert.Equal(("yearFigures", "figures"), (missing.FieldKey, missing.RecordPath));
    }

    [Fact]
    public void Run_LargeEnterprise_IsIneligibleByTheFiguresOfItsRecord()
    {
        var years = Folders.Sample.Figures.Select(f => f with { Staff = 1000, Revenue = 40_000_000_000 }).ToList();

        var result = Run(Folders.Sample.Scope with { Figures = years });

        Assert.Equal(Verdict.Ineligible, result.Verdict);
        Assert.Contains(Of(result, "P2-6").Figures, f => f.Text == "1,000 人");
    }

    /// <summary>Nobody has said that there are no shareholders.</summary>
    [Fact]
    public void Run_TableThatTheRecordDoesNotGive_IsNotCountedAsNone()
    {
        var (programme, form, _) = Folders.Load("manufacturing-innovation-centre-acceptance");

        var rule = Of(SelfCheck.Run(programme, form, programme.RuleSets[^1], Folders.Sample.Scope), "P1A-4");

        Assert.Equal((EligibilityOutcome.Unknown, "investors"), (rule.Outcome, Assert.Single(rule.Missing).FieldKey));
    }

    [Fact]
    public void Run_Revoked_IsIneligibleWithoutAnyAnswer()
    {
        var history = new ApplicantHistory { Revocations = [new RevokedTitle(Programme.Key, "falseData", Folders.Sample.Today.AddMonths(-35))] };

        Assert.Equal(Verdict.Ineligible, Run(Folders.Sample.Scope with { History = history }).Verdict);
    }

    [Fact]
    public void RuleFields_FollowWhatIsComputedToWhatIsTyped()
    {
        var rule = Programme.Eligibility.Single(r => r.Id == "P2-2");

        Assert.Equal(["industry", "copyrights", "patents"], RuleFields.Of(rule, Folders.OneTechnology.Form).Select(f => f.Key));
    }

    /// <summary>A rule that no field decides is one of the enterprise's past.</summary>
    [Theory]
    [MemberData(nameof(ProgrammeFolderTests.All), MemberType = typeof(ProgrammeFolderTests))]
    public void RuleFields_OfEveryRule_AreKnownOrItTurnsOnTheHistory(string folder)
    {
        var (programme, form, _) = Folders.Load(folder);

        Assert.All(programme.Eligibility, rule => Assert.True(
            RuleFields.Of(rule, form).Count > 0 || rule.Expression.Source.Contains("history", StringComparison.Ordinal), $"{folder} {rule.Id}"));
    }

    private static SelfCheckResult Run(FormScope scope) => SelfCheck.Run(Programme, Folders.OneTechnology.Form, Programme.RuleSets[^1], scope);

    private static EligibilityResult Of(SelfCheckResult result, string rule) => result.Results.Single(r => r.Rule.Id == rule);
}
