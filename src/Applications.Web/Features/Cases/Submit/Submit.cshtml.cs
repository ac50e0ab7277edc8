using Applications.Domain.Workflow;
using Applications.Web.Features.Cases.Edit;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Cases.Submit;

/// <summary>What is still missing, what the rules say, and the button.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class SubmitModel(EditQuery query, SubmitApplicationHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public CaseForm View { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var number = await handler.HandleAsync(new SubmitApplication(Id, Version, IdempotencyKey), actor.Value, ct);
            TempData.Success($"已提交，申报编号 {number}。");
            return LocalRedirect($"/cases/{Id}/receipt");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        (View, _) = await query.ExecuteAsync(Id, actor.Value, null, ct);
        Version = View.Application.Version;
    }
}
