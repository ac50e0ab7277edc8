using System.Text.Json;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Web.Infrastructure.Navigation;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Workbooks;

namespace Applications.Web.Features.Cases.Import;

/// <param name="Sha256">Of the file, for the record.</param>
/// <param name="Digest">Of the plan as it was shown (<see cref="ApplicationPlan.Digest"/>).</param>
/// <param name="Updates">Rows whose drafts are to be changed; the other drafts stay as they are.</param>
public sealed record ImportApplications(Guid BatchId, Workbook Workbook, string Sha256, string Digest, IReadOnlySet<int> Updates, Guid IdempotencyKey);

public sealed record ImportedApplications(int Created, int Updated, int Skipped);

/// <summary>
/// Makes drafts out of applications that came on paper, all good ones or none. Nothing is submitted: the enterprise looks through what was typed for it,
/// adds its evidence and promises, and files.
/// </summary>
public sealed class ImportApplicationsHandler(CommandPipeline pipeline, WorkflowHost host, ApplicationPlanQuery plans, DraftStore drafts)
{
    /// <exception cref="RuleBrokenException"><c>window-closed</c>.</exception>
    /// <exception cref="StaleVersionException">A draft was changed since the plan was shown.</exception>
    public Task<ImportedApplications> HandleAsync(ImportApplications request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "import-applications", ("batch", request.BatchId), c => TakeAsync(request, actor, c), ct, $"文件 {request.Sha256}");
    }

    private async Task<ImportedApplications> TakeAsync(ImportApplications request, Actor actor, CancellationToken ct)
    {
        var plan = await plans.ExecuteAsync(request.BatchId, request.Workbook, actor, ct);
        if (!plan.Batch.IsFilingOpen(host.Now))
        {
            throw new RuleBrokenException("window-closed", "本批次不在申报时间内，不能导入申报书。");
        }

        if (plan.Digest() != request.Digest)
        {
            throw new StaleVersionException("申报草稿");
        }

        var from = $"纸质申报（{Navigation.RoleLabel(actor.Role)} {actor.Name} {ChinaTime.Date(host.Now)} 导入）";
        foreach (var row in plan.Created)
        {
            Mark(await drafts.OpenAsync(plan.Batch, row.Enterprise, row.Answers, actor, "导入纸质申报", ct), row, from);
        }

        var updated = plan.Updated.Where(r => request.Updates.Contains(r.Number)).ToList();
        foreach (var row in updated)
        {
            var draft = row.Draft!;
            draft.SaveAnswers(row.Answers.ToJson(), actor.Name, host.Now);
            Mark(draft, row, from);
            host.Note(FlowSubjects.Of(draft, plan.Batch), draft.Stage, actor, "Import", "导入纸质申报", string.Join("、", row.Changed.Select(c => c.Field.Label)));
            draft.Version = Guid.NewGuid();
        }

        return new ImportedApplications(plan.Created.Count, updated.Count, plan.Updated.Count - updated.Count);
    }

    /// <summary>What others typed has to be looked at by the enterprise, section by section, before it can file.</summary>
    private static void Mark(Application draft, PlannedApplication row, string from) =>
        draft.Carry(null, from, JsonSerializer.Serialize(draft.ReadCarried().Union(draft.CarriedFrom is null ? row.Sheet.Fields : row.Changed.Select(c => c.Field.Key)), ApplicationsDbContext.Json));
}
