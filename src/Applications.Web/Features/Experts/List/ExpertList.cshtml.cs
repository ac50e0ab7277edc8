using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Applications.Domain.Experts;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Experts.List;

/// <summary>The expert pool with how much each has been used.</summary>
[Authorize(Policy = AccountSetup.Policies.PoolReaders)]
public sealed class ExpertListModel(ExpertListQuery query, IOptions<PoolRules> rules, AuditWriter audit, CurrentActor actor, TimeProvider clock) : PageModel
{
    private const int MostExported = 20_000;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>GB/T 4754 division, for example C34.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Field { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? City { get; set; }

    [BindProperty(SupportsGet = true)]
    public ExpertStatus? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Stale { get; set; }

    [BindProperty(SupportsGet = true)]
    public ExpertOrder Order { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    public IReadOnlyList<ExpertLine> Lines { get; private set; } = [];

    /// <summary>On all pages together.</summary>
    public int Total { get; private set; }

    public string? NextHref { get; private set; }

    public Actor Me => actor.Value;

    public PoolRules Rules => rules.Value;

    public DateOnly Today { get; } = Domain.Calendars.ChinaTime.Today(clock);

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Lines, var more) = await query.ExecuteAsync(Filter(After), Me, ct);
        Total = await query.CountAsync(Filter(After), ct);
        NextHref = more ? $"/experts?{Terms()}&after={Lines[^1].Expert.Id}" : null;
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var (lines, _) = await query.ExecuteAsync(Filter(null), Me, ct, MostExported);
        await audit.WriteAsync(Me, "export-experts", ("expert", null), ct, $"{lines.Count} 条");
        return await Sheets.FileAsync("专家库", lines.Select(l => new Dictionary<string, object?>
        {
            ["姓名"] = l.Expert.Name,
            ["工作单位"] = l.Expert.Employer,
            ["职称"] = l.Expert.Title,
            ["类别"] = l.Expert.Category,
            ["专业领域"] = l.Expert.Fields,
            ["产业链和专长"] = l.Expert.Keywords,
            ["所在市"] = ExpertWords.CityOf(l.Expert.CityCode),
            ["状态"] = ExpertWords.Of(l.Expert.StatusOn(Today)),
            ["聘期至"] = l.Expert.TermTo,
            ["信息更新"] = l.Expert.UpdatedOn,
            ["本年场次"] = l.Sessions,
            ["评审任务"] = l.Assigned,
            ["已锁定"] = l.Locked,
            ["回避"] = l.Declined,
            ["评价"] = l.Expert.Rating,
        }), ct);
    }

    public string Terms() =>
        $"q={Uri.EscapeDataString(Q ?? string.Empty)}&field={Uri.EscapeDataString(Field ?? string.Empty)}&category={Uri.EscapeDataString(Category ?? string.Empty)}&city={Uri.EscapeDataString(City ?? string.Empty)}&status={Status}&stale={(Stale ? "true" : "false")}&order={Order}";

    private ExpertFilter Filter(Guid? after) => new(Q, Field, Category, City, Status, Stale, Order, after);
}
