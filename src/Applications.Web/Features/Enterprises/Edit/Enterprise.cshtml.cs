using Applications.Data;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Edit;

/// <summary>The enterprise's record: kept once, drawn on by every application.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class EnterpriseModel(EnterpriseQuery query, UpdateEnterpriseHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty]
    public UpdateEnterprise Input { get; set; } = new();

    public async Task OnGetAsync(CancellationToken ct) => Input = await query.ExecuteAsync(actor.Value.ScopeId!.Value, ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await handler.HandleAsync(Input, actor.Value, IdempotencyKey, ct);
            TempData.Success("企业信息已保存。已提交的申报书不受影响。");
            return LocalRedirect("/enterprise");
        },
        ct,
        "Input.");

    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (Response.StatusCode == StatusCodes.Status409Conflict)
        {
            Input.Version = (await query.ExecuteAsync(actor.Value.ScopeId!.Value, ct)).Version;
        }
    }
}

/// <summary>The record as it is typed.</summary>
public sealed class EnterpriseQuery(ApplicationsDbContext db)
{
    private const decimal FenPerWan = 1_000_000m;

    public async Task<UpdateEnterprise> ExecuteAsync(Guid id, CancellationToken ct)
    {
        var e = await db.Enterprises.AsNoTracking().SingleAsync(x => x.Id == id, ct);
        return new UpdateEnterprise
        {
            Uscc = e.Uscc,
            Name = e.Name,
            Address = e.Profile.Address,
            ContactName = e.Profile.ContactName,
            ContactPhone = e.Profile.ContactPhone,
            ContactEmail = e.Profile.ContactEmail,
            Version = e.Version,
            Years = [.. e.Figures.OrderByDescending(f => f.Year).Select(f => new YearInput
            {
                Year = f.Year, Staff = f.Staff, RdStaff = f.RdStaff, Revenue = f.Revenue / FenPerWan, Profit = f.Profit / FenPerWan, RdSpend = f.RdSpend / FenPerWan,
            })],
        };
    }
}
