using Applications.Domain.Enterprises;
using Applications.Domain.Workflow;
using Applications.Web.Features.Evidences.Add;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Evidences.List;

/// <summary>佐证材料库: what the enterprise keeps once for all applications.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class EvidenceListModel(EvidenceListQuery query, AddEvidenceHandler add, RemoveEvidenceHandler remove, CurrentActor actor) : CommandPage
{
    [BindProperty]
    public EvidenceKind? Kind { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public DateOnly? ValidUntil { get; set; }

    public EvidenceView View { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken ct) => RunAsync(
        async () =>
        {
            await using var content = file?.OpenReadStream();
            await add.HandleAsync(new AddEvidence(Kind, Title, ValidUntil, file?.FileName ?? string.Empty, content, IdempotencyKey), actor.Value, ct);
            TempData.Success($"“{Title?.Trim()}”已存入材料库，填报时可直接选用。");
            return LocalRedirect("/enterprise/evidence");
        },
        ct);

    public Task<IActionResult> OnPostRemoveAsync(Guid id, Guid version, CancellationToken ct) => RunAsync(
        async () =>
        {
            await remove.HandleAsync(new RemoveEvidence(id, version, IdempotencyKey), actor.Value, ct);
            TempData.Success("已移出材料库，已经选用它的申报不受影响。");
            return LocalRedirect("/enterprise/evidence");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(actor.Value, ct);
}
