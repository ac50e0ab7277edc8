using Applications.Data;
using Applications.Domain.Identifiers;
using Applications.Domain.Reviews.Draws;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws;

/// <summary>
/// What the employers in a record are called. A record carries the unified social credit code, because two ways to write a name must not make two employers of one; people read
/// names. They come from the pool and the register of enterprises as they are now and are no part of the record.
/// </summary>
public sealed class EmployerNamesQuery(ApplicationsDbContext db)
{
    /// <returns>By what the record carries; an employer that nobody knows by name any more is missing.</returns>
    public async Task<IReadOnlyDictionary<string, string>> ExecuteAsync(DrawRecord record, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        var known = (await db.Experts.AsNoTracking().Where(e => e.EmployerUscc != null).Select(e => new { Uscc = e.EmployerUscc!, e.Employer }).Distinct().ToListAsync(ct))
            .GroupBy(e => e.Uscc, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(e => e.Employer).Min(StringComparer.Ordinal)!, StringComparer.Ordinal);
        List<string> missing = [.. record.Pool.Select(c => c.Employer).Where(e => IsCode(e) && !known.ContainsKey(e)).Distinct(StringComparer.Ordinal)];
        if (missing.Count > 0)
        {
            foreach (var one in await db.Enterprises.AsNoTracking().Where(e => missing.Contains(e.Uscc)).Select(e => new { e.Uscc, e.Name }).ToListAsync(ct))
            {
                known[one.Uscc] = one.Name;
            }
        }

        return known;
    }

    /// <summary>True for a unified social credit code, which stands in a record where the employer has one.</summary>
    public static bool IsCode(string employer)
    {
        ArgumentNullException.ThrowIfNull(employer);
        return Uscc.TryParse(employer, out _);
    }
}
