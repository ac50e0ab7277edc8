using Applications.Data.Trail;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Features.Home;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Applications.Web.Infrastructure.Workbooks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Applications.Web.Features.Cases.Import;

/// <summary>Applications that came on paper, out of a spreadsheet: looked at first, then made into drafts.</summary>
[Authorize(Roles = $"{Roles.City},{Roles.Officer}")]
public sealed class CaseImportModel(
    ApplicationPlanQuery plans, ExportApplicationsQuery exports, ImportApplicationsHandler handler, HomeQuery calls, SheetUploads uploads, DefinitionCatalog definitions, AuditWriter audit, CurrentActor actor)
    : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>The table that was looked at.</summary>
    [BindProperty]
    public string? Sha256 { get; set; }

    /// <summary>The plan that was shown.</summary>
    [BindProperty]
    public string? Digest { get; set; }

    /// <summary>Rows ticked for changing a draft.</summary>
    [BindProperty]
    public List<int> Updates { get; set; } = [];

    public IReadOnlyList<OpenCall> Calls { get; private set; } = [];

    public ApplicationPlan? Plan { get; private set; }

    public Actor Me => actor.Value;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Calls = (await calls.ExecuteAsync(ct)).Calls;
        if (Batch is null && Calls.Count == 1)
        {
            Batch = Calls[0].Id;
        }
    }

    public async Task<IActionResult> OnGetTemplateAsync(CancellationToken ct)
    {
        var batch = await plans.BatchAsync(Batch ?? Guid.Empty, Me, ct);
        var sheets = new ApplicationSheets(definitions.Form(batch.FormId));
        return Sheets.File($"申报书导入模板_{batch.Name}", await ImportWorkbooks.TemplateAsync(sheets.Write([]), sheets.Words, ct));
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var batch = await plans.BatchAsync(Batch ?? Guid.Empty, Me, ct);
        var (tables, words, count) = await exports.ExecuteAsync(batch, Me, ct);
        await audit.WriteAsync(Me, "export-applications", ("batch", batch.Id), ct, $"{count} 件");
        return Sheets.File($"申报书_{batch.Name}", await ImportWorkbooks.TemplateAsync(tables, words, ct));
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            if (Batch is null)
            {
                throw new RuleBrokenException("batch-required", "请选择批次。", "Batch");
            }

            Sha256 = await uploads.KeepAsync(Upload, ct);
            ModelState.Remove(nameof(Sha256));
            await LoadAsync(ct);
            return Page();
        },
        ct);

    /// <summary>The faulty rows, to be corrected and sent again.</summary>
    public Task<IActionResult> OnPostFaultsAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var plan = await PlanAsync(ct);
            return plan.Faults.Count == 0
                ? throw new RuleBrokenException("no-faults", "这份表格没有问题。")
                : Sheets.File("申报书导入_有问题的行", await ImportWorkbooks.FaultsAsync(plan.Read.Tables, plan.WithSiblings(), ct));
        },
        ct);

    public Task<IActionResult> OnPostTakeAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var done = await handler.HandleAsync(
                new ImportApplications(Batch ?? Guid.Empty, await uploads.OpenAsync(Sha256, ct), Sha256!, Digest ?? string.Empty, Updates.ToHashSet(), IdempotencyKey), Me, ct);
            TempData.Success($"已导入：新建草稿 {done.Created} 份，更新草稿 {done.Updated} 份{(done.Skipped > 0 ? $"，保留原样 {done.Skipped} 份" : string.Empty)}。草稿由企业核对并提交后，出现在“申报项目”中。");
            return LocalRedirect($"/cases/import?batch={Batch}");
        },
        ct);

    /// <summary>After a refusal the plan is shown as it is now.</summary>
    protected override async Task LoadAsync(CancellationToken ct)
    {
        Calls = (await calls.ExecuteAsync(ct)).Calls;
        if (Sha256 is null || ModelState.GetFieldValidationState(nameof(Upload)) == ModelValidationState.Invalid)
        {
            return;
        }

        Plan = await PlanAsync(ct);
        Digest = Plan.Digest();
        ModelState.Remove(nameof(Digest));
    }

    private async Task<ApplicationPlan> PlanAsync(CancellationToken ct) => await plans.ExecuteAsync(Batch ?? Guid.Empty, await uploads.OpenAsync(Sha256, ct), Me, ct);
}
