using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Trail;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Audits.List;

/// <param name="Account">Name or login of the acting account.</param>
/// <param name="User">The acting account itself, as links give it.</param>
/// <param name="Of">The object itself, as links give it.</param>
/// <param name="Object">The object's name or number, a login, or an id.</param>
/// <param name="From">First day, in China.</param>
/// <param name="To">Last day, in China.</param>
/// <param name="Before">Id of the last line of the page before.</param>
public sealed record AuditFilter(string? Action, string? Account, Guid? User, Guid? Of, string? Object, DateOnly? From, DateOnly? To, long? Before);

/// <param name="Login">Of the acting account, where there is one.</param>
/// <param name="Object">What the object is called, where it has a name that the reader may read.</param>
public sealed record AuditLine(AuditEvent Event, string? Login, AuditObject? Object)
{
    private const int Shown = 8;

    /// <summary>The name; without one the end of the id, for its beginning is the time and the same for all of a day.</summary>
    public string? ObjectName => Object?.Name ?? (Event.ObjectId is { Length: > Shown } id ? $"…{id[^Shown..]}" : Event.ObjectId);
}

/// <summary>Audit events by key, newest first.</summary>
public sealed class AuditListQuery(ApplicationsDbContext db, AuditObjectsQuery objects)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<AuditLine> Lines, bool More)> ExecuteAsync(AuditFilter filter, Actor reader, CancellationToken ct, int size = PageSize)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (await FilterAsync(filter, reader, ct) is not { } events)
        {
            return ([], false);
        }

        var found = await events.OrderByDescending(a => a.Id).Take(size + 1).ToListAsync(ct);
        var shown = found.Count > size ? found[..size] : found;
        return (await NameAsync(shown, reader, ct), found.Count > size);
    }

    public Task<AuditSeal> SealAsync(CancellationToken ct) => db.AuditSeals.AsNoTracking().SingleAsync(s => s.Id == AuditSeal.TheOne, ct);

    public Task<long> UnsealedAsync(CancellationToken ct) => db.Audit.LongCountAsync(a => a.SealNumber == null, ct);

    /// <returns>Null when the filter names an object that does not exist.</returns>
    private async Task<IQueryable<AuditEvent>?> FilterAsync(AuditFilter filter, Actor reader, CancellationToken ct)
    {
        var events = db.Audit.AsNoTracking();
        if (!string.IsNullOrEmpty(filter.Action))
        {
            events = events.Where(a => a.Action == filter.Action);
        }

        if (filter.User is { } user)
        {
            events = events.Where(a => a.UserId == user);
        }

        if (filter.Of?.ToString("N") is { } about)
        {
            events = events.Where(a => a.ObjectId == about);
        }

        if (!string.IsNullOrWhiteSpace(filter.Account))
        {
            var text = filter.Account.Trim();
            var login = text.ToUpperInvariant();
            events = events.Where(a => a.UserName.Contains(text) || db.Users.Any(u => u.Id == a.UserId && u.NormalizedUserName!.Contains(login)));
        }

        if (!string.IsNullOrWhiteSpace(filter.Object))
        {
            var ids = await objects.FindAsync(filter.Object.Trim(), reader, ct);
            if (ids.Count == 0)
            {
                return null;
            }

            events = events.Where(a => ids.Contains(a.ObjectId!));
        }

        if (filter.From is { } from)
        {
            var start = ChinaTime.StartOfDay(from);
            events = events.Where(a => a.At >= start);
        }

        if (filter.To is { } to)
        {
            var end = ChinaTime.EndOfDay(to);
            events = events.Where(a => a.At < end);
        }

        if (filter.Before is { } before)
        {
            events = events.Where(a => a.Id < before);
        }

        return events;
    }

    private async Task<IReadOnlyList<AuditLine>> NameAsync(IReadOnlyList<AuditEvent> events, Actor reader, CancellationToken ct)
    {
        var logins = await LoginsAsync(events.Select(e => e.UserId).OfType<Guid>().ToHashSet(), ct);
        var names = await objects.NamesAsync(events, reader, ct);
        return [.. events.Select(e => new AuditLine(
            e, e.UserId is { } user ? logins.GetValueOrDefault(user) : null, Guid.TryParse(e.ObjectId, out var id) ? names.GetValueOrDefault((e.ObjectType, id)) : null))];
    }

    private async Task<Dictionary<Guid, string?>> LoginsAsync(HashSet<Guid> ids, CancellationToken ct)
    {
        const int most = 500;
        var logins = new Dictionary<Guid, string?>();
        foreach (var part in ids.Chunk(most))
        {
            foreach (var user in await db.Users.Where(u => part.Contains(u.Id)).Select(u => new { u.Id, u.UserName }).ToListAsync(ct))
            {
                logins[user.Id] = user.UserName;
            }
        }

        return logins;
    }
}
