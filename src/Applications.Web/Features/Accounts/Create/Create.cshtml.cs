using Applications.Data;
using Applications.Domain.Experts;
using Applications.Domain.Identifiers;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Accounts.Create;

/// <summary>Chooses a post, then makes the account. Each post asks only for the unit it needs.</summary>
[Authorize(Policy = Roles.Admin)]
public sealed class CreateModel(UnitQuery units, CreateAccountHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    [BindProperty]
    public CreateAccount Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Units { get; private set; } = [];

    /// <summary>What was made, shown once.</summary>
    public CreatedAccount? Created { get; private set; }

    public bool HasRole => Roles.All.Contains(Role);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            Input.Role = Role;
            Created = await handler.HandleAsync(Input, actor.Value, IdempotencyKey, ct);
            return Page();
        },
        ct,
        "Input.");

    protected override async Task LoadAsync(CancellationToken ct) => Units = Role switch
    {
        Roles.City or Roles.County => [new SelectListItem("请选择", ""), .. await units.BureausAsync(Role, ct)],
        Roles.Expert when !string.IsNullOrWhiteSpace(Input.UnitText) => await units.ExpertsAsync(Input.UnitText, ct),
        _ => [],
    };
}

/// <summary>The units an account can belong to.</summary>
public sealed class UnitQuery(ApplicationsDbContext db)
{
    /// <summary>Bureaus of the role's level; a county's stands with its city.</summary>
    public async Task<IReadOnlyList<SelectListItem>> BureausAsync(string role, CancellationToken ct)
    {
        var kind = role == Roles.City ? OrganisationKind.CityBureau : OrganisationKind.CountyBureau;
        var bureaus = await db.Organisations.AsNoTracking().Where(o => o.Kind == kind).OrderBy(o => o.DivisionCode).ToListAsync(ct);
        return [.. bureaus.Select(o => new SelectListItem(
            kind == OrganisationKind.CountyBureau ? $"{DivisionCodes.CityOf(o.DivisionCode)?.Name} · {o.Name}" : o.Name, o.Id.ToString()))];
    }

    /// <summary>Experts of one name, told apart by their employers; none when the name is unique.</summary>
    public async Task<IReadOnlyList<SelectListItem>> ExpertsAsync(string name, CancellationToken ct)
    {
        var text = name.Trim();
        var found = await db.Experts.AsNoTracking().Where(e => e.Name == text && (e.Status == ExpertStatus.InPool || e.Status == ExpertStatus.Suspended)).OrderBy(e => e.Employer).ToListAsync(ct);
        return found.Count < 2 ? [] : [.. found.Select(e => new SelectListItem($"{e.Name}，{e.Employer}，{e.Title}", e.Id.ToString()))];
    }
}
