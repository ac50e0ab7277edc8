using Applications.Domain.Forms;

namespace Applications.Domain.Programmes;

public enum Verdict
{
    /// <summary>Every hard rule is met.</summary>
    Eligible,

    /// <summary>No hard rule is broken; some cannot be told yet.</summary>
    Undecided,

    /// <summary>A hard rule is broken.</summary>
    Ineligible,
}

/// <summary>What an enterprise's record says to a programme's conditions before anything was applied for.</summary>
public sealed record SelfCheckResult(Verdict Verdict, IReadOnlyList<EligibilityResult> Results)
{
    public int Count(EligibilityOutcome outcome) => Results.Count(r => r.Outcome == outcome);

    /// <summary>What the record does not hold yet, each once.</summary>
    public IReadOnlyList<MissingFact> Missing => [.. Results.SelectMany(r => r.Missing).DistinctBy(m => m.FieldKey)];
}

/// <summary>我能申报什么: an application that holds nothing but what the enterprise record gives it, held against the conditions.</summary>
public static class SelfCheck
{
    /// <param name="programme">The rules.</param>
    /// <param name="form">The form that draws on the record.</param>
    /// <param name="ruleSet">The edition in force.</param>
    /// <param name="scope">The record with the enterprise's history.</param>
    public static SelfCheckResult Run(ProgrammeDefinition programme, FormDefinition form, RuleSet ruleSet, FormScope scope)
    {
        var check = AnswerChecker.Check(form, FormPrefill.Fill(form, scope), null, scope);
        var results = EligibilityChecker.Check(programme, form, ruleSet, check, scope);
        var hard = results.Where(r => r.Rule.Kind is RuleKind.Hard).ToList();
        var verdict = hard.Exists(r => r.Outcome is EligibilityOutcome.Fail) ? Verdict.Ineligible
            : hard.TrueForAll(r => r.Outcome is EligibilityOutcome.Pass) ? Verdict.Eligible
            : Verdict.Undecided;
        return new SelfCheckResult(verdict, results);
    }
}
