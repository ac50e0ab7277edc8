using Applications.Data;
using Applications.Data.Commands;
using Applications.Web.Features.Certificates.Show;
using Applications.Web.Features.Notices.List;
using Applications.Web.Features.Notices.Show;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Api;

/// <summary>What anyone may read.</summary>
internal static class PublicEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/batches", async (ApplicationsDbContext db, TimeProvider clock, CancellationToken ct) => await db.Batches.AsNoTracking()
            .Where(b => b.OpensAt <= clock.GetUtcNow().UtcDateTime)
            .OrderByDescending(b => b.OpensAt)
            .Select(b => new { b.Id, b.Name, b.Year, b.DocumentNumber, b.OpensAt, b.FilingClosesAt, b.RecommendationClosesAt, b.StageTitle })
            .Take(100).ToListAsync(ct)).WithSummary("Batches, newest first.");
        api.MapGet("/notices", async (string? q, long? before, NoticeListQuery query, CancellationToken ct) =>
        {
            var (lines, next) = await query.ExecuteAsync(q, before, ct);
            return new { items = lines, next };
        }).WithSummary("Calls, public notices and announcements by key.");
        api.MapGet("/notices/{slug}", async (string slug, NoticeShowQuery query, CancellationToken ct) =>
            (await query.ExecuteAsync(slug, ct) ?? throw new NotFoundException()).Notice).WithSummary("One notice.");
        api.MapGet("/certificates/{number}", async (string number, ShowCertificateQuery query, CancellationToken ct) =>
        {
            var (c, ground) = await query.ExecuteAsync(number, ct) ?? throw new NotFoundException();
            return new { c.Number, c.EnterpriseName, c.Uscc, c.CityName, c.TitleName, c.IssuedAt, c.ValidUntil, c.RevokedAt, revokedBecause = ground };
        }).WithSummary("Checks a certificate by its number.");
    }
}
