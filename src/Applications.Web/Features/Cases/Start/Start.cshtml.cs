using Applications.Domain.Workflow;
using Applications.Web.Features.Home;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Cases.Start;

/// <summary>Chooses an open batch and begins.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class StartModel(HomeQuery calls, StartApplicationHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    public IReadOnlyList<OpenCall> Calls { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(Guid batch, CancellationToken ct) => RunAsync(
        async () => LocalRedirect($"/cases/{await handler.HandleAsync(new StartApplication(batch, IdempotencyKey), actor.Value, ct)}/edit"), ct);

    protected override async Task LoadAsync(CancellationToken ct) => Calls = (await calls.ExecuteAsync(ct)).Calls;
}
