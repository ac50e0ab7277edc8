using Applications.Domain.Programmes;

namespace Applications.Web.Features.Shared;

/// <summary>Conditions with their results.</summary>
/// <param name="LinkTo">Where the reader fills in what is missing; null when it cannot be done from here.</param>
public sealed record RuleListModel(IReadOnlyList<EligibilityResult> Results, Func<MissingFact, string?> LinkTo)
{
    /// <summary>For those who only read.</summary>
    public static RuleListModel ToRead(IReadOnlyList<EligibilityResult> results) => new(results, _ => null);

    /// <summary>For who fills in the application.</summary>
    public static RuleListModel ToFill(Guid caseId, IReadOnlyList<EligibilityResult> results) => new(results, m => $"/cases/{caseId}/edit/{m.SectionKey}#{m.FieldKey}");
}
