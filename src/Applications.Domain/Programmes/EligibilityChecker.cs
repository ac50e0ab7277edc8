using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Identifiers;

namespace Applications.Domain.Programmes;

public enum EligibilityOutcome
{
    Pass,

    /// <summary>A hard rule is not met: the application cannot be submitted.</summary>
    Fail,

    /// <summary>A soft rule is not met: the city may let it pass with a written reason.</summary>
    NeedsReason,

    /// <summary>A warning for those who check.</summary>
    Warning,

    /// <summary>Something the rule needs is not filled in.</summary>
    Unknown,
}

/// <summary>A rule's result with the clause it comes from and the figures it turned on.</summary>
public sealed record EligibilityResult(EligibilityRule Rule, RuleClause Clause, EligibilityOutcome Outcome, IReadOnlyList<EligibilityFigure> Figures)
{
    /// <summary>The fields still to be filled in before the rule can be judged; empty when it was.</summary>
    public IReadOnlyList<MissingFact> Missing { get; init; } = [];

    /// <summary>What to tell the applicant; null when the rule is met.</summary>
    public string? Message => Outcome switch
    {
        EligibilityOutcome.Pass => null,
        EligibilityOutcome.Unknown => "所需数据尚未填写，暂无法判断。",
        _ => Rule.FailMessage,
    };
}

/// <summary>A figure as the rule saw it; <paramref name="Text"/> is <paramref name="Value"/> with its unit, for reading.</summary>
public sealed record EligibilityFigure(string Label, object? Value, string Text, string? Threshold);

/// <summary>Holds an application against the conditions of an edition of the rules, for the self-check and at submit.</summary>
public static class EligibilityChecker
{
    /// <param name="programme">The rules.</param>
    /// <param name="form">The form the answers belong to.</param>
    /// <param name="ruleSet">The edition that was in force when the call opened.</param>
    /// <param name="check">The checked answers.</param>
    /// <param name="scope">The facts around, with the applicant's history.</param>
    public static IReadOnlyList<EligibilityResult> Check(ProgrammeDefinition programme, FormDefinition form, RuleSet ruleSet, AnswerCheck check, FormScope scope)
    {
        ArgumentNullException.ThrowIfNull(programme);
        ArgumentNullException.ThrowIfNull(ruleSet);
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(scope);
        using var session = FormSession.Open(scope, check).Set("history", FormSession.Json(Counting(programme, scope)));
        var results = new List<EligibilityResult>();
        foreach (var rule in programme.Eligibility)
        {
            if (rule.ClauseIn(ruleSet) is not { } clause)
            {
                continue;
            }

            List<EligibilityFigure> figures = [];
            foreach (var figure in rule.Figures.Where(f => f.When is null || session.TryEvaluate(f.When) is true))
            {
                var value = session.TryEvaluate(figure.Expression);
                // People know their city by its name, not by its code.
                var shown = value is string code && DivisionCodes.Find(code) is { } division ? division.Name : value;
                figures.Add(new EligibilityFigure(figure.Label, value, FormDisplay.Value(figure.Format, shown, figure.Unit), figure.Threshold));
            }

            var met = session.TryEvaluate(rule.Expression);
            var outcome = Outcome(rule, met is false && RuleFields.NothingSaid(rule, form, check) ? null : met, figures);
            results.Add(new EligibilityResult(rule, clause, outcome, figures)
            {
                Missing = outcome is EligibilityOutcome.Unknown ? RuleFields.Missing(rule, form, check, figures) : [],
            });
        }

        return results;
    }

    /// <summary>Whether nothing bars the application: no hard rule failed or is still unknown.</summary>
    public static bool MaySubmit(IEnumerable<EligibilityResult> results) =>
        results.All(r => r.Rule.Kind is not RuleKind.Hard || r.Outcome is EligibilityOutcome.Pass);

    private static EligibilityOutcome Outcome(EligibilityRule rule, object? met, List<EligibilityFigure> figures) => met switch
    {
        true => EligibilityOutcome.Pass,
        not bool => EligibilityOutcome.Unknown,
        _ when figures.Any(f => f.Value is null) => EligibilityOutcome.Unknown,
        _ => rule.Kind switch
        {
            RuleKind.Hard => EligibilityOutcome.Fail,
            RuleKind.Soft => EligibilityOutcome.NeedsReason,
            _ => EligibilityOutcome.Warning,
        },
    };

    /// <summary>The history that counts for this programme today: titles in force, revocations that still bar, records within the look-back.</summary>
    private static ApplicantHistory Counting(ProgrammeDefinition programme, FormScope scope) => new()
    {
        Titles = [.. InForce(scope).Where(t => t.Programme == programme.Key)],
        OtherTitles = [.. InForce(scope).Where(t => t.Programme != programme.Key)],
        Revocations = [.. scope.History.Revocations.Where(r => r.Programme == programme.Key && programme.BannedUntil(r.Ground, r.RevokedOn) > scope.AsOf)],
        BadRecords = [.. scope.History.BadRecords.Where(b => b.FoundOn.AddMonths(programme.BadRecordMonths) > scope.AsOf)],
    };

    private static IEnumerable<HeldTitle> InForce(FormScope scope) => scope.History.Titles.Where(t => t.ExpiresOn is null || t.ExpiresOn >= scope.AsOf);
}
