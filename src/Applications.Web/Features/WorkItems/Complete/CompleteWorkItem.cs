using System.Text.Json;
using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.WorkItems.Complete;

/// <param name="Version">The work item's version as the decider saw it.</param>
/// <param name="Marks">Fields to be corrected, with a remark each; meant for outcomes that send the application back.</param>
/// <param name="Checked">Keys of the formal checklist that the decider found in order.</param>
public sealed record CompleteWorkItem(
    Guid WorkItemId, string? Outcome, string? Reason, Guid Version, IReadOnlyDictionary<string, string>? Marks, IReadOnlyCollection<string>? Checked, Guid IdempotencyKey);

/// <param name="Label">The outcome in words.</param>
/// <param name="StandsAt">Where the subject stands now, in words.</param>
public sealed record Completed(string Label, string StandsAt);

/// <summary>Decides a work item of a case or batch by its outcome. Tasks that need more than a decision have handlers of their own.</summary>
public sealed class CompleteWorkItemHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, DelegationSource delegations)
{
    private static readonly string[] Decidable =
        [Tasks.Check, Tasks.FormalCheck, Tasks.CityList, Tasks.SiteCheck, Tasks.Synthesis, Tasks.SignList, Tasks.Announce, Tasks.FinalResult];

    private const int LongestReason = 2000;
    private const int LongestMark = 500;

