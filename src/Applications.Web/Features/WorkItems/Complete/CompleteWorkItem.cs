using System.Text.Json;
using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.WorkItems.Complete;

/// <param name="Version">The work item's version as the decider saw it.</param>
/// <param name="Marks">Fields to be corrected, with a remark each.</param>
public sealed record CompleteWorkItem(
    Guid WorkItemId, string Outcome, string? Reason, Guid Version, IReadOnlyDictionary<string, string>? Marks, Guid IdempotencyKey);

/// <summary>Decides a work item of a case or batch by its outcome. Tasks that need more than a decision have handlers of their own.</summary>
public sealed class CompleteWorkItemHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions)
{
    private static readonly string[] Decidable = [Tasks.Check, Tasks.FormalCheck, Tasks.CityList, Tasks.SignList, Tasks.Announce];

    /// <returns>Where the subject stands now.</returns>
    /// <exception cref="NotFoundException">Not on the actor's desk.</exception>
    /// <exception cref="StaleVersionException">Somebody was first.</exception>
    public Task<string> HandleAsync(CompleteWorkItem request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "complete-work-item", ("work-item", request.WorkItemId), c => CompleteAsync(request, actor, c), ct);
    }

    private async Task<string> CompleteAsync(CompleteWorkItem request, Actor actor, CancellationToken ct)
    {
        var item = await db.WorkItems.SingleOrDefaultAsync(w => w.Id == request.WorkItemId, ct) ?? throw new NotFoundException();
        var batch = await db.Batches.SingleAsync(b => b.Id == item.BatchId, ct);
        var application = item.CaseId is { } caseId ? await db.GetCaseAsync(caseId, actor, ct) : null;
        var settings = definitions.Workflow(application?.State.DefinitionId ?? batch.State.DefinitionId).Get(item.Activity).Settings as WorkItemSettings
            ?? throw new NotFoundException();
        var mine = item.Holder == actor.Holder || (settings.OtherRoles.GetValueOrDefault(request.Outcome) == actor.Role && application is not null);
        if (!mine)
        {
            throw new NotFoundException();
        }

        if (item.ClosedAt is not null)
        {
            throw new StaleVersionException("该待办");
        }

        StaleVersionException.ThrowIfStale(request.Version, item.Version, "该待办");
        Refuse(item, settings, request, actor);
        if (application is null)
        {
            await host.CompleteAsync(batch, item.Token, request.Outcome, actor, request.Reason, ct);
            return batch.StageTitle;
        }

        application.Mark(JsonSerializer.Serialize(request.Marks ?? new Dictionary<string, string>(), ApplicationsDbContext.Json));
        await host.CompleteAsync(application, batch, item.Token, request.Outcome, actor, request.Reason, ct);
        return application.StageTitle;
    }

    private static void Refuse(WorkItem item, WorkItemSettings settings, CompleteWorkItem request, Actor actor)
    {
        var withdrawal = settings.OtherRoles.ContainsKey(request.Outcome) || (item.Task == Tasks.File && request.Outcome != settings.Outcomes[0]);
        if (!withdrawal && !Decidable.Contains(item.Task))
        {
            throw new RuleBrokenException("task-has-own-page", "该事项须在其专门页面办理。");
        }

        if (item.Task == Tasks.CityList && request.Outcome == settings.Outcomes[0])
        {
            throw new RuleBrokenException("task-has-own-page", "请在“名额与推荐名单”中印发推荐名单。");
        }

        if (actor.Role == Roles.Inspector)
        {
            throw new NotFoundException();
        }
    }
}
