using Applications.Data;
using Applications.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Accounts.List;

/// <param name="After">Normalised login of the last line of the page before.</param>
public sealed record AccountFilter(string? Q, string? Role, string? State, string? After);

public sealed record AccountLine(Guid Id, string Login, string Key, string Name, string? Email, string Role, string Unit, string State, DateTime CreatedAt);

/// <summary>Accounts in the order of their logins.</summary>
public sealed class AccountListQuery(ApplicationsDbContext db, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<AccountLine> Lines, bool More)> ExecuteAsync(AccountFilter filter, CancellationToken ct, int size = PageSize)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var now = clock.GetUtcNow();
        var locked = string.IsNullOrEmpty(filter.State) ? [] : await AccountState.LockedAsync(db, now, ct);
        var users = await Filter(db.Users.AsNoTracking(), filter, locked)
            .OrderBy(u => u.NormalizedUserName).Take(size + 1).ToListAsync(ct);
        var lines = users.Take(size)
            .Select(u => new AccountLine(
                u.Id, u.UserName!, u.NormalizedUserName!, u.DisplayName, u.Email, u.Role, u.ScopeName, AccountState.Of(u, now.UtcDateTime), u.CreatedAt))
            .ToList();
        return (lines, users.Count > size);
    }

    private static IQueryable<AppUser> Filter(IQueryable<AppUser> users, AccountFilter filter, List<Guid> locked)
    {
        if (!string.IsNullOrWhiteSpace(filter.Q))
        {
            var text = filter.Q.Trim();
            var login = text.ToUpperInvariant();
            users = users.Where(u => u.NormalizedUserName!.Contains(login) || u.DisplayName.Contains(text) || u.ScopeName.Contains(text));
        }

        if (!string.IsNullOrEmpty(filter.Role))
        {
            users = users.Where(u => u.Role == filter.Role);
        }

        if (!string.IsNullOrEmpty(filter.After))
        {
            users = users.Where(u => u.NormalizedUserName!.CompareTo(filter.After) > 0);
        }

        return filter.State switch
        {
            AccountState.Disabled => users.Where(u => u.IsDisabled),
            AccountState.Locked => users.Where(u => !u.IsDisabled && locked.Contains(u.Id)),
            AccountState.Initial => users.Where(u => !u.IsDisabled && u.MustChangePassword && !locked.Contains(u.Id)),
            AccountState.Active => users.Where(u => !u.IsDisabled && !u.MustChangePassword && !locked.Contains(u.Id)),
            _ => users,
        };
    }
}
