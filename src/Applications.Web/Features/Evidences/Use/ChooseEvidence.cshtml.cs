using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Evidences.Use;

/// <summary>Chooses a document of the locker for one field of an application.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class ChooseEvidenceModel(ChooseEvidenceQuery query, UseEvidenceHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Field { get; set; } = string.Empty;

    public ChooseEvidenceView View { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(Guid evidenceId, CancellationToken ct) => RunAsync(
        async () =>
        {
            await handler.HandleAsync(new UseEvidence(Id, Field, evidenceId, IdempotencyKey), actor.Value, ct);
            await LoadAsync(ct);
            TempData.Success($"已选用，见“{View.Field.Label}”。");
            return LocalRedirect($"/cases/{Id}/edit/{View.Section}#{Field}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, Field, actor.Value, ct);
}
