using System.Globalization;
using System.Text;
using Applications.Data.Commands;
using Applications.Domain.Common;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews.Reopen;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Reviews.Score;

/// <summary>Declaration first, then the score sheet.</summary>
[Authorize(Policy = Roles.Expert)]
public sealed class ScoreModel(ScoreQuery query, DeclareConflictHandler declare, ScoreFileHandler score, AskReopenHandler reopen, CurrentActor actor, TimeProvider clock) : CommandPage
{
    /// <summary>Larger numbers are slips of the hand and not read.</summary>
    private const decimal MostPoints = 10_000;

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
            var kept = await score.HandleAsync(Sheet(step, IdempotencyKey), actor.Value, ct);
            TempData.Success(step switch
            {
                ScoreStep.Lock => $"评分已锁定，合计 {ScoreSheet.Points(kept.Total)} 分。",
                ScoreStep.Suggest when kept.Suggested == 0 => "没有空白的项可填：建议分只填入空白项，您已填的分数没有改动。要改用建议分，请按该项旁的“采用”。",
                ScoreStep.Suggest => $"已在 {kept.Suggested} 个空白项填入建议分并保存草稿，您已填的分数没有改动；请逐项核对后锁定。",
                _ => "评分草稿已保存。",
            });
            return LocalRedirect(Own);
        },
        ct);

    /// <summary>The sheet as it is being filled in; what cannot be read yet stays in the browser.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken ct)
    {
        try
        {
            var kept = await score.HandleAsync(Sheet(ScoreStep.Save, Guid.NewGuid()), actor.Value, ct);
            return new JsonResult(new { version = kept.Version, savedAt = ChinaTime.Clock(clock.GetUtcNow().UtcDateTime) });
        }
        catch (StaleVersionException e)
        {
            return new JsonResult(new { message = e.Message }) { StatusCode = StatusCodes.Status409Conflict };
        }
        catch (ValidationException e)
        {
            return new JsonResult(new { message = $"{e.Errors.Count()} 项分数有误，未能保存" }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
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

    /// <summary>True while the page holds points that were refused and so are not kept.</summary>
    public bool IsUnsaved => Scores.Count > 0;

    /// <summary>What the sheet as shown adds up to, in hundredths; what cannot be read counts nothing.</summary>
    public int TotalShown => IsUnsaved
        ? View.Rubric.Criteria.Sum(c => c.Scoring == Scoring.Auto ? View.Scores.GetValueOrDefault(c.Key) : Read(Scores.GetValueOrDefault(c.Key)) ?? 0)
        : View.Scores.Values.Sum();

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(CaseId, Round, actor.Value, ct);

    private string Own => Round is null ? $"/reviews/{CaseId}" : $"/reviews/{CaseId}?round={Uri.EscapeDataString(Round)}";

    private ScoreFile Sheet(ScoreStep step, Guid key)
    {
        var written = Scores.Where(s => !string.IsNullOrWhiteSpace(s.Value)).Select(s => (s.Key, Text: s.Value!.Trim(), Points: Read(s.Value))).ToList();
        return new ScoreFile(CaseId, written.Where(w => w.Points is not null).ToDictionary(w => w.Key, w => w.Points!.Value), Comment, step, Version, key, Round)
        {
            Unread = written.Where(w => w.Points is null).ToDictionary(w => w.Key, w => w.Text),
        };
    }

    /// <summary>Hundredths, of full-width digits too; null for what is no number of at most two places.</summary>
    private static int? Read(string? text) =>
        decimal.TryParse(text?.Normalize(NormalizationForm.FormKC), NumberStyles.Number, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= MostPoints && value * 100 % 1 == 0 ? (int)(value * 100) : null;
}
