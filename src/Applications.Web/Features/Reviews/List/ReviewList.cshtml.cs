using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews.Score;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Applications.Web.Infrastructure.TagHelpers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Reviews.List;

/// <summary>The files an expert was given.</summary>
[Authorize(Policy = Roles.Expert)]
public sealed class ReviewListModel(ScoreQuery query, CurrentActor actor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public ReviewState? State { get; set; }

    public IReadOnlyList<OwnReview> All { get; private set; } = [];

    /// <summary>Those that were asked for.</summary>
    public IReadOnlyList<OwnReview> Reviews { get; private set; } = [];

    public string Progress
    {
        get
        {
            var (open, locked) = (All.Count(r => r.IsOpen), All.Count(r => r.Review.State == ReviewState.Locked));
            return open == 0 ? $"已评 {locked} 个，没有待评的项目。" : $"待评 {open} 个，已评 {locked} 个。";
        }
    }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<FileStreamResult> OnGetExportAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return await Sheets.FileAsync(
            "我的评审",
            Reviews.Select(r => new Dictionary<string, object?>
            {
                ["编号"] = r.Number,
                ["企业"] = r.Enterprise,
                ["批次"] = r.Batch,
                ["轮次"] = r.Round,
                ["状态"] = Words(r.Review),
                ["评分"] = r.Review.Total / 100m,
                ["期限"] = r.Due is { } due ? ChinaTime.Local(due) : null,
                ["锁定时间"] = r.Review.LockedAt is { } at ? ChinaTime.Local(at) : null,
            }),
            ct);
    }

    public static StatusKind KindOf(Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return review.State switch
        {
            ReviewState.Assigned => StatusKind.Warning,
            ReviewState.Scoring => StatusKind.Progress,
            ReviewState.Locked => StatusKind.Success,
            _ => StatusKind.Neutral,
        };
    }

    /// <summary>How far a review is, with why its seat became free.</summary>
    public static string Words(Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return review.IsSilent ? "已替换" : Words(review.State);
    }

    public static string Words(ReviewState state) => state switch
    {
        ReviewState.Assigned => "待声明",
        ReviewState.Scoring => "评分中",
        ReviewState.Locked => "已锁定",
        _ => "已回避",
    };

    private async Task LoadAsync(CancellationToken ct)
    {
        All = await query.MineAsync(actor.Value, ct);
        var piece = Q?.Trim() ?? "";
        Reviews = [.. All.Where(r => (State is null || r.Review.State == State) && (r.Enterprise.Contains(piece, StringComparison.OrdinalIgnoreCase) || r.Number.Contains(piece, StringComparison.OrdinalIgnoreCase) || r.Batch.Contains(piece, StringComparison.OrdinalIgnoreCase)))];
    }
}
