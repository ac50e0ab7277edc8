using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Versions;
using Applications.Web.Features.Definitions.Show;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Definitions.Compare;

/// <summary>Two versions of a workflow side by side: the older first, whichever of them was asked for.</summary>
[Authorize(Policy = AccountSetup.Policies.DefinitionReaders)]
public sealed class CompareModel(DefinitionShowQuery query, DefinitionCatalog definitions) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = string.Empty;

    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    public DefinitionView View { get; private set; } = null!;

    /// <summary>The two, older first; null when the workflow has one version only.</summary>
    public (WorkflowDefinition Before, WorkflowDefinition After, DefinitionDiff Diff)? Pair { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        View = await query.ExecuteAsync(Id, null, ct);
        if (With is not null && View.Others.All(o => o.Id != With))
        {
            throw new NotFoundException();
        }

        // Without a choice, the one before; for the first version the one after.
        With ??= (View.Others.FirstOrDefault(o => o.Number < View.Row.Number) ?? (View.Others.Count > 0 ? View.Others[^1] : null))?.Id;
        if (With is not null)
        {
            var other = View.Others.Single(o => o.Id == With);
            var (before, after) = other.Number < View.Row.Number ? (definitions.Workflow(With), View.Flow) : (View.Flow, definitions.Workflow(With));
            Pair = (before, after, DefinitionDiff.Between(before, after));
        }
    }
}
