using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Applications.Web.Infrastructure.TagHelpers;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Delegations.Edit;

/// <summary>委托: whom the reader has empowered, and by whom he is.</summary>
public sealed class DelegationsModel(
    DelegationsQuery query, GrantDelegationHandler grant, RevokeDelegationHandler revoke, DefinitionCatalog definitions, CurrentActor actor, TimeProvider clock) : CommandPage
{
    [BindProperty]
    public Guid? Person { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public string? Programme { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public Guid DelegationId { get; set; }

    public DelegationsView View { get; private set; } = null!;

    public IReadOnlyDictionary<string, ProgrammeEdition> Programmes => definitions.Editions;

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await grant.HandleAsync(new GrantDelegation(Person, From, Until, Programme, Reason, IdempotencyKey), actor.Value, ct);
            TempData.Success("委托已生效，受托人可在“待办”中看到您的待办。");
            return LocalRedirect("/delegations");
        },
        ct);

    public Task<IActionResult> OnPostRevokeAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await revoke.HandleAsync(new RevokeDelegation(DelegationId, IdempotencyKey), actor.Value, ct);
            TempData.Success("委托已收回。");
            return LocalRedirect("/delegations");
        },
        ct);

    /// <summary>In force, to come, over or taken back.</summary>
    public (StatusKind Kind, string Text) StateOf(Delegation delegation)
    {
        ArgumentNullException.ThrowIfNull(delegation);
        return delegation switch
        {
            { RevokedAt: not null } => (StatusKind.Neutral, "已收回"),
            _ when delegation.IsInForce(Now) => (StatusKind.Success, "生效中"),
            _ when delegation.StartsAt > Now => (StatusKind.Progress, "未开始"),
            _ => (StatusKind.Neutral, "已结束"),
        };
    }

    protected override async Task LoadAsync(CancellationToken ct) =>
        View = GrantDelegationHandler.MayLend(actor.Value) ? await query.ExecuteAsync(actor.Value, ct) : throw new NotFoundException();
}
