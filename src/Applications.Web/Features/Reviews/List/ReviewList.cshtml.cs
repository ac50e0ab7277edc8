using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews.Score;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Reviews.List;

/// <summary>The files an expert was given.</summary>
[Authorize(Policy = Roles.Expert)]
public sealed class ReviewListModel(ScoreQuery query, CurrentActor actor) : PageModel
{
    public IReadOnlyList<OwnReview> Reviews { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Reviews = await query.MineAsync(actor.Value, ct);

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
}
