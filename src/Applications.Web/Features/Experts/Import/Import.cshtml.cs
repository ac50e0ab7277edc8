using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Files;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Experts.Import;

/// <summary>Experts out of a spreadsheet: looked at first, then taken over.</summary>
[Authorize(Policy = Roles.Pool)]
public sealed class ImportModel(ImportExpertsHandler handler, IFileStore store, CurrentActor actor) : CommandPage
{
    private const int MostBytes = 5 * 1024 * 1024;

    /// <summary>Faults that are listed.</summary>
    public const int MostShown = 200;

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

    public Task<FileStreamResult> OnGetTemplateAsync(CancellationToken ct) =>
        Sheets.FileAsync("专家导入模板", [ImportSheet.Columns.ToDictionary(c => c.Heading, c => (object?)c.Example)], ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            if (Upload is null)
            {
                throw new RuleBrokenException("file-empty", "请选择要导入的表格。", "Upload");
            }

            await using var content = Upload.OpenReadStream();
            try
            {
                Sha256 = (await store.SaveAsync(content, MostBytes, ct)).Sha256;
            }
            catch (FileTooLargeException e)
            {
                throw new RuleBrokenException("file-too-large", e.Message, "Upload");
            }

            ModelState.Remove(nameof(Sha256));
            Result = await LookAsync(dryRun: true, ct);
            return Page();
        },
        ct);

    public Task<IActionResult> OnPostTakeAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            Result = await LookAsync(dryRun: false, ct);
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

    private async Task<ImportResult> LookAsync(bool dryRun, CancellationToken ct)
    {
        await using var content = Sha256 is { Length: 64 } hash && hash.All(char.IsAsciiHexDigitLower) ? store.Open(hash) : null;
        return content is null
            ? throw new RuleBrokenException("file-gone", "表格已失效，请重新选择。", "Upload")
            : await handler.HandleAsync(new ImportExperts(content, Approval, dryRun, IdempotencyKey), actor.Value, ct);
    }
}
