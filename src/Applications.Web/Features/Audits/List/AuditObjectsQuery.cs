using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Audits.List;

/// <param name="Href">The object's page, where the reader may open it.</param>
public sealed record AuditObject(string Name, string? Href);

/// <summary>
/// What audit events are about, by name or number: one statement for each kind on the page. Names of enterprises are the inspector's business and not the administrator's. Draws,
/// assignments and meetings have numbers, not members: whose seat it is stays sealed.
/// </summary>
public sealed class AuditObjectsQuery(ApplicationsDbContext db)
{
    private const int MostAtOnce = 500;
    private const int MostFound = 200;

    private static readonly Dictionary<string, string> Pages = new(StringComparer.Ordinal)
    {
        ["case"] = "/cases/",
        ["batch"] = "/admin/batches/",
        ["expert"] = "/experts/",
        ["draw"] = "/draws/",
        ["assignment"] = "/assignments/",
        ["meeting"] = "/meetings/",
        ["enterprise"] = "/enterprises/",
        ["title"] = "/titles/",
    };

    /// <summary>Names by kind and id.</summary>
    public async Task<IReadOnlyDictionary<(string Kind, Guid Id), AuditObject>> NamesAsync(IReadOnlyCollection<AuditEvent> events, Actor reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(reader);
        var names = new Dictionary<(string Kind, Guid Id), AuditObject>();
        foreach (var kind in events.Where(e => e.ObjectId is not null).GroupBy(e => e.ObjectType, StringComparer.Ordinal))
        {
            var ids = kind.Select(e => Guid.TryParse(e.ObjectId, out var id) ? id : Guid.Empty).ToHashSet();
            foreach (var part in ids.Chunk(MostAtOnce))
            {
                if (Of(kind.Key, part, reader) is { } query)
                {
                    foreach (var named in await query.ToListAsync(ct))
                    {
                        names[(kind.Key, named.Id)] = new AuditObject(named.Name, HrefOf(kind.Key, named, reader));
                    }
                }
            }
        }

        return names;
    }

    /// <summary>Objects that bear a name, a number or a login.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string text, Actor reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(reader);
        if (Guid.TryParse(text, out var id))
        {
            return [id.ToString("N")];
        }

        var login = text.ToUpperInvariant();
        var mayReadFirms = reader.Is(Roles.Inspector);
        var found = await db.Applications.Where(a => a.Number == text).Select(a => a.Id)
            .Concat(from a in db.Applications join w in db.WorkItems on a.Id equals w.CaseId where a.Number == text select w.Id)
            .Concat(db.Users.Where(u => u.NormalizedUserName == login).Select(u => u.Id))
            .Concat(db.Organisations.Where(o => o.Name == text || o.DivisionCode == text).Select(o => o.Id))
            .Concat(db.Experts.Where(e => e.Name == text).Select(e => e.Id))
            .Concat(db.Batches.Where(b => b.Name.Contains(text)).Select(b => b.Id))
            .Concat(db.Draws.Where(d => d.Number == text).Select(d => d.Id))
            .Concat(db.Assignments.Where(a => a.Number == text).Select(a => a.Id))
            .Concat(db.Meetings.Where(m => m.Number == text).Select(m => m.Id))
            .Concat(db.Certificates.Where(c => c.Number == text).Select(c => c.Id))
            .Concat(db.Enterprises.Where(e => mayReadFirms && e.Name == text).Select(e => e.Id))
            .Take(MostFound).ToListAsync(ct);
        return found.ConvertAll(one => one.ToString("N"));
    }

    private IQueryable<Named>? Of(string kind, Guid[] ids, Actor reader) => kind switch
    {
        "account" => db.Users.Where(u => ids.Contains(u.Id)).Select(u => new Named(u.Id, u.UserName!, true)),
        "case" => from a in db.Applications.Where(a => ids.Contains(a.Id))
                  join b in db.Batches on a.BatchId equals b.Id
                  select new Named(a.Id, a.Number ?? "草稿 · " + b.Name, a.Number != null),
        "batch" => db.Batches.Where(b => ids.Contains(b.Id)).Select(b => new Named(b.Id, b.Name, true)),
        "work-item" => from w in db.WorkItems.Where(w => ids.Contains(w.Id))
                       join b in db.Batches on w.BatchId equals b.Id
                       join a in db.Applications on w.CaseId equals a.Id into cases
                       from a in cases.DefaultIfEmpty()
                       select new Named(w.Id, (a == null ? b.Name : a.Number) + " · " + w.Title + " · " + w.OutcomeLabel, false),
        "organisation" => db.Organisations.Where(o => ids.Contains(o.Id)).Select(o => new Named(o.Id, o.Name, false)),
        "expert" => db.Experts.Where(e => ids.Contains(e.Id)).Select(e => new Named(e.Id, e.Name, true)),
        "draw" => db.Draws.Where(d => ids.Contains(d.Id)).Select(d => new Named(d.Id, d.Number, true)),
        "assignment" => db.Assignments.Where(a => ids.Contains(a.Id)).Select(a => new Named(a.Id, a.Number, true)),
        "meeting" => db.Meetings.Where(m => ids.Contains(m.Id)).Select(m => new Named(m.Id, m.Number, true)),
        "title" => db.Certificates.Where(c => ids.Contains(c.Id)).Select(c => new Named(c.Id, c.Number, true)),
        "enterprise" when reader.Is(Roles.Inspector) => db.Enterprises.Where(e => ids.Contains(e.Id)).Select(e => new Named(e.Id, e.Name, true)),
        "delegation" => db.Delegations.Where(d => ids.Contains(d.Id)).Select(d => new Named(d.Id, d.FromName + " → " + d.ToName, false)),
        _ => null,
    };

    private static string? HrefOf(string kind, Named named, Actor reader)
    {
        if (!named.HasPage)
        {
            return null;
        }

        if (kind == "account")
        {
            return reader.Is(Roles.Admin) ? $"/admin/accounts/{named.Id}" : null;
        }

        return reader.Is(Roles.Inspector) && Pages.TryGetValue(kind, out var page) ? page + named.Id : null;
    }

    private sealed record Named(Guid Id, string Name, bool HasPage);
}
