using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Batches.Rate;

/// <summary>The officer's word on one expert's work in one round, as it is typed.</summary>
public sealed class RatingRow
{
    public Guid ExpertId { get; set; }

    public string Round { get; set; } = string.Empty;

    public string? Points { get; set; }

    public string? Note { get; set; }
}

public sealed record RateExperts(Guid BatchId, IReadOnlyList<RatingRow> Rows, Guid IdempotencyKey);

/// <summary>Keeps the ratings of those rows in which points were typed. Nobody is rated while his review goes on.</summary>
public sealed class RateExpertsHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, SealedSourcesQuery sources, IOptions<PoolRules> rules)
{
    private const int LongestNote = 200;

    /// <exception cref="ValidationException">One error a cell.</exception>
    public Task<int> HandleAsync(RateExperts request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(Roles.Officer)
            ? pipeline.RunAsync(actor, request.IdempotencyKey, "rate-experts", ("batch", request.BatchId), c => RateAsync(request, actor, c), ct)
            : throw new NotFoundException();
    }

    private async Task<int> RateAsync(RateExperts request, Actor actor, CancellationToken ct)
    {
        var batch = await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == request.BatchId, ct) ?? throw new NotFoundException();
        var seats = (await db.Reviews.Without(await sources.AllAsync(actor, ct)).Where(r => r.BatchId == request.BatchId).GroupBy(r => new { r.ExpertId, r.Round })
            .Select(g => new { g.Key, Open = g.Sum(r => r.State == ReviewState.Assigned || r.State == ReviewState.Scoring ? 1 : 0) }).ToListAsync(ct)).ToDictionary(s => (s.Key.ExpertId, s.Key.Round), s => s.Open);
        var ids = seats.Keys.Select(s => s.ExpertId).ToList();
        var experts = await db.Experts.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        var faults = new List<ValidationFailure>();
        var kept = 0;
        foreach (var (row, index) in request.Rows.Select((row, index) => (row, index)).Where(r => !string.IsNullOrWhiteSpace(r.row.Points)))
        {
            if (!seats.TryGetValue((row.ExpertId, row.Round), out var open))
            {
                throw new NotFoundException();
            }

            // The summary lists the faults of many rows, so each says whose it is.
            var expert = experts[row.ExpertId];
            if (open > 0)
            {
                faults.Add(new ValidationFailure($"Rows[{index}].Points", $"{expert.Name}：还有 {open} 份评分没有完成，完成或由候补替换以后再评价。"));
                continue;
            }

            if (!int.TryParse(row.Points!.Trim(), out var points) || row.Note?.Length > LongestNote)
            {
                faults.Add(new ValidationFailure($"Rows[{index}].Points", $"{expert.Name}：评价分应为 0 至 100 的整数，说明不超过 {LongestNote} 字。"));
                continue;
            }

            if (expert.Ratings.Any(r => r.BatchId == batch.Id && r.Round == row.Round && r.Points == points && r.Note == (row.Note?.Trim() ?? string.Empty)))
            {
                continue;
            }

            try
            {
                expert.Rate(new ExpertRating(batch.Id, batch.Name, row.Round, points, row.Note?.Trim() ?? string.Empty, actor.Name, host.Now), rules.Value);
                expert.Version = Guid.NewGuid();
                kept++;
            }
            catch (RuleBrokenException e)
            {
                faults.Add(new ValidationFailure($"Rows[{index}].{e.Field}", $"{expert.Name}：{e.Message}"));
            }
        }

        return faults.Count > 0 ? throw new ValidationException(faults) : kept;
    }
}
