using System.Globalization;
using Applications.Data.Trail;
using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Navigation;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Applications.Web.Features.Audits.List;

/// <summary>Who did what and when, for administrators and inspectors; and whether the record is whole.</summary>
[Authorize(Roles = $"{Roles.Admin},{Roles.Inspector}")]
public sealed class AuditListModel(AuditListQuery query, TrailChecker checker, AuditWriter audit, CurrentActor actor) : PageModel
{
    private const int MostExported = 50_000;

    [BindProperty(SupportsGet = true)]
    public string? Act { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Account { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? For { get; set; }

    /// <summary>An object, as links give it.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Of { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Object { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    public AuditSeal Seal { get; private set; } = null!;

    public long Unsealed { get; private set; }

    public string? FirstHref => Before is null ? null : $"/admin/audit?{Terms()}";

    public string? NextHref { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Seal = await query.SealAsync(ct);
        Unsealed = await query.UnsealedAsync(ct);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (From > To)
        {
            ModelState.AddModelError(nameof(To), "止日不能早于起日。");
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        (Lines, var more) = await query.ExecuteAsync(Filter(), actor.Value, ct);
        NextHref = more ? $"/admin/audit?{Terms()}&before={Lines[^1].Event.Id}" : null;
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var (lines, _) = await query.ExecuteAsync(Filter() with { Before = null }, actor.Value, ct, MostExported);
        await audit.WriteAsync(actor.Value, "export-audit", ("audit", null), ct, $"{lines.Count} 条");
        return await Sheets.FileAsync("审计记录", lines.Select(l => new Dictionary<string, object?>
        {
            ["时间"] = l.Event.At,
            ["操作人"] = l.Event.UserName,
            ["登录名"] = l.Login,
            ["岗位"] = Navigation.RoleLabel(l.Event.Role),
            ["操作"] = AuditWords.Of(l.Event.Action),
            ["对象"] = AuditWords.Object(l.Event.ObjectType),
            ["对象名称"] = l.Object?.Name ?? l.Event.ObjectId,
            ["说明"] = l.Event.Detail,
            ["地址"] = l.Event.Ip,
            ["封存号"] = l.Event.SealNumber,
            ["摘要"] = l.Event.Hash,
        }), ct);
    }

    public async Task<IActionResult> OnPostVerifyAsync(CancellationToken ct)
    {
        var report = await checker.ExecuteAsync(actor.Value, ct);
        if (report.IsWhole)
        {
            TempData.Success($"校验完成：{report.Sealed} 条审计记录、{report.Entries} 条办理记录前后相扣，没有改动。");
        }
        else
        {
            TempData.Warning($"校验发现异常：{report.FaultText}。请保护现场并联系技术人员。");
        }

        return LocalRedirect("/admin/audit");
    }

    /// <summary>Every act, under the kind of work it belongs to.</summary>
    public static IEnumerable<SelectListItem> Actions(string? chosen)
    {
        List<string> order = [.. AuditWords.Groups];
        var groups = order.ToDictionary(g => g, g => new SelectListGroup { Name = g }, StringComparer.Ordinal);
        return AuditWords.All.Select(w => new SelectListItem(w.Value, w.Key, w.Key == chosen) { Group = groups[AuditWords.GroupOf(w.Key)] })
            .OrderBy(i => order.IndexOf(i.Group.Name)).Prepend(new SelectListItem("全部", ""));
    }

    public string Terms() => string.Join('&', new (string Name, string? Value)[]
    {
        ("act", Act),
        ("account", Account),
        ("for", For?.ToString()),
        ("of", Of?.ToString()),
        ("object", Object),
        ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    }.Where(term => !string.IsNullOrEmpty(term.Value)).Select(term => $"{term.Name}={Uri.EscapeDataString(term.Value!)}"));

    private AuditFilter Filter() => new(Act, Account, For, Of, Object, From, To, Before);
}
