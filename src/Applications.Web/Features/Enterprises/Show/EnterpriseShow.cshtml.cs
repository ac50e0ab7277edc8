using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Enterprises;
using Applications.Domain.Titles;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Show;

/// <summary>An enterprise's record as a bureau or the department sees it; the city confirms an irregular code here.</summary>
[Authorize(Roles = $"{Roles.County},{Roles.City},{Roles.Officer},{Roles.Head},{Roles.Leader},{Roles.Inspector}")]
public sealed class EnterpriseShowModel(EnterpriseShowQuery query, ConfirmUsccHandler confirm, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public EnterpriseView View { get; private set; } = null!;

    public Actor Me => actor.Value;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostConfirmAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await confirm.HandleAsync(new ConfirmUscc(Id, Reason, Version, IdempotencyKey), Me, ct);
            TempData.Success("已确认该统一社会信用代码，理由已记入审计。");
            return LocalRedirect($"/enterprises/{Id}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, Me, ct);
}

public sealed record EnterpriseView(
    Enterprise Enterprise, string CityName, string? CountyName, IReadOnlyList<(Guid Id, string? Number, string Batch, string Stage, string? Result, DateTime? SubmittedAt)> Cases,
    IReadOnlyList<Certificate> Titles);

/// <summary>An enterprise of the reader's area with its applications and titles.</summary>
public sealed class EnterpriseShowQuery(ApplicationsDbContext db)
{
    public async Task<EnterpriseView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var enterprise = await db.Enterprises.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(e => e.Id == id, ct) ?? throw new NotFoundException();
        var bureaus = await db.Organisations.AsNoTracking().Where(o => o.Id == enterprise.CityId || o.Id == enterprise.CountyId).ToDictionaryAsync(o => o.Id, o => o.Name, ct);
        var cases = await (
            from a in db.Applications.AsNoTracking()
            join b in db.Batches on a.BatchId equals b.Id
            where a.EnterpriseId == id && a.SubmittedAt != null
            orderby a.SubmittedAt descending
            select new { a.Id, a.Number, b.Name, a.StageTitle, a.Result, a.SubmittedAt }).Take(100).ToListAsync(ct);
        var titles = await db.Certificates.AsNoTracking().Where(c => c.EnterpriseId == id).OrderByDescending(c => c.IssuedAt).ToListAsync(ct);
        return new EnterpriseView(
            enterprise, bureaus[enterprise.CityId], enterprise.CountyId is { } county ? bureaus[county] : null,
            [.. cases.Select(c => (c.Id, c.Number, c.Name, c.StageTitle, c.Result, c.SubmittedAt))], titles);
    }
}
