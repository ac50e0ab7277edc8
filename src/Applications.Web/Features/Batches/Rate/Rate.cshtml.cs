using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Batches.Rate;

/// <summary>专家评价 after a round of review.</summary>
[Authorize(Policy = AccountSetup.Policies.Department)]
public sealed class RateModel(RateQuery query, RateExpertsHandler handler, IOptions<PoolRules> rules, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public List<RatingRow> Rows { get; set; } = [];

    public RateView View { get; private set; } = null!;

    public PoolRules Rules => rules.Value;

    public bool MayRate => actor.Value.Is(Roles.Officer);

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Rows = [.. View.Seats.Select(s => new RatingRow { ExpertId = s.ExpertId, Round = s.Round, Points = s.Rating?.Points.ToString(System.Globalization.CultureInfo.InvariantCulture), Note = s.Rating?.Note })];
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var kept = await handler.HandleAsync(new RateExperts(Id, Rows, IdempotencyKey), actor.Value, ct);
            TempData.Success(kept == 0 ? "没有新的评价。" : $"已保存 {kept} 条评价。");
            return LocalRedirect($"/admin/batches/{Id}/ratings");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, actor.Value, ct);
}

/// <param name="Declined">Files he stepped aside from.</param>
/// <param name="Silent">Files another judged because he did not.</param>
/// <param name="Open">Files he has not finished.</param>
public sealed record RatedSeat(Guid ExpertId, string Name, string Employer, string Round, string RoundTitle, int Files, int Locked, int Declined, int Silent, int Open, ExpertRating? Rating);

/// <param name="HasSealed">There are others, whose names the reader may not know before the session.</param>
public sealed record RateView(string Batch, IReadOnlyList<RatedSeat> Seats, bool HasSealed);

/// <summary>Who judged in a batch, round by round.</summary>
public sealed class RateQuery(ApplicationsDbContext db, DefinitionCatalog definitions, SealedSourcesQuery sources)
{
    public async Task<RateView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var batch = await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFoundException();
        var rounds = definitions.Rubric(batch.RubricId).AllRounds.ToDictionary(r => r.Key, r => r.Title);
        var closed = await sources.AllAsync(actor, ct);
        var all = await (
            from r in db.Reviews
            where r.BatchId == id
            group r by new { r.ExpertId, r.Round, r.DrawId, r.AssignmentId } into g
            select new
            {
                g.Key,
                Files = g.Count(),
                Locked = g.Sum(r => r.State == ReviewState.Locked ? 1 : 0),
                Declined = g.Sum(r => r.State == ReviewState.Declined && !r.IsSilent ? 1 : 0),
                Silent = g.Sum(r => r.State == ReviewState.Declined && r.IsSilent ? 1 : 0),
            }).ToListAsync(ct);
        var open = all.Where(s => !closed.Contains(s.Key.DrawId ?? s.Key.AssignmentId ?? Guid.Empty)).ToList();
        var seats = open.GroupBy(s => (s.Key.ExpertId, s.Key.Round))
            .Select(g => new { g.Key.ExpertId, g.Key.Round, Files = g.Sum(s => s.Files), Locked = g.Sum(s => s.Locked), Declined = g.Sum(s => s.Declined), Silent = g.Sum(s => s.Silent) }).ToList();
        var ids = seats.Select(s => s.ExpertId).ToList();
        var experts = await db.Experts.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        return new RateView(batch.Name,
        [
            .. seats.Select(s => new RatedSeat(
                    s.ExpertId, experts[s.ExpertId].Name, experts[s.ExpertId].Employer, s.Round, rounds.GetValueOrDefault(s.Round, s.Round), s.Files, s.Locked, s.Declined, s.Silent, s.Files - s.Locked - s.Declined - s.Silent,
                    experts[s.ExpertId].Ratings.FirstOrDefault(r => r.BatchId == id && r.Round == s.Round)))
                .OrderBy(s => s.Round, StringComparer.Ordinal).ThenBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.ExpertId),
        ],
        open.Count < all.Count);
    }
}
