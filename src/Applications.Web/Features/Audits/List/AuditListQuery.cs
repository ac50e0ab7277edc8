using Applications.Data;
using Applications.Domain.Calendars;
using Applications.Domain.Trail;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Audits.List;

/// <param name="Account">Name or login of the acting account.</param>
/// <param name="User">The acting account itself, as links give it.</param>
/// <param name="Object">An application's number, a login, or an id.</param>
/// <param name="From">First day, in China.</param>
/// <param name="To">Last day, in China.</param>
/// <param name="Before">Id of the last line of the page before.</param>
public sealed record AuditFilter(string? Action, string? Account, Guid? User, string? Object, DateOnly? From, DateOnly? To, long? Before);

/// <param name="Login">Of the acting account, where there is one.</param>
/// <param name="ObjectName">What the object is called, where it has a name that an administrator may read.</param>
public sealed record AuditLine(AuditEvent Event, string? Login, string? ObjectName);

/// <summary>Audit events by key, newest first.</summary>
public sealed class AuditListQuery(ApplicationsDbContext db)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<AuditLine> Lines, bool More)> ExecuteAsync(AuditFilter filter, CancellationToken ct, int size = PageSize)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (await FilterAsync(filter, ct) is not { } events)
        {
            return ([], false);
        }

        var found = await events.OrderByDescending(a => a.Id).Take(size + 1).ToListAsync(ct);
        var shown = found.Count > size ? found[..size] : found;
        return (await NameAsync(shown, ct), found.Count > size);
    }

    public Task<AuditSeal> SealAsync(CancellationToken ct) => db.AuditSeals.AsNoTracking().SingleAsync(s => s.Id == AuditSeal.TheOne, ct);

    public Task<long> UnsealedAsync(CancellationToken ct) => db.Audit.LongCountAsync(a => a.SealNumber == null, ct);

    /// <returns>Null when the filter names an object that does not exist.</returns>
    private async Task<IQueryable<AuditEvent>?> FilterAsync(AuditFilter filter, CancellationToken ct)
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

        if (!string.IsNullOrWhiteSpace(filter.Account))
        {
            var text = filter.Account.Trim();
            var login = text.ToUpperInvariant();
            events = events.Where(a => a.UserName.Contains(text) || db.Users.Any(u => u.Id == a.UserId && u.NormalizedUserName!.Contains(login)));
        }

        if (!string.IsNullOrWhiteSpace(filter.Object))
        {
            var ids = await ObjectsAsync(filter.Object.Trim(), ct);
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

    private async Task<List<string>> ObjectsAsync(string text, CancellationToken ct)
    {
        if (Guid.TryParse(text, out var id))
        {
            return [id.ToString("N")];
        }

        var login = text.ToUpperInvariant();
        List<Guid> ids =
        [
            .. await db.Applications.Where(a => a.Number == text).Select(a => a.Id).ToListAsync(ct),
            .. await (from a in db.Applications join w in db.WorkItems on a.Id equals w.CaseId where a.Number == text select w.Id).ToListAsync(ct),
            .. await db.Users.Where(u => u.NormalizedUserName == login).Select(u => u.Id).ToListAsync(ct),
            .. await db.Organisations.Where(o => o.Name == text || o.DivisionCode == text).Select(o => o.Id).Take(20).ToListAsync(ct),
        ];
        return ids.ConvertAll(one => one.ToString("N"));
    }

    /// <summary>Logins, numbers of applications, names of bureaus: no names of enterprises, which are not the administrator's business.</summary>
    private async Task<IReadOnlyList<AuditLine>> NameAsync(IReadOnlyList<AuditEvent> events, CancellationToken ct)
    {
        var users = events.Select(e => e.UserId).OfType<Guid>().Concat(Ids(events, "account")).ToHashSet();
        var logins = await NamesAsync(users, part => db.Users.Where(u => part.Contains(u.Id)).Select(u => new Named(u.Id, u.UserName)), ct);
        var cases = await NamesAsync(Ids(events, "case"), part => db.Applications.Where(a => part.Contains(a.Id)).Select(a => new Named(a.Id, a.Number)), ct);
        var batches = await NamesAsync(Ids(events, "batch"), part => db.Batches.Where(b => part.Contains(b.Id)).Select(b => new Named(b.Id, b.Name)), ct);
        var items = await NamesAsync(Ids(events, "work-item"), part => (
            from w in db.WorkItems.Where(w => part.Contains(w.Id))
            join b in db.Batches on w.BatchId equals b.Id
            join a in db.Applications on w.CaseId equals a.Id into cases
            from a in cases.DefaultIfEmpty()
            select new Named(w.Id, (a == null ? b.Name : a.Number) + " · " + w.Title + " · " + w.OutcomeLabel)), ct);
        var bureaus = await NamesAsync(Ids(events, "organisation"), part => db.Organisations.Where(o => part.Contains(o.Id)).Select(o => new Named(o.Id, o.Name)), ct);
        return [.. events.Select(e => new AuditLine(e, e.UserId is { } user ? logins.GetValueOrDefault(user) : null, NameOf(e)))];

        string? NameOf(AuditEvent e) => !Guid.TryParse(e.ObjectId, out var id) ? null : e.ObjectType switch
        {
            "account" => logins.GetValueOrDefault(id),
            "case" => cases.GetValueOrDefault(id),
            "batch" => batches.GetValueOrDefault(id),
            "work-item" => items.GetValueOrDefault(id),
            "organisation" => bureaus.GetValueOrDefault(id),
            _ => null,
        };
    }

    private static HashSet<Guid> Ids(IEnumerable<AuditEvent> events, string kind) =>
        [.. events.Where(e => e.ObjectType == kind && e.ObjectId is not null).Select(e => Guid.TryParse(e.ObjectId, out var id) ? id : Guid.Empty)];

    private static async Task<Dictionary<Guid, string?>> NamesAsync(IReadOnlyCollection<Guid> ids, Func<Guid[], IQueryable<Named>> query, CancellationToken ct)
    {
        const int most = 500;
        var names = new Dictionary<Guid, string?>();
        foreach (var part in ids.Chunk(most))
        {
            foreach (var named in await query(part).ToListAsync(ct))
            {
                names[named.Id] = named.Name;
            }
        }

        return names;
    }

    private sealed record Named(Guid Id, string? Name);
}
