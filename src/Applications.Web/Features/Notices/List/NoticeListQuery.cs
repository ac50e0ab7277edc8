using Applications.Data;
using Applications.Web.Features.Home;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Notices.List;

/// <summary>Notices by key: those published before a moment.</summary>
public sealed class NoticeListQuery(ApplicationsDbContext db, TimeProvider clock)
{
    private const int PageSize = 20;

    /// <param name="before">UTC ticks of the last line of the page before.</param>
    public async Task<(IReadOnlyList<NoticeLine> Lines, long? Next)> ExecuteAsync(string? search, long? before, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var notices = db.Notices.AsNoTracking().Where(n => n.PublishedAt <= now);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var text = search.Trim();
            notices = notices.Where(n => n.Title.Contains(text));
        }

        if (before is { } ticks && ticks > 0 && ticks < DateTime.MaxValue.Ticks)
        {
            var moment = new DateTime(ticks, DateTimeKind.Utc);
            notices = notices.Where(n => n.PublishedAt < moment);
        }

        var lines = await notices.OrderByDescending(n => n.PublishedAt)
            .Select(n => new NoticeLine(n.Slug, n.Title, n.Kind, n.PublishedAt))
            .Take(PageSize + 1)
            .ToListAsync(ct);
        return lines.Count > PageSize ? (lines[..PageSize], lines[PageSize - 1].PublishedAt.Ticks) : (lines, null);
    }
}
