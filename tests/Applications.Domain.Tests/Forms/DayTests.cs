using System.Globalization;
using System.Text.Json.Nodes;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Tests.Programmes;

namespace Applications.Domain.Tests.Forms;

/// <summary>Two days matter to a form: the one on which it is looked at, and the one on which its batch opened.</summary>
public sealed class DayTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Declaration_SignedWeeksAfterTheBatchOpened_IsInOrderUntilToday(int after, bool valid)
    {
        var (form, sample) = (Folders.OneTechnology.Form, Folders.SampleOf("one-enterprise-one-technology"));
        var scope = sample.Scope with { AsOf = sample.Today, Today = sample.Today.AddDays(20) };
        var answers = sample.NewAnswers();
        answers["signedOn"] = JsonValue.Create(scope.Today.AddDays(after).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

        var check = AnswerChecker.Check(form, answers, sample.Files, scope);

        Assert.Equal(valid, check.IsValid);
        Assert.Equal(valid ? [] : ["signedOn"], check.Errors.Select(e => e.FieldKey));
    }

    [Fact]
    public void Conditions_AreJudgedByTheDayTheBatchOpened()
    {
        var (form, programme, sample) = (Folders.OneTechnology.Form, Folders.OneTechnology.Programme, Folders.SampleOf("one-enterprise-one-technology"));
        var title = new HeldTitle(programme.Key, "1", new DateOnly(2023, 1, 1), sample.Today.AddDays(3));
        var scope = sample.Scope with { AsOf = sample.Today, Today = sample.Today.AddDays(20), History = new() { Titles = [title] } };
        var check = AnswerChecker.Check(form, sample.NewAnswers(), sample.Files, scope);

        var held = EligibilityChecker.Check(programme, form, programme.RuleSets[^1], check, scope).Single(r => r.Rule.Id.EndsWith("-H", StringComparison.Ordinal));
        var over = EligibilityChecker.Check(programme, form, programme.RuleSets[^1], check, scope with { AsOf = scope.Today }).Single(r => r.Rule.Id.EndsWith("-H", StringComparison.Ordinal));

        Assert.Equal(EligibilityOutcome.Fail, held.Outcome);
        Assert.Equal(EligibilityOutcome.Pass, over.Outcome);
    }
}
