using Applications.Data;
using Applications.Domain.Calendars;
using Applications.Domain.Enterprises;
using Applications.Domain.Enterprises.Record;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises;

/// <summary>Something of the enterprise's that ends soon or has ended, with where it is renewed.</summary>
public sealed record EndingEntry(string Name, DateOnly Until, bool IsOver, string Href);

/// <summary>What of an enterprise's record and evidence ends within two months, first what ends first.</summary>
public sealed class EndingQuery(ApplicationsDbContext db, TimeProvider clock)
{
    public async Task<IReadOnlyList<EndingEntry>> ExecuteAsync(Guid enterpriseId, CancellationToken ct) =>
        await ExecuteAsync(await db.Enterprises.AsNoTracking().SingleAsync(e => e.Id == enterpriseId, ct), ct);

    public async Task<IReadOnlyList<EndingEntry>> ExecuteAsync(Enterprise enterprise, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        var today = ChinaTime.Today(clock);
        var soon = today.AddDays(Evidence.NoticeDays);
        var evidence = await db.Evidence.AsNoTracking()
            .Where(e => e.EnterpriseId == enterprise.Id && e.RemovedAt == null && e.ValidUntil != null && e.ValidUntil <= soon).ToListAsync(ct);
        return
        [
            .. RecordExpiry.Of(enterprise.Profile, today).Select(e => new EndingEntry(e.Name, e.Until, e.IsOver(today), RecordLinks.Of(e.SectionKey, e.FieldKey)))
                .Concat(evidence.Select(e => new EndingEntry($"佐证材料“{e.Title}”", e.ValidUntil!.Value, e.IsOver(today), "/enterprise/evidence")))
                .OrderBy(e => e.Until),
        ];
    }
}
