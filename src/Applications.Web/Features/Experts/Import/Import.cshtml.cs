using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Applications.Web.Infrastructure.Workbooks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Experts.Import;

/// <summary>Experts out of a spreadsheet: looked at first, then taken over.</summary>
[Authorize(Policy = Roles.Pool)]
public sealed class ImportModel(ImportExpertsHandler handler, SheetUploads uploads, CurrentActor actor) : CommandPage
{
    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>The table that was looked at; the second step takes over the same bytes.</summary>
    [BindProperty]
    public string? Sha256 { get; set; }

    [BindProperty]
    public string? Approval { get; set; }

    public ImportResult? Result { get; private set; }

    public void OnGet()
    {
    }

    public async Task<FileStreamResult> OnGetTemplateAsync(CancellationToken ct) => Sheets.File(
        "专家导入模板", await ImportWorkbooks.TemplateAsync([new ImportTable(ImportSheet.Name, ImportSheet.Columns, [], WithExample: true)], ImportSheet.Words, ct));

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            Sha256 = await uploads.KeepAsync(Upload, ct);
            ModelState.Remove(nameof(Sha256));
            Result = await LookAsync(await TableAsync(ct), dryRun: true, ct);
            return Page();
        },
        ct);

    /// <summary>The faulty rows, to be corrected and sent again with the others.</summary>
    public Task<IActionResult> OnPostFaultsAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var table = await TableAsync(ct);
            var result = await LookAsync(table, dryRun: true, ct);
            return result.Faults.Count == 0 ? throw new RuleBrokenException("no-faults", "这份表格没有问题。") : Sheets.File("专家导入_有问题的行", await ImportWorkbooks.FaultsAsync([table], result.Faults, ct));
        },
        ct);

    public Task<IActionResult> OnPostTakeAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            Result = await LookAsync(await TableAsync(ct), dryRun: false, ct);
            if (Result.Faults.Count > 0)
            {
                Response.StatusCode = StatusCodes.Status400BadRequest;
                return Page();
            }

            TempData.Success($"已导入 {Result.Imported} 名专家。");
            return LocalRedirect(string.IsNullOrWhiteSpace(Approval) ? "/experts?status=Applied&order=Applied" : "/experts?status=InPool&order=Applied");
        },
        ct);

    protected override Task LoadAsync(CancellationToken ct) => Task.CompletedTask;

    private async Task<SheetTable> TableAsync(CancellationToken ct) =>
        SheetTable.Find(await uploads.OpenAsync(Sha256, ct), ImportSheet.Name, ImportSheet.Columns, ImportSheet.MostRows);

    private Task<ImportResult> LookAsync(SheetTable table, bool dryRun, CancellationToken ct) =>
        handler.HandleAsync(new ImportExperts(table, Approval, dryRun, IdempotencyKey), actor.Value, ct);
}
