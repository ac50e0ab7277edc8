using Applications.Domain.Workflow;
using Applications.Web.Features.Home;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Cases.Start;

/// <summary>Chooses an open batch and begins.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class StartModel(HomeQuery calls, EarlierQuery earlier, StartApplicationHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    public IReadOnlyList<OpenCall> Calls { get; private set; } = [];

    /// <summary>By programme: what was filed before and can be begun with.</summary>
    public IReadOnlyDictionary<string, EarlierApplication> Earlier { get; private set; } = new Dictionary<string, EarlierApplication>();

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(Guid batch, Guid? from, CancellationToken ct) => RunAsync(
        async () => LocalRedirect($"/cases/{await handler.HandleAsync(new StartApplication(batch, IdempotencyKey, from), actor.Value, ct)}/edit"), ct);

    /// <summary>What the enterprise has under way already.</summary>
    public IReadOnlyList<RunningApplication> Running { get; private set; } = [];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Calls = (await calls.ExecuteAsync(ct)).Calls;
        Running = await earlier.RunningAsync(actor.Value, ct);
        Earlier = await earlier.ExecuteAsync(actor.Value, ct);
    }
}
