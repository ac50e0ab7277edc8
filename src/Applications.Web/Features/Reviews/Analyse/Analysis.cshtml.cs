using Applications.Domain.Accounts;
using Applications.Domain.Reviews.Calibration;
using Applications.Web.Features.Reviews.Conclude;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Reviews.Analyse;

/// <summary>评分分析: what a round's sheets say beside the result, for those who decide on the list and those who watch over them.</summary>
[Authorize(Policy = AccountSetup.Policies.Department)]
public sealed class AnalysisModel(AnalysisQuery query, ConcludeAnomalyHandler conclude, CurrentActor actor) : CommandPage
{
    /// <summary>Files on either side of the line that the picture of places shows.</summary>
    private const int Around = 15;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Round { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Places { get; set; }

    /// <summary>Which anomaly is concluded on.</summary>
    [BindProperty]
    public string? Key { get; set; }

    [BindProperty]
    public AnomalyVerdict? Verdict { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public Actor Me => actor.Value;

    public AnalysisView View { get; private set; } = null!;

    /// <summary>The files around the line, by corrected score; all where they fit.</summary>
    public IReadOnlyList<AnalysedFile> NearTheLine => [.. View.Files.OrderBy(f => f.Interval.Place).Where(f => View.Files.Count <= 2 * Around || Math.Abs(f.Interval.Place - View.Places) <= Around)];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            Places = null;
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        await LoadAsync(ct);
        return Page();
    }

    public Task<IActionResult> OnPostConcludeAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await conclude.HandleAsync(new ConcludeAnomaly(Id, Round ?? string.Empty, Key ?? string.Empty, Verdict, Note, Version, IdempotencyKey), Me, ct);
            TempData.Success($"已记录核实结论：{AnalysisWords.Of(Verdict)}。评分和名次没有改变。");
            return LocalRedirect($"/admin/batches/{Id}/scores?Round={Uri.EscapeDataString(Round ?? string.Empty)}&Places={Places}#queue");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, string.IsNullOrEmpty(Round) ? null : Round, Places, Me, ct);
}
