using Applications.Data.Commands;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using Applications.Web.Features.Organisations.Edit;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Organisations.AddCounty;

/// <summary>Adds a county bureau below a city.</summary>
[Authorize(Policy = Roles.Admin)]
public sealed class AddCountyModel(OrganisationQuery query, AddCountyHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public AddCounty Input { get; set; } = new();

    public Organisation City { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await handler.HandleAsync(Id, Input, actor.Value, IdempotencyKey, ct);
            TempData.Success("县级部门已添加，可为其新建账号。");
            return LocalRedirect("/admin/organisations");
        },
        ct,
        "Input.");

    protected override async Task LoadAsync(CancellationToken ct) =>
        City = await query.ExecuteAsync(Id, ct) is { Kind: OrganisationKind.CityBureau } city ? city : throw new NotFoundException();
}
