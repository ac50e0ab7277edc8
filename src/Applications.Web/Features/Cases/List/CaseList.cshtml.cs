using Applications.Domain.Accounts;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MiniExcelLibs;

namespace Applications.Web.Features.Cases.List;

/// <summary>The long list of cases, cut to the reader's scope.</summary>
public sealed class CaseListModel(CaseListQuery query, CurrentActor actor) : PageModel
{
    private const int MostExported = 20_000;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Stage { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? AfterId { get; set; }

    public IReadOnlyList<CaseLine> Lines { get; private set; } = [];

    public IReadOnlyList<BatchChoice> Batches { get; private set; } = [];

    public string? NextHref { get; private set; }

    public Actor Me => actor.Value;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Batches = await query.BatchesAsync(ct);
        (Lines, var more) = await query.ExecuteAsync(Filter(), Me, ct);
        NextHref = more && Lines[^1].SubmittedAt is { } last ? $"/cases?{Terms()}&after={last.Ticks}&afterId={Lines[^1].Id}" : null;
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var (lines, _) = await query.ExecuteAsync(Filter(), Me, ct, MostExported);
        var sheet = new MemoryStream();
        await sheet.SaveAsAsync(
            lines.Select(l => new Dictionary<string, object?>
            {
                ["申报编号"] = l.Number,
                ["企业名称"] = l.EnterpriseName,
                ["设区市"] = l.CityName,
                ["批次"] = l.BatchName,
                ["环节"] = l.StageTitle,
                ["提交时间"] = l.SubmittedAt is { } at ? ChinaTime.DateAndTime(at) : null,
                ["得分"] = Me.IsDepartment && l.Score is { } score ? score / 100m : null,
            }),
            cancellationToken: ct);
        sheet.Position = 0;
        return File(sheet, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "申报项目.xlsx");
    }

    public string Terms() => $"q={Uri.EscapeDataString(Q ?? string.Empty)}&batch={Batch}&stage={Uri.EscapeDataString(Stage ?? string.Empty)}";

    private CaseFilter Filter() => new(Q, Batch, Stage, After is { } ticks && AfterId is { } id ? (ticks, id) : null);
}
