using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Applications.Web.Infrastructure.Workbooks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Applications.Web.Features.Enterprises.Import;

/// <summary>Enterprises out of a spreadsheet: looked at first, then taken over.</summary>
[Authorize(Roles = $"{Roles.City},{Roles.Officer}")]
public sealed class EnterpriseImportModel(EnterprisePlanQuery plans, ImportEnterprisesHandler handler, SheetUploads uploads, CurrentActor actor) : CommandPage
{
    /// <summary>Changed enterprises that can be decided on one by one; more are updated or left as a whole.</summary>
    public const int MostChosen = 500;

    public const string Chosen = "chosen";
    public const string All = "all";
    public const string None = "none";

    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>The table that was looked at.</summary>
    [BindProperty]
    public string? Sha256 { get; set; }

    /// <summary>The plan that was shown.</summary>
    [BindProperty]
    public string? Digest { get; set; }

    /// <summary>What happens to enterprises on record: <see cref="Chosen"/>, <see cref="All"/> or <see cref="None"/>.</summary>
    [BindProperty]
    public string? Existing { get; set; }

    /// <summary>Rows ticked for updating.</summary>
    [BindProperty]
    public List<int> Updates { get; set; } = [];

    public EnterprisePlan? Plan { get; private set; }

    public Actor Me => actor.Value;

    public void OnGet()
    {
    }

    public async Task<FileStreamResult> OnGetTemplateAsync(CancellationToken ct) => Sheets.File(
        "企业导入模板", await ImportWorkbooks.TemplateAsync([new ImportTable(EnterpriseSheet.Name, EnterpriseSheet.Columns, [], WithExample: true)], EnterpriseSheet.Words, ct));

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            Sha256 = await uploads.KeepAsync(Upload, ct);
            ModelState.Remove(nameof(Sha256));
            await LookAsync(await TableAsync(ct), ct);
            return Page();
        },
        ct);

    /// <summary>The faulty rows, to be corrected and sent again.</summary>
    public Task<IActionResult> OnPostFaultsAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var plan = await plans.ExecuteAsync(await TableAsync(ct), Me, ct);
            return plan.Faults.Count == 0 ? throw new RuleBrokenException("no-faults", "这份表格没有问题。") : Sheets.File("企业导入_有问题的行", await ImportWorkbooks.FaultsAsync([plan.Table], plan.Faults, ct));
        },
        ct);

    public Task<IActionResult> OnPostTakeAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var ticked = Updates.ToHashSet();
            var done = await handler.HandleAsync(
                new ImportEnterprises(await TableAsync(ct), Sha256!, Digest ?? string.Empty, r => Existing == All || (Existing == Chosen && ticked.Contains(r.Number)), IdempotencyKey), Me, ct);
            TempData.Success($"已导入：新增 {done.Created} 家，更新 {done.Updated} 家{(done.Skipped > 0 ? $"，按您的选择跳过 {done.Skipped} 家" : string.Empty)}。");
            return LocalRedirect("/enterprises");
        },
        ct);

    /// <summary>After a refusal the plan is shown as it is now.</summary>
    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (Sha256 is null || ModelState.GetFieldValidationState(nameof(Upload)) == ModelValidationState.Invalid)
        {
            return;
        }

        await LookAsync(await TableAsync(ct), ct);
    }

    private async Task<SheetTable> TableAsync(CancellationToken ct) =>
        SheetTable.Find(await uploads.OpenAsync(Sha256, ct), EnterpriseSheet.Name, EnterpriseSheet.Columns, EnterpriseSheet.MostRows);

    private async Task LookAsync(SheetTable table, CancellationToken ct)
    {
        Plan = await plans.ExecuteAsync(table, Me, ct);
        Digest = Plan.Digest();
        ModelState.Remove(nameof(Digest));
        Existing ??= Plan.Updated.Count > MostChosen ? None : Chosen;
    }
}
