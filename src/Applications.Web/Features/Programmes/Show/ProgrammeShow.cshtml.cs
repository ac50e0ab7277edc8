using Applications.Data.Workflow;
using Applications.Domain.Calendars;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.TagHelpers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Programmes.Show;

/// <summary>All rules of a programme in one edition, each with the clause and how sure it is: what a division has to confirm before it opens a call.</summary>
[Authorize(Roles = $"{Roles.Admin},{Roles.Officer},{Roles.Head},{Roles.Leader},{Roles.Inspector}")]
public sealed class ProgrammeShowModel(DefinitionCatalog definitions, TimeProvider clock) : PageModel
{
    /// <summary>The edition to show; null for the one in force.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Edition { get; set; }

    public ProgrammeDefinition Programme { get; private set; } = null!;

    public RuleSet RuleSet { get; private set; } = null!;

    private FormDefinition Form { get; set; } = null!;

    public IEnumerable<(EligibilityRule Rule, RuleClause Clause, string Fields)> Rules =>
        from rule in Programme.Eligibility
        let clause = rule.ClauseIn(RuleSet)
        where clause is not null
        select (rule, clause, string.Join("、", RuleFields.Of(rule, Form).Select(f => f.Label)));

    public IActionResult OnGet(string key)
    {
        if (!definitions.Editions.TryGetValue(key, out var edition))
        {
            return NotFound();
        }

        (Programme, Form) = (edition.Programme, edition.Form);
        RuleSet = Programme.RuleSets.FirstOrDefault(r => r.Id == Edition) ?? Programme.RuleSetOn(ChinaTime.Today(clock)) ?? Programme.RuleSets[^1];
        return Page();
    }

    public static string Words(RuleTag tag) => tag switch { RuleTag.Found => "原文", RuleTag.Analogue => "参照", _ => "缺省" };

    public static StatusKind Tone(RuleTag tag) => tag switch { RuleTag.Found => StatusKind.Success, RuleTag.Analogue => StatusKind.Info, _ => StatusKind.Warning };

    public static string Words(RuleKind kind) => kind switch { RuleKind.Hard => "必须具备", RuleKind.Soft => "原则上具备，不具备须说明理由", _ => "提醒审核人员" };
}
