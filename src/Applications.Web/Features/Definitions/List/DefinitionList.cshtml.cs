using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Definitions.List;

/// <summary>Workflows and their versions.</summary>
[Authorize(Policy = AccountSetup.Policies.DefinitionReaders)]
public sealed class DefinitionListModel(DefinitionListQuery query, CurrentActor actor) : PageModel
{
    public IReadOnlyList<DefinitionGroup> Groups { get; private set; } = [];

    public bool MayPublish => actor.Value.Is(Roles.Admin);

    public async Task OnGetAsync(CancellationToken ct) => Groups = await query.ExecuteAsync(ct);
}
