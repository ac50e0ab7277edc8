using Applications.Data;
using Applications.Domain.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.List;

public sealed record EnterpriseLine(Guid Id, string Uscc, string Name, string CityName, string? CountyName, int Applications, int Titles, bool NeedsConfirmation);

/// <summary>Enterprises in the reader's area by code, which keeps those of one registry together.</summary>
public sealed class EnterpriseListQuery(ApplicationsDbContext db)
{
    private const int PageSize = 50;

    /// <param name="after">Code of the last line of the page before.</param>
    public async Task<(IReadOnlyList<EnterpriseLine> Lines, bool More)> ExecuteAsync(
        string? search, bool unconfirmed, string? after, Actor actor, CancellationToken ct, int size = PageSize)
    {
        var enterprises = db.Enterprises.AsNoTracking().VisibleTo(actor);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var text = search.Trim();
            enterprises = enterprises.Where(e => e.Name.Contains(text) || e.Uscc.Contains(text));
        }

        if (unconfirmed)
        {
            enterprises = enterprises.Where(e => e.UsccIsIrregular && e.UsccOverrideReason == null);
        }

        if (after is not null)
        {
            enterprises = enterprises.Where(e => e.Uscc.CompareTo(after) > 0);
        }

        var lines = await enterprises.OrderBy(e => e.Uscc)
            .Select(e => new EnterpriseLine(
                e.Id,
                e.Uscc,
                e.Name,
                db.Organisations.First(o => o.Id == e.CityId).Name,
                e.CountyId == null ? null : db.Organisations.First(o => o.Id == e.CountyId).Name,
                db.Applications.Count(a => a.EnterpriseId == e.Id && a.SubmittedAt != null),
                db.Certificates.Count(c => c.EnterpriseId == e.Id && c.RevokedAt == null),
                e.UsccIsIrregular && e.UsccOverrideReason == null))
            .Take(size + 1).ToListAsync(ct);
        return lines.Count > size ? (lines[..size], true) : (lines, false);
    }
}
