using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Experts;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Home;

public sealed record OpenCall(Guid Id, string ProgrammeKey, string Name, string Summary, DateTime ClosesAt);

public sealed record NoticeLine(string Slug, string Title, NoticeKind Kind, DateTime PublishedAt);

public sealed record HomeView(IReadOnlyList<OpenCall> Calls, IReadOnlyList<NoticeLine> Notices, int Titles, int Filed, int Experts);

/// <summary>What the front page shows.</summary>
public sealed class HomeQuery(ApplicationsDbContext db, DefinitionCatalog definitions, TimeProvider clock)
{
    /// <summary>More than there are programmes: a call that is not listed cannot be answered.</summary>
    private const int MostCalls = 30;

    public async Task<HomeView> ExecuteAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var calls = await db.Batches.AsNoTracking()
            .Where(b => b.OpensAt <= now && b.FilingClosesAt > now)
            .OrderBy(b => b.FilingClosesAt)
            .Select(b => new { b.Id, b.ProgrammeKey, b.Name, b.ProgrammeId, b.FilingClosesAt })
            .Take(MostCalls)
            .ToListAsync(ct);
        var notices = await db.Notices.AsNoTracking()
            .Where(n => n.PublishedAt <= now)
            .OrderByDescending(n => n.PublishedAt)
            .Select(n => new NoticeLine(n.Slug, n.Title, n.Kind, n.PublishedAt))
            .Take(8)
            .ToListAsync(ct);
        var titles = await db.Certificates.CountAsync(c => c.RevokedAt == null && (c.ValidUntil == null || c.ValidUntil > now), ct);
        var yearStart = new DateTime(now.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var filed = await db.Applications.CountAsync(a => a.SubmittedAt >= yearStart, ct);
        var experts = await db.Experts.CountAsync(Expert.InPoolOn(ChinaTime.Today(clock)), ct);
        return new HomeView(
            [.. calls.Select(c => new OpenCall(c.Id, c.ProgrammeKey, c.Name, definitions.Programme(c.ProgrammeId).Summary ?? string.Empty, c.FilingClosesAt))],
            notices, titles, filed, experts);
    }
}
