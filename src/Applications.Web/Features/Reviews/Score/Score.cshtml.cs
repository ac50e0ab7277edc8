using System.Globalization;
using Applications.Data.Commands;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews.Reopen;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Reviews.Score;

/// <summary>Declaration first, then the score sheet.</summary>
[Authorize(Policy = Roles.Expert)]
public sealed class ScoreModel(ScoreQuery query, DeclareConflictHandler declare, ScoreFileHandler score, AskReopenHandler reopen, CurrentActor actor, TimeProvider clock) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid CaseId { get; set; }

    /// <summary>Which of the expert's reviews of the case; without it the one that is open.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Round { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    [BindProperty]
    public Dictionary<string, string?> Scores { get; set; } = [];

    [BindProperty]
    public string? Comment { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? ReopenReason { get; set; }

    public ScoreView View { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostDeclareAsync(bool conflict, CancellationToken ct) => RunAsync(
        async () =>
        {
            var stepsDown = await declare.HandleAsync(new DeclareConflict(CaseId, conflict, Reason, Version, IdempotencyKey, Round), actor.Value, ct);
            TempData.Success(stepsDown ? "已登记回避，系统已安排其他专家。" : "已声明无利害关系，请评分。");
            return LocalRedirect(stepsDown ? "/desk" : Own);
        },
        ct);

    public Task<IActionResult> OnPostScoreAsync(string? action, CancellationToken ct) => RunAsync(
        async () =>
        {
            var step = action switch { "lock" => ScoreStep.Lock, "suggest" => ScoreStep.Suggest, _ => ScoreStep.Save };
            await score.HandleAsync(new ScoreFile(CaseId, Points(), Comment, step, Version, IdempotencyKey, Round), actor.Value, ct);
            TempData.Success(step switch { ScoreStep.Lock => "评分已锁定。", ScoreStep.Suggest => "已填入建议分并保存草稿，请逐项核对后锁定。", _ => "评分草稿已保存。" });
            return LocalRedirect(step == ScoreStep.Lock ? "/desk" : Own);
        },
        ct);

    /// <summary>The sheet as it is being filled in; what cannot be read yet stays in the browser.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken ct)
    {
        try
        {
            var version = await score.HandleAsync(new ScoreFile(CaseId, Points(), Comment, ScoreStep.Save, Version, Guid.NewGuid(), Round), actor.Value, ct);
            return new JsonResult(new { version, savedAt = ChinaTime.Clock(clock.GetUtcNow().UtcDateTime) });
        }
        catch (StaleVersionException e)
        {
            return new JsonResult(new { message = e.Message }) { StatusCode = StatusCodes.Status409Conflict };
        }
        catch (RuleBrokenException e)
        {
            // What is wrong with a sheet is told to its expert only.
            await LoadAsync(ct);
            return new JsonResult(new { message = e.Message }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        }
    }

    public Task<IActionResult> OnPostReopenAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await reopen.HandleAsync(new AskReopen(CaseId, ReopenReason, Version, IdempotencyKey, Round), actor.Value, ct);
            TempData.Success("申请已提交，省厅同意后可以修改评分。");
            return LocalRedirect(Own);
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(CaseId, Round, actor.Value, ct);

    private string Own => Round is null ? $"/reviews/{CaseId}" : $"/reviews/{CaseId}?round={Uri.EscapeDataString(Round)}";

    private Dictionary<string, int> Points()
    {
        var points = new Dictionary<string, int>();
        foreach (var (key, text) in Scores.Where(s => !string.IsNullOrWhiteSpace(s.Value)))
        {
            if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 100 || value * 100 % 1 != 0)
            {
                throw new RuleBrokenException("score-not-a-number", $"“{text}”不是有效的分数，请填写 0 至 100、最多两位小数的数字。", $"Scores[{key}]");
            }

            points[key] = (int)(value * 100);
        }

        return points;
    }
}
