using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.List;

/// <param name="City">The city's name as the lists show it.</param>
/// <param name="Overdue">Only those whose present place is past its time.</param>
/// <param name="Oldest">Oldest first; else newest first.</param>
/// <param name="After">Key of the last line of the page before: UTC ticks and id.</param>
public sealed record CaseFilter(string? Q, Guid? Batch, string? Stage, string? City, bool Overdue, bool Oldest, (long Ticks, Guid Id)? After);

public sealed record CaseLine(
    Guid Id, string? Number, string EnterpriseName, string CityName, string BatchName, string StageTitle, DateTime? StageDue, DateTime CreatedAt,
    DateTime? SubmittedAt, int? Score, string? Result)
{
    /// <summary>What the list is ordered by: an applicant sees drafts too, by the day they were begun; the others what was submitted, by that day.</summary>
    public DateTime KeyFor(Actor actor) => actor.Role == Roles.Applicant ? CreatedAt : SubmittedAt!.Value;
}

public sealed record BatchChoice(Guid Id, string Name);

/// <summary>Cases in the reader's scope by key.</summary>
public sealed class CaseListQuery(ApplicationsDbContext db, DefinitionCatalog definitions, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<CaseLine> Lines, bool More)> ExecuteAsync(CaseFilter filter, Actor actor, CancellationToken ct, int size = PageSize)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(actor);
        var cases = After(Filter(db.Applications.AsNoTracking().VisibleTo(db, actor), filter), filter, actor);
        var lines = await (
            from a in Ordered(cases, filter, actor)
            join b in db.Batches on a.BatchId equals b.Id
            select new CaseLine(a.Id, a.Number, a.EnterpriseName, a.CityName, b.Name, a.StageTitle, a.StageDue, a.CreatedAt, a.SubmittedAt, a.Score, a.Result))
            .Take(size + 1).ToListAsync(ct);
        return lines.Count > size ? (lines[..size], true) : (lines, false);
    }

    public Task<List<BatchChoice>> BatchesAsync(CancellationToken ct) => db.Batches.AsNoTracking()
        .OrderByDescending(b => b.OpensAt).Select(b => new BatchChoice(b.Id, b.Name)).Take(100).ToListAsync(ct);

    /// <summary>The places and ends of the newest flows, in their order.</summary>
    public IReadOnlyList<string> Stages() => definitions.Remember("stages", () =>
        (IReadOnlyList<string>)[.. definitions.Editions.Values.SelectMany(e => definitions.Versions(e.CaseFlow.DefinitionId)).OrderByDescending(f => f.Version).SelectMany(f => f.Activities).Where(a => a.Kind.Blocks || a.Kind is EndKind).Select(a => a.Title).Distinct()]);

    private IQueryable<Application> Filter(IQueryable<Application> cases, CaseFilter filter)
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

        if (!string.IsNullOrEmpty(filter.City))
        {
            cases = cases.Where(a => a.CityName == filter.City);
        }

        if (filter.Overdue)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            cases = cases.Where(a => a.Result == null && a.StageDue < now);
        }

        return cases;
    }

    private static IQueryable<Application> Ordered(IQueryable<Application> cases, CaseFilter filter, Actor actor) => (actor.Role == Roles.Applicant, filter.Oldest) switch
    {
        (true, false) => cases.OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id),
        (true, true) => cases.OrderBy(a => a.CreatedAt).ThenBy(a => a.Id),
        (false, false) => cases.OrderByDescending(a => a.SubmittedAt).ThenByDescending(a => a.Id),
        (false, true) => cases.OrderBy(a => a.SubmittedAt).ThenBy(a => a.Id),
    };

    private static IQueryable<Application> After(IQueryable<Application> cases, CaseFilter filter, Actor actor)
    {
        if (filter.After is not { Ticks: > 0 } after || after.Ticks >= DateTime.MaxValue.Ticks)
        {
            return cases;
        }

        var (moment, id) = (new DateTime(after.Ticks, DateTimeKind.Utc), after.Id);
        return (actor.Role == Roles.Applicant, filter.Oldest) switch
        {
            (true, false) => cases.Where(a => a.CreatedAt < moment || (a.CreatedAt == moment && a.Id.CompareTo(id) < 0)),
            (true, true) => cases.Where(a => a.CreatedAt > moment || (a.CreatedAt == moment && a.Id.CompareTo(id) > 0)),
            (false, false) => cases.Where(a => a.SubmittedAt < moment || (a.SubmittedAt == moment && a.Id.CompareTo(id) < 0)),
            (false, true) => cases.Where(a => a.SubmittedAt > moment || (a.SubmittedAt == moment && a.Id.CompareTo(id) > 0)),
        };
    }
}
