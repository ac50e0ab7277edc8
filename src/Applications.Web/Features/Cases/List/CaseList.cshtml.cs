using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Cases.List;

/// <summary>The long list of cases, cut to the reader's scope.</summary>
public sealed class CaseListModel(CaseListQuery query, CurrentActor actor, AuditWriter audit) : PageModel
{
    private const int MostExported = 20_000;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Stage { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? City { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Overdue { get; set; }

    /// <summary>Oldest first.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Oldest { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? AfterId { get; set; }

    public IReadOnlyList<CaseLine> Lines { get; private set; } = [];

    public IReadOnlyList<BatchChoice> Batches { get; private set; } = [];

    public IReadOnlyList<string> Stages => query.Stages();

    public string? NextHref { get; private set; }

    public Actor Me => actor.Value;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Batches = await query.BatchesAsync(ct);
        (Lines, var more) = await query.ExecuteAsync(Filter(), Me, ct);
        NextHref = more ? $"/cases?{Terms()}&after={Lines[^1].KeyFor(Me).Ticks}&afterId={Lines[^1].Id}" : null;
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var (lines, _) = await query.ExecuteAsync(Filter(), Me, ct, MostExported);
        await audit.WriteAsync(Me, "export-cases", ("case", null), ct, $"{lines.Count} 条");
        return await Sheets.FileAsync("申报项目", lines.Select(l => new Dictionary<string, object?>
        {
            ["申报编号"] = l.Number,
            ["企业名称"] = l.EnterpriseName,
            ["设区市"] = l.CityName,
            ["批次"] = l.BatchName,
            ["环节"] = l.StageTitle,
            ["提交时间"] = l.SubmittedAt,
            ["得分"] = Me.IsDepartment && l.Score is { } score ? score / 100m : null,
        }), ct);
    }

    public string Terms() =>
        $"q={Uri.EscapeDataString(Q ?? string.Empty)}&batch={Batch}&stage={Uri.EscapeDataString(Stage ?? string.Empty)}&city={Uri.EscapeDataString(City ?? string.Empty)}&overdue={(Overdue ? "true" : "false")}&oldest={(Oldest ? "true" : "false")}";

    private CaseFilter Filter() => new(Q, Batch, Stage, City, Overdue, Oldest, After is { } ticks && AfterId is { } id ? (ticks, id) : null);
}
