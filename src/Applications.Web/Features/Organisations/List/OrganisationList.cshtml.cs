using Applications.Data;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Organisations.List;

/// <summary>The department, its divisions, the city bureaus and their counties as a tree.</summary>
[Authorize(Policy = Roles.Admin)]
public sealed class OrganisationListModel(OrganisationListQuery query) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public IReadOnlyList<OrganisationNode> Roots { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Roots = await query.ExecuteAsync(Q, ct);
}

/// <param name="Accounts">Enabled accounts of the organisation itself.</param>
/// <param name="IsHit">Whether the search meant this one and not only one below it.</param>
public sealed record OrganisationNode(Organisation Organisation, int Accounts, bool IsHit, IReadOnlyList<OrganisationNode> Children);

/// <summary>The tree, or with a search the branches that lead to what fits. Small enough to be read whole.</summary>
public sealed class OrganisationListQuery(ApplicationsDbContext db)
{
    public async Task<IReadOnlyList<OrganisationNode>> ExecuteAsync(string? search, CancellationToken ct)
    {
        var all = await db.Organisations.AsNoTracking().OrderBy(o => o.DivisionCode).ThenBy(o => o.Id).ToListAsync(ct);
        var accounts = await db.Users.AsNoTracking().Where(u => u.ScopeId != null && !u.IsDisabled && (u.Role == Roles.City || u.Role == Roles.County))
            .GroupBy(u => u.ScopeId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var text = search?.Trim() ?? string.Empty;
        return Below(null);

        List<OrganisationNode> Below(Guid? parent) =>
        [
            .. all.Where(o => o.ParentId == parent)
                .OrderBy(o => o.Kind).ThenBy(o => o.DivisionCode, StringComparer.Ordinal)
                .Select(o => new OrganisationNode(
                    o, accounts.GetValueOrDefault(o.Id),
                    text.Length > 0 && (o.Name.Contains(text, StringComparison.Ordinal) || o.DivisionCode.StartsWith(text, StringComparison.Ordinal)),
                    Below(o.Id)))
                .Where(node => text.Length == 0 || node.IsHit || node.Children.Count > 0),
        ];
    }
}