    /// <returns>What was done and where the subject stands now.</returns>
    /// <exception cref="RuleBrokenException"><c>outcome-required</c>, <c>checklist-open</c>, <c>text-too-long</c>, <c>unknown-field</c>, <c>field-computed</c>, <c>remark-required</c>, or what the engine refuses.</exception>
    /// <exception cref="NotFoundException">Not on the actor's desk.</exception>
    /// <exception cref="StaleVersionException">Somebody was first.</exception>
    public Task<Completed> HandleAsync(CompleteWorkItem request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "complete-work-item", ("work-item", request.WorkItemId), c => CompleteAsync(request, actor, c), ct);
    }

    private async Task<Completed> CompleteAsync(CompleteWorkItem request, Actor actor, CancellationToken ct)
    {
        var (item, batch, application) = await FindAsync(request.WorkItemId, actor, ct);
        var outcome = string.IsNullOrEmpty(request.Outcome) ? throw new RuleBrokenException("outcome-required", "请选择办理结果。", "Outcome") : request.Outcome;
        var settings = definitions.Workflow(application?.State.DefinitionId ?? batch.State.DefinitionId).Get(item.Activity).Settings as WorkItemSettings
            ?? throw new NotFoundException();
        if (settings.OtherRoles.GetValueOrDefault(outcome) != actor.Role || application is null)
        {
            actor = await ActingAsync(item, batch, actor, ct);
        }

        if (item.ClosedAt is not null)
        {
            throw new StaleVersionException("该待办");
        }

        StaleVersionException.ThrowIfStale(request.Version, item.Version, "该待办");
        Refuse(item, settings, outcome, actor);
        RequireShort(request);
        var reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim();
        if (application is null)
        {
            await RequireOverAsync(batch, item, ct);
            await host.CompleteAsync(FlowSubjects.Of(batch), item.Token, outcome, actor, reason, ct);
            return new Completed(settings.Labels[outcome], batch.StageTitle);
        }

        if (item.Task == Tasks.FormalCheck && outcome == settings.Outcomes[0])
        {
            reason = PassChecklist(definitions.Programme(batch.ProgrammeId), request.Checked ?? [], reason);
        }

        if (Outcomes.SendsBack(outcome))
        {
            var marks = request.Marks ?? new Dictionary<string, string>();
            RequireMarkable(marks, definitions.Form(batch.FormId));
            application.Mark(JsonSerializer.Serialize(marks, ApplicationsDbContext.Json));
        }
        else if (application.FilingRound > 1 && settings.OtherRoles.GetValueOrDefault(outcome) == Roles.Applicant)
        {
            // Taken back by the applicant, a correction is what it was: open where it had been marked, and nowhere else.
            application.Mark(await db.Filings.Where(f => f.CaseId == application.Id && f.Round == application.FilingRound).Select(f => f.Marks).SingleAsync(ct) ?? "{}");
        }

        await host.CompleteAsync(FlowSubjects.Of(application, batch), item.Token, outcome, actor, reason, ct);
        return new Completed(settings.Labels[outcome], application.StageTitle);
    }

    /// <summary>As whom the actor decides: for himself, or in the place of one who empowered him, and then not on his own last step.</summary>
    private async Task<Actor> ActingAsync(WorkItem item, Batch batch, Actor actor, CancellationToken ct)
    {
        if (item.Participant is not null)
        {
            throw new NotFoundException();
        }

        if (await delegations.ActingAsync(actor, item, batch.ProgrammeKey, ct) is not { } acting)
        {
            throw item.Holder == actor.Holder
                ? new RuleBrokenException("assigned-to-other", $"该待办已转给{item.AssigneeName}办理；需要时可在“更多办理方式”中再次转办。")
                : new NotFoundException();
        }

        await delegations.RefuseOwnWorkAsync(actor, acting, item.CaseId ?? item.BatchId, ct);
        return acting;
    }

    /// <summary>The item with its batch and, when it is of a case the actor may see, the case; tracked, in one query.</summary>
    private async Task<(WorkItem Item, Batch Batch, Application? Application)> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        // Made outside: a call inside the query would be compiled anew each time it runs.
        var visible = db.Applications.VisibleTo(db, actor);
        var found = await (
            from item in db.WorkItems
            join batch in db.Batches on item.BatchId equals batch.Id
            from application in visible.Where(a => a.Id == item.CaseId).DefaultIfEmpty()
            where item.Id == id && item.TitleId == null
            select new { item, batch, application }).SingleOrDefaultAsync(ct);
        return found is null || (found.item.CaseId is not null && found.application is null)
            ? throw new NotFoundException()
            : (found.item, found.batch, found.application);
    }

    /// <summary>A batch that goes round ends instead of seating another panel only when nobody can come any more and nobody is left.</summary>
    private async Task RequireOverAsync(Batch batch, WorkItem item, CancellationToken ct)
    {
        if (item.Task != Tasks.AssignPanel)
        {
            return;
        }

        var running = await db.Applications.CountAsync(a => a.BatchId == batch.Id && a.Result == null, ct);
        if (running > 0 || batch.RecommendationClosesAt > host.Now)
        {
            throw new RuleBrokenException("batch-still-open", running > 0 ? $"还有 {running} 件申报没有办结，不能结束本批次。" : "推荐期尚未结束，不能结束本批次。");
        }
    }

    /// <summary>An application passes the formal check only with every point found in order; the journal says so.</summary>
    private static string PassChecklist(ProgrammeDefinition programme, IReadOnlyCollection<string> found, string? reason)
    {
        if (programme.FormalChecklist.Any(c => !found.Contains(c.Key)))
        {
            throw new RuleBrokenException("checklist-open", "审查通过须逐项勾选核对清单；有不符合的，请选择要求补正或不予受理。", "Checked");
        }

        return $"形式审查清单 {programme.FormalChecklist.Count} 项逐项核对符合。{reason}";
    }

    private static void RequireMarkable(IReadOnlyDictionary<string, string> marks, FormDefinition form)
    {
        foreach (var (key, remark) in marks)
        {
            var field = form.FindField(key) ?? throw new RuleBrokenException("unknown-field", $"申报书没有“{key}”这一栏。", "Marks");
            if (field.Kind is FieldKind.Computed)
            {
                throw new RuleBrokenException("field-computed", $"“{field.Label}”由系统计算，请标注它所依据的栏目。", $"Marks[{key}]");
            }

            if (string.IsNullOrWhiteSpace(remark))
            {
                throw new RuleBrokenException("remark-required", $"请写明“{field.Label}”怎样修改。", $"Marks[{key}]");
            }
        }
    }

    private static void RequireShort(CompleteWorkItem request)
    {
        if (request.Reason?.Length > LongestReason)
        {
            throw new RuleBrokenException("text-too-long", $"意见或理由不超过 {LongestReason} 字。", "Reason");
        }

        if (request.Marks?.FirstOrDefault(m => m.Value.Length > LongestMark) is { Key: { } key })
        {
            throw new RuleBrokenException("text-too-long", $"修改意见不超过 {LongestMark} 字。", $"Marks[{key}]");
        }
    }

    private static void Refuse(WorkItem item, WorkItemSettings settings, string outcome, Actor actor)
    {
        var withdrawal = settings.OtherRoles.ContainsKey(outcome) || (item.Task is Tasks.File or Tasks.AssignPanel && outcome != settings.Outcomes[0]);
        if (!withdrawal && !Decidable.Contains(item.Task))
        {
            throw new RuleBrokenException("task-has-own-page", "该事项须在其专门页面办理。");
        }

        if (item.Task == Tasks.CityList && outcome == settings.Outcomes[0])
        {
            throw new RuleBrokenException("task-has-own-page", "请在“名额与推荐名单”中印发推荐名单。");
        }

        if (actor.Role == Roles.Inspector)
        {
            throw new NotFoundException();
        }
    }
}
