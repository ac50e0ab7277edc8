using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Batches;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.Change;

/// <summary>变更批次: the officer changes days that have not come yet, and quotas.</summary>
[Authorize(Policy = Roles.Officer)]
public sealed class ChangeBatchModel(ChangeBatchQuery query, ChangeBatchHandler handler, CurrentActor actor, TimeProvider clock) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public DateOnly? FilingClosesOn { get; set; }

    [BindProperty]
    public DateOnly? RecommendationClosesOn { get; set; }

    [BindProperty]
    public Dictionary<Guid, int?> Quotas { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public Batch Batch { get; private set; } = null!;

    public IReadOnlyList<CityQuota> Cities { get; private set; } = [];

    public bool MayMoveFiling => Batch.FilingClosesAt > Now;

    public bool MayMoveRecommendation => Batch.RecommendationClosesAt > Now;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        (FilingClosesOn, RecommendationClosesOn) = (ChangeBatchHandler.LastDay(Batch.FilingClosesAt), ChangeBatchHandler.LastDay(Batch.RecommendationClosesAt));
        Version = Batch.Version;
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var changes = await handler.HandleAsync(new ChangeBatch(Id, FilingClosesOn, RecommendationClosesOn, Quotas, Reason, Version, IdempotencyKey), actor.Value, ct);
            TempData.Success($"已变更：{changes}。");
            return LocalRedirect($"/admin/batches/{Id}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        (Batch, Cities) = await query.ExecuteAsync(Id, ct);
        if (Response.StatusCode == StatusCodes.Status409Conflict)
        {
            Version = Batch.Version;
        }
    }
}

/// <summary>A city's quota in the batch.</summary>
public sealed record CityQuota(Guid CityId, string City, int Limit, int Used);

/// <summary>What can be changed of a batch.</summary>
public sealed class ChangeBatchQuery(ApplicationsDbContext db)
{
    public async Task<(Batch Batch, IReadOnlyList<CityQuota> Cities)> ExecuteAsync(Guid id, CancellationToken ct)
    {
        var batch = await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFoundException();
        var cities = await (
            from q in db.Quotas.AsNoTracking()
            join o in db.Organisations on q.CityId equals o.Id
            where q.BatchId == id
            orderby o.DivisionCode
            select new CityQuota(q.CityId, o.Name, q.Limit, q.Used)).ToListAsync(ct);
        return (batch, cities);
    }
}
