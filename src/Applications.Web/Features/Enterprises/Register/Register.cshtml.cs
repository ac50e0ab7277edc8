using Applications.Data;
using Applications.Domain.Organisations;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Register;

/// <summary>An enterprise registers itself; everything else of its record can be filled in later.</summary>
[AllowAnonymous]
public sealed class RegisterModel(BureauChoiceQuery query, RegisterEnterpriseHandler handler) : CommandPage
{
    [BindProperty]
    public RegisterEnterprise Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Bureaus { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await handler.HandleAsync(Input, HttpContext.Connection.RemoteIpAddress?.ToString(), ct);
            TempData.Success("注册成功，请登录，并先完善企业信息。");
            return LocalRedirect("/account/login?returnUrl=/enterprise");
        },
        ct,
        "Input.");

    protected override async Task LoadAsync(CancellationToken ct) => Bureaus = await query.ExecuteAsync(ct);
}

/// <summary>The bureaus an enterprise may belong to, counties under their city.</summary>
public sealed class BureauChoiceQuery(ApplicationsDbContext db)
{
    public async Task<IReadOnlyList<SelectListItem>> ExecuteAsync(CancellationToken ct)
    {
        var bureaus = await db.Organisations.AsNoTracking()
            .Where(o => o.Kind == OrganisationKind.CityBureau || o.Kind == OrganisationKind.CountyBureau)
            .OrderBy(o => o.DivisionCode).ToListAsync(ct);
        var counties = bureaus.ToLookup(b => b.ParentId);
        return
        [
            new SelectListItem("请选择", ""),
            .. bureaus.Where(b => b.Kind == OrganisationKind.CityBureau).SelectMany(city => counties[city.Id]
                .Select(county => new SelectListItem($"{city.Name} — {county.Name}", county.Id.ToString()))
                .Prepend(new SelectListItem(counties[city.Id].Any() ? $"{city.Name}（市直或所在县区未列出）" : city.Name, city.Id.ToString()))),
        ];
    }
}
