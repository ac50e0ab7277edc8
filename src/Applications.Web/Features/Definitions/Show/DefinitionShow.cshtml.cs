using System.Text;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Definitions.Show;

/// <summary>One version: its picture with the cases that stand on it, its steps in words, its text.</summary>
[Authorize(Policy = AccountSetup.Policies.DefinitionReaders)]
public sealed class DefinitionShowModel(DefinitionShowQuery query, SwitchVersionHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = string.Empty;

    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public DefinitionView View { get; private set; } = null!;

    public bool MayPublish => actor.Value.Is(Roles.Admin);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            return NotFound();
        }

        await LoadAsync(ct);
        return Page();
    }

    /// <summary>The text as it was published.</summary>
    public async Task<FileContentResult> OnGetDownloadAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return File(Encoding.UTF8.GetBytes(View.Row.Json), "application/json", $"{Id}.json");
    }

    public Task<IActionResult> OnPostDisableAsync(CancellationToken ct) => SwitchAsync(true, "版本已停用，新批次不再采用；进行中的申报件不受影响。", ct);

    public Task<IActionResult> OnPostEnableAsync(CancellationToken ct) => SwitchAsync(false, "版本已启用。", ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, Batch, ct);

    private Task<IActionResult> SwitchAsync(bool disable, string done, CancellationToken ct) => RunAsync(
        async () =>
        {
            await handler.HandleAsync(new SwitchVersion(Id, Version, disable, IdempotencyKey), actor.Value, ct);
            TempData.Success(done);
            return LocalRedirect($"/admin/definitions/{Id}");
        },
        ct);
}
