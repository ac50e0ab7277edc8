using Applications.Data.Trail;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Navigation;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Accounts.List;

/// <summary>All accounts, for the administrator.</summary>
[Authorize(Policy = Roles.Admin)]
public sealed class AccountListModel(AccountListQuery query, CurrentActor actor, AuditWriter audit) : PageModel
{
    private const int MostExported = 20_000;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<AccountLine> Lines { get; private set; } = [];

    public string? FirstHref => After is null ? null : $"/admin/accounts?{Terms()}";

    public string? NextHref { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Lines, var more) = await query.ExecuteAsync(new AccountFilter(Q, Role, State, After), ct);
        NextHref = more ? $"/admin/accounts?{Terms()}&after={Uri.EscapeDataString(Lines[^1].Key)}" : null;
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var (lines, _) = await query.ExecuteAsync(new AccountFilter(Q, Role, State, null), ct, MostExported);
        await audit.WriteAsync(actor.Value, "export-accounts", ("account", null), ct, $"{lines.Count} 条");
        return await Sheets.FileAsync("账号", lines.Select(l => new Dictionary<string, object?>
        {
            ["登录名"] = l.Login,
            ["姓名"] = l.Name,
            ["邮箱"] = l.Email,
            ["岗位"] = Navigation.RoleLabel(l.Role),
            ["单位"] = l.Unit,
            ["状态"] = AccountState.Text(l.State),
            ["建立时间"] = l.CreatedAt,
        }), ct);
    }

    public string Terms() => $"q={Uri.EscapeDataString(Q ?? string.Empty)}&role={Uri.EscapeDataString(Role ?? string.Empty)}&state={Uri.EscapeDataString(State ?? string.Empty)}";
}
