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

namespace Applications.Web.Features.Reviews.Enlist;

public sealed record EnlistExpert(Guid CaseId, string? Reason, Guid IdempotencyKey);

/// <summary>The officer asks for one more expert on a panel that is at work: scores lie far apart, or too few are left after conflicts.</summary>
public sealed class EnlistExpertHandler(ApplicationsDbContext db, CommandPipeline pipeline, DefinitionCatalog definitions, PanelStore panels)
{
    private const int LongestReason = 500;

    /// <exception cref="RuleBrokenException"><c>reason-required</c>, <c>text-too-long</c>, <c>not-under-review</c>, <c>panel-shortage</c>.</exception>
    public Task<bool> HandleAsync(EnlistExpert request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "enlist-expert", ("case", request.CaseId), c => EnlistAsync(request, actor, c), ct, request.Reason);
    }

    private async Task<bool> EnlistAsync(EnlistExpert request, Actor actor, CancellationToken ct)
    {
        var application = actor.Role == Roles.Officer ? await db.GetCaseAsync(request.CaseId, actor, ct) : throw new NotFoundException();
        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new RuleBrokenException("reason-required", "请写明增补专家的理由。", "EnlistReason");
        }

        if (request.Reason.Length > LongestReason)
        {
            throw new RuleBrokenException("text-too-long", $"理由不超过 {LongestReason} 字。", "EnlistReason");
        }

        var flow = definitions.Workflow(application.State.DefinitionId);
        var waiting = application.State.Tokens.FirstOrDefault(t => flow.Get(t.Activity).Kind is PanelReviewKind)
            ?? throw new RuleBrokenException("not-under-review", "该项目不在专家评审环节，不能增补专家。");
        var batch = await db.Batches.SingleAsync(b => b.Id == application.BatchId, ct);
        var round = flow.Get(waiting.Activity).SettingsAs<PanelReviewSettings>().Round;
        return await panels.AddAsync(application, batch, round, waiting.Id, request.Reason.Trim(), actor, ct)
            ? true
            : throw new RuleBrokenException("panel-shortage", "本组的备选专家已用完，没有可增补的专家。");
    }
}
