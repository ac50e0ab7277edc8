using Applications.Data;
using Applications.Domain.Calendars;
using Applications.Domain.Enterprises;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises;

/// <summary>What an enterprise holds, or lost, in this system.</summary>
public sealed class HistoryQuery(ApplicationsDbContext db)
{
    public async Task<ApplicantHistory> ExecuteAsync(Guid enterpriseId, CancellationToken ct)
    {
        var titles = await db.Certificates.AsNoTracking().Where(c => c.EnterpriseId == enterpriseId).ToListAsync(ct);
        return new ApplicantHistory
        {
            Titles = [.. titles.Where(c => c.RevokedAt is null).Select(c => new HeldTitle(
                c.ProgrammeKey, c.Number, ChinaTime.DateOf(c.IssuedAt), c.ValidUntil is { } until ? ChinaTime.DateOf(until) : null))],
            Revocations = [.. titles.Where(c => c.RevokedAt is not null).Select(c => new RevokedTitle(
                c.ProgrammeKey, c.RevokedBecause ?? string.Empty, ChinaTime.DateOf(c.RevokedAt!.Value)))],
        };
    }
}
