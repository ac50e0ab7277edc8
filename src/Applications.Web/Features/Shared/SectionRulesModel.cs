using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Web.Features.Cases;

namespace Applications.Web.Features.Shared;

/// <summary>The conditions that turn on what one section of the form asks.</summary>
public sealed record SectionRulesModel(Guid CaseId, CaseForm View, SectionDefinition Section)
{
    public IReadOnlyList<EligibilityResult> Results { get; } =
        [.. View.Eligibility.Where(r => RuleFields.Of(r.Rule, View.Form).Any(Section.Fields.Contains))];
}
