using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Web.Features.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Experts.Use;

/// <summary>How often an expert was drawn in a year.</summary>
/// <param name="Sessions">Rounds of review.</param>
public sealed record UsedExpert(Guid Id, string Name, string Employer, string Fields, int Sessions, int Files, int Declined);

/// <summary>A division with how many experts cover it and how often they were drawn.</summary>
public sealed record UsedField(string Code, int Experts, int Sessions);

/// <param name="Used">In the pool today, most used first; those never drawn are among them.</param>
/// <param name="Cap">Most sessions a year.</param>
public sealed record PoolUse(int Year, IReadOnlyList<UsedExpert> Used, IReadOnlyList<UsedField> Fields, int Cap)
{
    /// <summary>So many sessions below the cap an expert counts as near it.</summary>
    private const int Near = 2;

    public IReadOnlyList<UsedExpert> Never => [.. Used.Where(u => u.Sessions == 0)];

    public IReadOnlyList<UsedExpert> NearCap => [.. Used.Where(u => u.Sessions >= Cap - Near)];

    public decimal Mean => Used.Count == 0 ? 0 : decimal.Round((decimal)Used.Sum(u => u.Sessions) / Used.Count, 1);
}

/// <summary>Who is drawn how often, out of what was really assigned. Seats whose names the reader may not know yet are not counted.</summary>
public sealed class ExpertUseQuery(ApplicationsDbContext db, SealedSourcesQuery sources, IOptions<PoolRules> rules, TimeProvider clock)
{
    public async Task<PoolUse> ExecuteAsync(int? asked, Actor actor, CancellationToken ct)
    {
        var today = ChinaTime.Today(clock);
        var year = asked is >= 2000 and < 9000 ? asked.Value : today.Year;
        var (from, to) = (ChinaTime.StartOfDay(new DateOnly(year, 1, 1)), ChinaTime.StartOfDay(new DateOnly(year + 1, 1, 1)));
        var experts = await db.Experts.AsNoTracking().Where(Expert.InPoolOn(today)).Select(e => new { e.Id, e.Name, e.Employer, e.Fields }).ToListAsync(ct);
        var closed = await sources.AllAsync(actor, ct);
        var rounds = (await db.Reviews.AsNoTracking().Without(closed).Where(r => r.AssignedAt >= from && r.AssignedAt < to)
            .GroupBy(r => new { r.ExpertId, r.BatchId, r.Round })
            .Select(g => new { g.Key.ExpertId, Files = g.Count(), Declined = g.Sum(r => r.State == ReviewState.Declined ? 1 : 0) }).ToListAsync(ct)).ToLookup(r => r.ExpertId);
        var used = experts.Select(e => new UsedExpert(e.Id, e.Name, e.Employer, e.Fields, rounds[e.Id].Count(), rounds[e.Id].Sum(r => r.Files), rounds[e.Id].Sum(r => r.Declined)))
            .OrderByDescending(u => u.Sessions).ThenByDescending(u => u.Files).ThenBy(u => u.Name, StringComparer.Ordinal).ThenBy(u => u.Id).ToList();
        var fields = used.SelectMany(u => u.Fields.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(f => (Code: f, u.Sessions))).GroupBy(f => f.Code)
            .Select(g => new UsedField(g.Key, g.Count(), g.Sum(f => f.Sessions))).OrderBy(f => f.Code, StringComparer.Ordinal).ToList();
        return new PoolUse(year, used, fields, rules.Value.SessionsPerYear);
    }
}
