using Applications.Data;
using Applications.Data.Trail;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Experts.List;

/// <summary>The expert pool with how much each has been used.</summary>
[Authorize(Policy = AccountSetup.Policies.Department)]
public sealed class ExpertListModel(ExpertListQuery query, AuditWriter audit, CurrentActor actor, TimeProvider clock) : PageModel
{
    private const int MostExported = 20_000;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>GB/T 4754 division, for example C34.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Field { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    public IReadOnlyList<ExpertLine> Lines { get; private set; } = [];

    public string? NextHref { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Lines, var more) = await query.ExecuteAsync(Q, Field, After, ct);
        NextHref = more ? $"/experts?{Terms()}&after={Lines[^1].Expert.Id}" : null;
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var (lines, _) = await query.ExecuteAsync(Q, Field, null, ct, MostExported);
        await audit.WriteAsync(actor.Value, "export-experts", ("expert", null), ct, $"{lines.Count} 条");
        return await Sheets.FileAsync("专家库", lines.Select(l => new Dictionary<string, object?>
        {
            ["姓名"] = l.Expert.Name,
            ["工作单位"] = l.Expert.Employer,
            ["职称"] = l.Expert.Title,
            ["类别"] = l.Expert.Category,
            ["专业领域"] = l.Expert.Fields,
            ["所在市"] = ExpertWords.CityOf(l.Expert.CityCode),
            ["评审任务"] = l.Assigned,
            ["已锁定"] = l.Locked,
            ["回避"] = l.Declined,
            ["状态"] = ExpertWords.Of(l.Expert.StatusOn(Today)),
        }), ct);
    }

    public DateOnly Today { get; } = Domain.Calendars.ChinaTime.Today(clock);

    public string Terms() => $"q={Uri.EscapeDataString(Q ?? string.Empty)}&field={Uri.EscapeDataString(Field ?? string.Empty)}";
}

public sealed record ExpertLine(Expert Expert, int Assigned, int Locked, int Declined);

/// <summary>Experts by key.</summary>
public sealed class ExpertListQuery(ApplicationsDbContext db)
{
    private const int PageSize = 50;

    public async Task<(IReadOnlyList<ExpertLine> Lines, bool More)> ExecuteAsync(string? search, string? field, Guid? after, CancellationToken ct, int size = PageSize)
    {
        var experts = db.Experts.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var text = search.Trim();
            experts = experts.Where(e => e.Name.Contains(text) || e.Employer.Contains(text));
        }

        if (!string.IsNullOrWhiteSpace(field))
        {
            var code = field.Trim().ToUpperInvariant();
            experts = experts.Where(e => e.Fields.Contains(code));
        }

        if (after is { } last)
        {
            experts = experts.Where(e => e.Id.CompareTo(last) > 0);
        }

        var lines = await experts.OrderBy(e => e.Id)
            .Select(e => new ExpertLine(
                e,
                db.Reviews.Count(r => r.ExpertId == e.Id),
                db.Reviews.Count(r => r.ExpertId == e.Id && r.State == ReviewState.Locked),
                db.Reviews.Count(r => r.ExpertId == e.Id && r.State == ReviewState.Declined)))
            .Take(size + 1).ToListAsync(ct);
        return lines.Count > size ? (lines[..size], true) : (lines, false);
    }
}
