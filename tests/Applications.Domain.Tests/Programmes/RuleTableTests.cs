using System.Collections.Concurrent;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;

namespace Applications.Domain.Tests.Programmes;

public sealed class RuleTableTests
{
    private static readonly ConcurrentDictionary<string, (ProgrammeFolder Folder, SampleApplication Sample)> Parsed = [];

    public static TheoryData<int> All { get; } = [.. Enumerable.Range(0, RuleTable.Cases.Count)];

    [Theory]
    [MemberData(nameof(All))]
    public void Check_AtTheLine_IsAsTheClauseSays(int index)
    {
        var one = RuleTable.Cases[index];
        var ((programme, form, _), sample) = Parsed.GetOrAdd(one.Folder, key => (Folders.Load(key), Folders.SampleOf(key)));
        var answers = sample.NewAnswers();
        one.Change(answers);
        var scope = sample.Scope with { History = one.History ?? ApplicantHistory.None };

        var results = EligibilityChecker.Check(programme, form, programme.RuleSets[^1], AnswerChecker.Check(form, answers, sample.Files, scope), scope);

        Assert.Equal($"{one}", $"{one with { Outcome = results.Single(r => r.Rule.Id == one.Rule).Outcome }}");
    }

    /// <summary>A condition that is added without a line in the table, inside and outside, fails here.</summary>
    [Theory]
    [MemberData(nameof(ProgrammeFolderTests.All), MemberType = typeof(ProgrammeFolderTests))]
    public void Table_HasEveryRuleInsideAndOutside(string folder)
    {
        var rules = Folders.Load(folder).Programme.Eligibility.Select(r => r.Id).ToList();
        var cases = RuleTable.Cases.Where(c => c.Folder == folder).ToList();

        Assert.Empty(rules.Except(cases.Where(c => c.Outcome is EligibilityOutcome.Pass).Select(c => c.Rule)));
        Assert.Empty(rules.Except(cases.Where(c => c.Outcome is not EligibilityOutcome.Pass).Select(c => c.Rule)));
        Assert.Empty(cases.Select(c => c.Rule).Except(rules));
    }
}
