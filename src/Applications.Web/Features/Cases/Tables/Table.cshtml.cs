using System.Security.Cryptography;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Applications.Web.Features.Cases.Edit;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Applications.Web.Infrastructure.Workbooks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Cases.Tables;

/// <summary>One table of the application as a spreadsheet: out, and in after a look at it.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class TableModel(EditQuery query, ImportRowsHandler handler, SheetUploads uploads, IDataProtectionProvider protection, CurrentActor actor) : CommandPage
{
    /// <summary>Rows that are shown before they are taken over.</summary>
    public const int MostPreviewed = 5;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "table")]
    public string Key { get; set; } = string.Empty;

    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>Behind the rows there are; otherwise in their place.</summary>
    [BindProperty]
    public bool Append { get; set; } = true;

    /// <summary>Stands for the spreadsheet that was looked at: only its looker can take it over, and only here.</summary>
    [BindProperty]
    public string? Ticket { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public FieldDefinition Table { get; private set; } = null!;

    public SectionDefinition Section { get; private set; } = null!;

    /// <summary>Rows there are now.</summary>
    public int Rows { get; private set; }

    public RowsImport? Result { get; private set; }

    private IDataProtector Protector => protection.CreateProtector("table-sheet", $"{Id:n}", Key, $"{actor.Value.UserId:n}");

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<FileStreamResult> OnGetSheetAsync(CancellationToken ct)
    {
        var (view, _) = await query.ExecuteAsync(Id, actor.Value, null, ct);
        var table = ImportRowsHandler.TableOf(view, Key);
        return Sheets.File(table.Label, await TableSheet.WriteAsync(table, view.Answers.Rows(table.Key), ct));
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var sha256 = await uploads.KeepAsync(Upload, ct);
            Ticket = Protector.Protect(sha256);
            Result = await handler.HandleAsync(new ImportRows(Id, Key, await uploads.OpenAsync(sha256, ct), Append, null), actor.Value, ct);
            ModelState.Clear();
            await LoadAsync(ct);
            return Page();
        },
        ct);

    public Task<IActionResult> OnPostTakeAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            Result = await handler.HandleAsync(new ImportRows(Id, Key, await uploads.OpenAsync(Ticketed(), ct), Append, Version), actor.Value, ct);
            await LoadAsync(ct);
            if (!Result.Taken)
            {
                Response.StatusCode = StatusCodes.Status400BadRequest;
                return Page();
            }

            TempData.Success($"已导入 {Result.Rows.Count} 行，“{Table.Label}”现有 {Rows} 行。");
            return LocalRedirect($"/cases/{Id}/edit/{Section.Key}#{Table.Key}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var (view, _) = await query.ExecuteAsync(Id, actor.Value, null, ct);
        Table = ImportRowsHandler.TableOf(view, Key);
        Section = view.Form.Sections.First(s => s.Fields.Contains(Table));
        Rows = view.Answers.Rows(Table.Key).Count;
        Version = view.Application.Version;
        if (Rows == 0)
        {
            Append = true;
        }
    }

    /// <summary>The spreadsheet of the ticket; null for a ticket of somebody else's, of another table, or none.</summary>
    private string? Ticketed()
    {
        try
        {
            return Ticket is null ? null : Protector.Unprotect(Ticket);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
