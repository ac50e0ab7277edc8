using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Organisations;
using Applications.Domain.Programmes;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.Open;

/// <summary>Opens a new batch and publishes its call.</summary>
[Authorize(Policy = Roles.Officer)]
public sealed class OpenBatchModel(OpenBatchQuery query, OpenBatchHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty]
    public OpenBatch Input { get; set; } = new();

    public IReadOnlyList<ProgrammeDefinition> Programmes { get; private set; } = [];

    public IReadOnlyList<Organisation> Cities { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input = query.Proposal(Programmes[0]);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var id = await handler.HandleAsync(Input, actor.Value, IdempotencyKey, ct);
            TempData.Success("批次已建立，申报通知将按开始日期在“通知公告”中公布。");
            return LocalRedirect($"/admin/batches/{id}");
        },
        ct,
        "Input.");

    protected override async Task LoadAsync(CancellationToken ct) => (Programmes, Cities) = await query.ExecuteAsync(ct);
}

/// <summary>What a new batch can be of, and a first proposal.</summary>
public sealed class OpenBatchQuery(ApplicationsDbContext db, DefinitionCatalog definitions, TimeProvider clock)
{
    private const int FilingDays = 30;
    private const int RecommendationDays = 15;

    public async Task<(IReadOnlyList<ProgrammeDefinition> Programmes, IReadOnlyList<Organisation> Cities)> ExecuteAsync(CancellationToken ct) => (
        [.. definitions.Editions.Values.Select(e => e.Programme).OrderBy(p => p.Name, StringComparer.Ordinal)],
        await db.Organisations.AsNoTracking().Where(o => o.Kind == OrganisationKind.CityBureau).OrderBy(o => o.DivisionCode).ToListAsync(ct));

    public OpenBatch Proposal(ProgrammeDefinition programme)
    {
        var today = Domain.Calendars.ChinaTime.Today(clock);
        return new OpenBatch
        {
            Programme = programme.Key,
            Year = today.Year,
            OpensOn = today,
            FilingClosesOn = today.AddDays(FilingDays),
            RecommendationClosesOn = today.AddDays(FilingDays + RecommendationDays),
        };
    }
}
