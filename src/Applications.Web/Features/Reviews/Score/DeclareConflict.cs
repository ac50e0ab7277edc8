using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Score;

/// <summary>What an expert's commands share: his own review of a case that is under review. One who sits in several rounds of a case has a review in each.</summary>
internal static class ReviewDesk
{
    public static async Task<(Review Review, Application Case, Batch Batch, int Token, DateTime? Due)> OwnReviewAsync(
        this ApplicationsDbContext db, Guid caseId, string? round, Actor actor, CancellationToken ct)
    {
        var reviews = actor.Role == Roles.Expert
            ? await db.Reviews.Where(r => r.CaseId == caseId && r.ExpertId == actor.ScopeId && r.State != ReviewState.Declined && (round == null || r.Round == round))
                .OrderByDescending(r => r.AssignedAt).ToListAsync(ct)
            : [];
        var review = reviews.Find(r => r.State != ReviewState.Locked) ?? reviews.FirstOrDefault();
        var application = review is null ? throw new NotFoundException() : await db.Applications.SingleAsync(a => a.Id == caseId, ct);
        var item = await db.WorkItems.AsNoTracking().FirstOrDefaultAsync(w => w.CaseId == caseId && w.Holder == actor.Holder && w.ClosedAt == null, ct);
        var batch = await db.Batches.SingleAsync(b => b.Id == application.BatchId, ct);
        return (review, application, batch, item?.Token ?? 0, item?.DueAt);
    }
}

/// <param name="Round">In which round; null for the one that is open.</param>
public sealed record DeclareConflict(Guid CaseId, bool HasConflict, string? Reason, Guid Version, Guid IdempotencyKey, string? Round = null);

/// <summary>The expert declares whether he must step down; if so, a substitute takes the seat in the same commit. Without one the panel goes on and the department sees it.</summary>
public sealed class DeclareConflictHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, PanelStore panels)
{
    public Task<bool> HandleAsync(DeclareConflict request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, request.HasConflict ? "step-aside" : "declare-free", ("case", request.CaseId), c => DeclareAsync(request, actor, c), ct);
    }

    private async Task<bool> DeclareAsync(DeclareConflict request, Actor actor, CancellationToken ct)
    {
        var (review, application, batch, token, _) = await db.OwnReviewAsync(request.CaseId, request.Round, actor, ct);
        StaleVersionException.ThrowIfStale(request.Version, review.Version, "评审任务");
        review.Version = Guid.NewGuid();
        if (!request.HasConflict)
        {
            review.DeclareFree(host.Now);
            return false;
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new RuleBrokenException("reason-required", "请写明回避原因。", "Reason");
        }

        review.DeclareConflict(request.Reason.Trim(), host.Now);
        await panels.AddAsync(application, batch, review.Round, token, "原专家回避", Actor.System, ct, review);
        await host.AnswerAsync(FlowSubjects.Of(application, batch), token, review.ExpertId.ToString("N"), PanelReviewKind.Decline, actor, "专家声明回避", ct);
        return true;
    }
}
