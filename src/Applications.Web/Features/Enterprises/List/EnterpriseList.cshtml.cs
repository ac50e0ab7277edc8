using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Enterprises.List;

/// <summary>The enterprises a bureau or the department answers for.</summary>
[Authorize(Roles = $"{Roles.County},{Roles.City},{Roles.Officer},{Roles.Head},{Roles.Leader},{Roles.Inspector}")]
public sealed class EnterpriseListModel(EnterpriseListQuery query, AuditWriter audit, CurrentActor actor) : PageModel
{
    private const int MostExported = 20_000;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Only those whose irregular code the city has still to confirm.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Unconfirmed { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<EnterpriseLine> Lines { get; private set; } = [];

    public string? NextHref { get; private set; }

    public Actor Me => actor.Value;

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Lines, var more) = await query.ExecuteAsync(Q, Unconfirmed, After, Me, ct);
        NextHref = more ? $"/enterprises?{Terms()}&after={Lines[^1].Uscc}" : null;
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var (lines, _) = await query.ExecuteAsync(Q, Unconfirmed, null, Me, ct, MostExported);
        await audit.WriteAsync(Me, "export-enterprises", ("enterprise", null), ct, $"{lines.Count} 条");
        return await Sheets.FileAsync("企业名录", lines.Select(l => new Dictionary<string, object?>
        {
            ["统一社会信用代码"] = l.Uscc,
            ["企业名称"] = l.Name,
            ["市级部门"] = l.CityName,
            ["县级部门"] = l.CountyName,
            ["申报次数"] = l.Applications,
            ["有效称号"] = l.Titles,
        }), ct);
    }

    public string Terms() => $"q={Uri.EscapeDataString(Q ?? string.Empty)}&unconfirmed={(Unconfirmed ? "true" : "false")}";
}
