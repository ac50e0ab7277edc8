using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Organisations.Edit;

/// <summary>Renames an organisation.</summary>
[Authorize(Policy = Roles.Admin)]
public sealed class OrganisationModel(OrganisationQuery query, RenameOrganisationHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public RenameOrganisation Input { get; set; } = new();

    public Organisation Organisation { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input = new RenameOrganisation { Name = Organisation.Name, Version = Organisation.Version };
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await handler.HandleAsync(Id, Input, actor.Value, IdempotencyKey, ct);
            TempData.Success("机构名称已保存。");
            return LocalRedirect("/admin/organisations");
        },
        ct,
        "Input.");

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Organisation = await query.ExecuteAsync(Id, ct);
        if (Response.StatusCode == StatusCodes.Status409Conflict)
        {
            Input.Version = Organisation.Version;
        }
    }
}

/// <summary>One organisation.</summary>
public sealed class OrganisationQuery(ApplicationsDbContext db)
{
    public async Task<Organisation> ExecuteAsync(Guid id, CancellationToken ct) =>
        await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw new NotFoundException();
}
