using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Conflicts;

public sealed record RecordConflict(Guid CaseId, Guid ReviewId, string? Reason, Guid IdempotencyKey);

/// <summary>
/// A conflict of interest that is found when an expert already judges: his score, also a locked one, does not count, and a substitute takes the seat in the same commit (programmes.md 4.2: must withdraw
/// once discovered).
/// </summary>
public sealed class RecordConflictHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, PanelStore panels)
{
    private const int LongestReason = 500;

    /// <returns>True when a substitute was found.</returns>
    /// <exception cref="RuleBrokenException"><c>reason-required</c>, <c>text-too-long</c>, <c>panel-closed</c>, <c>review-closed</c>.</exception>
    public Task<bool> HandleAsync(RecordConflict request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Officer, Roles.Inspector))
        {
            throw new NotFoundException();
        }

        var field = $"Reasons[{request.ReviewId}]";
        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new RuleBrokenException("reason-required", "请写明应当回避的事实。", field);
        }

        if (request.Reason.Length > LongestReason)
        {
            throw new RuleBrokenException("text-too-long", $"事实不超过 {LongestReason} 字。", field);
        }

        return pipeline.RunAsync(actor, request.IdempotencyKey, "record-conflict", ("case", request.CaseId), c => RecordAsync(request, actor, c), ct, request.Reason.Trim());
    }

    private async Task<bool> RecordAsync(RecordConflict request, Actor actor, CancellationToken ct)
    {
        var application = await db.GetCaseAsync(request.CaseId, actor, ct);
        var review = await db.Reviews.SingleOrDefaultAsync(r => r.Id == request.ReviewId && r.CaseId == request.CaseId, ct) ?? throw new NotFoundException();
        var flow = definitions.Workflow(application.State.DefinitionId);
        var token = application.State.Tokens.FirstOrDefault(t => flow.Get(t.Activity) is { Kind: PanelReviewKind } panel && panel.SettingsAs<PanelReviewSettings>().Round == review.Round)
            ?? throw new RuleBrokenException("panel-closed", "该轮评审已经结束，须先退回到评审环节（更多办理方式），再记录回避。");
        var batch = await db.Batches.SingleAsync(b => b.Id == application.BatchId, ct);
        var subject = FlowSubjects.Of(application, batch);
        var stillActs = review.Stop(request.Reason!.Trim(), host.Now);
        review.Version = Guid.NewGuid();
        var replaced = await panels.AddAsync(application, batch, review.Round, token.Id, "原专家回避", Actor.System, ct, review);
        if (stillActs)
        {
            await host.AnswerAsync(subject, token.Id, review.ExpertId.ToString("N"), PanelReviewKind.Decline, actor, "发现应当回避", ct);
        }

        return replaced;
    }
}
