using Applications.Data.Workflow;
using Applications.Domain.Calendars;
using Applications.Domain.Programmes;
using Applications.Domain.Workflow;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Programmes.List;

/// <summary>The programmes with how sure their rules are.</summary>
[Authorize(Roles = $"{Roles.Admin},{Roles.Officer},{Roles.Head},{Roles.Leader},{Roles.Inspector}")]
public sealed class ProgrammeListModel(DefinitionCatalog definitions, TimeProvider clock) : PageModel
{
    public IReadOnlyList<(ProgrammeDefinition Programme, RuleSet? InForce, IReadOnlyDictionary<RuleTag, int> Tags)> Programmes { get; private set; } = [];

    public void OnGet()
    {
        var today = ChinaTime.Today(clock);
        Programmes =
        [
            .. definitions.Editions.Values.Select(e => e.Programme).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p =>
            {
                var inForce = p.RuleSetOn(today);
                var tags = p.Eligibility.Select(r => inForce is null ? null : r.ClauseIn(inForce)).OfType<RuleClause>().CountBy(c => c.Tag).ToDictionary(t => t.Key, t => t.Value);
                return (p, inForce, (IReadOnlyDictionary<RuleTag, int>)tags);
            }),
        ];
    }
}
