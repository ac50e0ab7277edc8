using Applications.Data;
using Applications.Domain.Trail;
using Applications.Web.Features.Accounts;
using Applications.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Desk.Show;

/// <summary>What an administrator looks after, in numbers.</summary>
/// <param name="Initial">Enabled accounts whose owner has not chosen a password yet.</param>
/// <param name="Parked">Outbox messages given up after too many tries.</param>
/// <param name="Unsent">Mails written and not sent.</param>
/// <param name="Scans">Files that wait for the virus scanner, and since when it is down.</param>
/// <param name="CalendarYears">Years for which make-up days are entered.</param>
public sealed record AdminDesk(
    int Accounts, int Disabled, int Locked, int Initial, int Organisations, int Parked, int Unsent, long Unsealed, AuditSeal Seal, IReadOnlyList<int> CalendarYears, int NextYear,
    IReadOnlyList<ParkedMessage> ParkedMessages, (int Waiting, DateTime? Since) Scans);

public sealed record ParkedMessage(string Kind, DateTime ParkedAt, string? Error);

/// <summary>Counts for the administrator's first page.</summary>
public sealed class AdminDeskQuery(ApplicationsDbContext db, FileScans scans, TimeProvider clock)
{
    private const int MostParked = 10;

    public async Task<AdminDesk> ExecuteAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var years = await db.Calendar.AsNoTracking().Where(d => d.IsWorkday).Select(d => d.Date.Year).Distinct().OrderBy(y => y).ToListAsync(ct);
        return new AdminDesk(
            await db.Users.CountAsync(u => !u.IsDisabled, ct),
            await db.Users.CountAsync(u => u.IsDisabled, ct),
            (await AccountState.LockedAsync(db, now, ct)).Count,
            await db.Users.CountAsync(u => !u.IsDisabled && u.MustChangePassword, ct),
            await db.Organisations.CountAsync(ct),
            await db.Outbox.CountAsync(m => m.ParkedAt != null && m.DoneAt == null, ct),
            await db.Mails.CountAsync(m => m.SentAt == null, ct),
            await db.Audit.LongCountAsync(a => a.SealNumber == null, ct),
            await db.AuditSeals.AsNoTracking().SingleAsync(s => s.Id == AuditSeal.TheOne, ct),
            years,
            Domain.Calendars.ChinaTime.Today(clock).Year + 1,
            await db.Outbox.AsNoTracking().Where(m => m.ParkedAt != null && m.DoneAt == null).OrderByDescending(m => m.ParkedAt)
                .Select(m => new ParkedMessage(m.Kind, m.ParkedAt!.Value, m.LastError)).Take(MostParked).ToListAsync(ct),
            await scans.StandingAsync(db, ct));
    }
}
