using Applications.Domain.Reviews.Calibration;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Reviews.Analyse;

/// <summary>评分分析: what a round's sheets say beside the result, for those who decide on the list and those who watch over them.</summary>
[Authorize(Policy = AccountSetup.Policies.Department)]
public sealed class AnalysisModel(AnalysisQuery query, CurrentActor actor) : PageModel
{
    /// <summary>Files on either side of the line that the picture of places shows.</summary>
    private const int Around = 15;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Round { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Places { get; set; }

    public AnalysisView View { get; private set; } = null!;

    /// <summary>The files around the line, by corrected score.</summary>
    public IReadOnlyList<AnalysedFile> NearTheLine => [.. View.Files.OrderBy(f => f.Interval.Place).Where(f => Math.Abs(f.Interval.Place - View.Places) <= Around)];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            Places = null;
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        View = await query.ExecuteAsync(Id, string.IsNullOrEmpty(Round) ? null : Round, Places, actor.Value, ct);
        return Page();
    }

    public static string Words(AnomalyKind kind) => kind switch
    {
        AnomalyKind.LoneVoice => "单份评分偏离",
        AnomalyKind.OneSided => "对某一组偏高或偏低",
        AnomalyKind.Paired => "两人评分雷同",
        AnomalyKind.Flat => "评分几乎不拉开差距",
        _ => "临近截止的大幅修改",
    };
}
