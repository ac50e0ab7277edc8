using Applications.Data;
using Applications.Data.Cases;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.List;

/// <param name="After">Key of the last line of the page before: UTC ticks and id.</param>
public sealed record CaseFilter(string? Q, Guid? Batch, string? Stage, (long Ticks, Guid Id)? After);

public sealed record CaseLine(
    Guid Id, string? Number, string EnterpriseName, string CityName, string BatchName, string StageTitle, DateTime? StageDue, DateTime CreatedAt,
    DateTime? SubmittedAt, int? Score, string? Result);

public sealed record BatchChoice(Guid Id, string Name);

/// <summary>Cases in the reader's scope by key, newest first.</summary>
public sealed class CaseListQuery(ApplicationsDbContext db)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<CaseLine> Lines, bool More)> ExecuteAsync(CaseFilter filter, Actor actor, CancellationToken ct, int size = PageSize)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(actor);
        var cases = Filter(db.Applications.AsNoTracking().VisibleTo(db, actor), filter);
        var lines = await (
            from a in actor.Role == Domain.Workflow.Roles.Applicant
                ? cases.OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id)
                : cases.OrderByDescending(a => a.SubmittedAt).ThenByDescending(a => a.Id)
            join b in db.Batches on a.BatchId equals b.Id
            select new CaseLine(a.Id, a.Number, a.EnterpriseName, a.CityName, b.Name, a.StageTitle, a.StageDue, a.CreatedAt, a.SubmittedAt, a.Score, a.Result))
            .Take(size + 1).ToListAsync(ct);
        return lines.Count > size ? (lines[..size], true) : (lines, false);
    }

    public Task<List<BatchChoice>> BatchesAsync(CancellationToken ct) => db.Batches.AsNoTracking()
        .OrderByDescending(b => b.OpensAt).Select(b => new BatchChoice(b.Id, b.Name)).Take(100).ToListAsync(ct);

    private static IQueryable<Application> Filter(IQueryable<Application> cases, CaseFilter filter)
    {
        if (!string.IsNullOrWhiteSpace(filter.Q))
        {
            var text = filter.Q.Trim();
            cases = cases.Where(a => a.EnterpriseName.Contains(text) || a.Number!.Contains(text));
        }

        if (filter.Batch is { } batch)
        {
            cases = cases.Where(a => a.BatchId == batch);
        }

        if (!string.IsNullOrEmpty(filter.Stage))
        {
            cases = cases.Where(a => a.StageTitle == filter.Stage);
        }

        if (filter.After is { Ticks: > 0 } after && after.Ticks < DateTime.MaxValue.Ticks)
        {
            var (moment, id) = (new DateTime(after.Ticks, DateTimeKind.Utc), after.Id);
            cases = cases.Where(a => a.SubmittedAt < moment || (a.SubmittedAt == moment && a.Id.CompareTo(id) < 0));
        }

        return cases;
    }
}
