using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Replace;

/// <param name="Reason">Wanted while the expert still has time; afterwards that he was silent is reason enough.</param>
public sealed record ReplaceSilent(Guid CaseId, Guid ReviewId, string? Reason, Guid Version, Guid IdempotencyKey);

/// <summary>
/// Gives the seat of an expert who did not act within his time to the next reserve of the same draw, in one press. Without a reserve nothing happens: the seat stays his until a supplementary draw fills it,
/// so that no file goes on with one score less unseen.
/// </summary>
public sealed class ReplaceSilentHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, PanelStore panels)
{
    /// <exception cref="RuleBrokenException"><c>reason-required</c>, <c>text-too-long</c>, <c>panel-closed</c>, <c>panel-shortage</c>, <c>review-closed</c>.</exception>
    public Task<bool> HandleAsync(ReplaceSilent request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "replace-silent", ("case", request.CaseId), c => ReplaceAsync(request, actor, c), ct, request.Reason);
    }

    private async Task<bool> ReplaceAsync(ReplaceSilent request, Actor actor, CancellationToken ct)
    {
        var application = actor.Role == Roles.Officer ? await db.GetCaseAsync(request.CaseId, actor, ct) : throw new NotFoundException();
        var review = await db.Reviews.SingleOrDefaultAsync(r => r.Id == request.ReviewId && r.CaseId == application.Id, ct) ?? throw new NotFoundException();
        StaleVersionException.ThrowIfStale(request.Version, review.Version, "评审任务");
        var token = PanelSeats.TokenOf(application, review.Round, definitions) ?? throw new RuleBrokenException("panel-closed", "该轮评审已经结束，不能再替换专家。");
        var seat = review.ExpertId.ToString("N");
        var due = await db.WorkItems.AsNoTracking().Where(w => w.CaseId == application.Id && w.Token == token && w.Participant == seat && w.ClosedAt == null).Select(w => w.DueAt).FirstOrDefaultAsync(ct);
        var reason = request.Reason?.Trim() is { Length: > 0 } given ? given
            : due < host.Now ? "逾期未评"
            : throw new RuleBrokenException("reason-required", "该专家的评审期限未到，请写明不能评审的原因。", "Reason");
        if (reason.Length > Review.LongestBecause)
        {
            throw new RuleBrokenException("text-too-long", $"理由不超过 {Review.LongestBecause} 字。", "Reason");
        }

        review.Release(reason, host.Now);
        review.Version = Guid.NewGuid();
        var batch = await db.Batches.SingleAsync(b => b.Id == application.BatchId, ct);
        if (!await panels.AddAsync(application, batch, review.Round, token, $"原专家{reason}", actor, ct, review))
        {
            throw new RuleBrokenException("panel-shortage", "本组的备选专家已用完，请提出补充抽取。");
        }

        await host.AnswerAsync(FlowSubjects.Of(application, batch), token, seat, PanelReviewKind.Decline, actor, reason, ct);
        return true;
    }
}
