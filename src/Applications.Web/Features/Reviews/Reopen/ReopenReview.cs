using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Outbox;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Web.Features.Reviews.Score;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Reopen;

/// <param name="Round">In which round; null for the latest.</param>
public sealed record AskReopen(Guid CaseId, string? Reason, Guid Version, Guid IdempotencyKey, string? Round = null);

/// <summary>An expert who locked a sheet too early or with a slip asks for it back, as long as the others of the panel are at work.</summary>
public sealed class AskReopenHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions)
{
    private const int LongestReason = 500;

    /// <exception cref="RuleBrokenException"><c>reason-required</c>, <c>text-too-long</c>, <c>panel-through</c>, <c>not-locked</c>, <c>reopen-asked</c>.</exception>
    public Task<Guid> HandleAsync(AskReopen request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "ask-reopen", ("case", request.CaseId), c => AskAsync(request, actor, c), ct, request.Reason);
    }

    private async Task<Guid> AskAsync(AskReopen request, Actor actor, CancellationToken ct)
    {
        var (review, application, batch, _, _) = await db.OwnReviewAsync(request.CaseId, request.Round, actor, ct);
        StaleVersionException.ThrowIfStale(request.Version, review.Version, "评分表");
        var reason = request.Reason?.Trim() ?? string.Empty;
        if (reason.Length is 0 or > LongestReason)
        {
            throw reason.Length == 0
                ? new RuleBrokenException("reason-required", "请写明需要修改评分的理由。", "ReopenReason")
                : new RuleBrokenException("text-too-long", $"理由不超过 {LongestReason} 字。", "ReopenReason");
        }

        if (ReopenSeat.Of(application, review, definitions) is null)
        {
            throw new RuleBrokenException("panel-through", "本项目的评审已经结束并汇总得分，不能再修改评分。");
        }

        review.AskReopen(reason, host.Now);
        review.Version = Guid.NewGuid();
        db.Send(OutboxKinds.SendLetter, new SendLetter("reopen-asked", Roles.Officer, batch.Id, application.Id, reason, "专家申请修改评分"), $"reopen-asked:{review.Id:N}:{review.Version:N}", host.Now);
        return review.Version;
    }
}

/// <param name="Agrees">False leaves the sheet locked.</param>
public sealed record AnswerReopen(Guid CaseId, Guid ReviewId, bool Agrees, Guid Version, Guid IdempotencyKey);

/// <summary>The officer answers an expert who asked for his sheet back. Nobody but the expert himself can bring a change of his score about.</summary>
public sealed class AnswerReopenHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions)
{
    /// <returns>True when the sheet was given back.</returns>
    /// <exception cref="RuleBrokenException"><c>reopen-not-asked</c>, <c>panel-through</c>.</exception>
    public Task<bool> HandleAsync(AnswerReopen request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "answer-reopen", ("case", request.CaseId), c => AnswerAsync(request, actor, c), ct, request.Agrees ? "同意" : "不同意");
    }

    private async Task<bool> AnswerAsync(AnswerReopen request, Actor actor, CancellationToken ct)
    {
        var application = actor.Role == Roles.Officer ? await db.GetCaseAsync(request.CaseId, actor, ct) : throw new NotFoundException();
        var review = await db.Reviews.SingleOrDefaultAsync(r => r.Id == request.ReviewId && r.CaseId == application.Id, ct) ?? throw new NotFoundException();
        StaleVersionException.ThrowIfStale(request.Version, review.Version, "评分");
        var reason = review.ReopenReason;
        review.AnswerReopen(request.Agrees, actor.Name);
        review.Version = Guid.NewGuid();
        if (!request.Agrees)
        {
            db.Send(
                OutboxKinds.SendLetter, new SendLetter("reopen-refused", Actor.HolderOf(Roles.Expert, review.ExpertId), application.BatchId, application.Id, reason, "您申请修改评分"),
                $"reopen-refused:{review.Id:N}:{review.Version:N}", host.Now);
        }
        else
        {
            var token = ReopenSeat.Of(application, review, definitions) ?? throw new RuleBrokenException("panel-through", "本项目的评审已经结束并汇总得分，不能再修改评分。");
            var batch = await db.Batches.SingleAsync(b => b.Id == application.BatchId, ct);
            await host.ReopenAsync(FlowSubjects.Of(application, batch), token, review.ExpertId.ToString("N"), actor, reason!, ct);
        }

        return request.Agrees;
    }
}

/// <summary>Where an expert's seat still is, as long as his panel is at work.</summary>
internal static class ReopenSeat
{
    /// <returns>The panel's token; null when the panel of the review's round is through.</returns>
    public static int? Of(Domain.Cases.Application application, Review review, DefinitionCatalog definitions)
    {
        var flow = definitions.Workflow(application.State.DefinitionId);
        return application.State.Tokens.FirstOrDefault(t => flow.Get(t.Activity).Settings is PanelReviewSettings panel && panel.Round == review.Round
            && t.Participants.Any(p => p.Key == review.ExpertId.ToString("N")))?.Id;
    }
}
