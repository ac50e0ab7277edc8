using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Accounts.Edit;

/// <summary>One account as the administrator sees it.</summary>
/// <param name="LastSignIn">Last successful log-in.</param>
/// <param name="Tokens">API tokens that still work.</param>
public sealed record AccountView(AppUser User, string State, Guid Version, DateTime? LastSignIn, int Tokens);

/// <summary>Loads accounts; only administrators find any.</summary>
public sealed class AccountQuery(ApplicationsDbContext db, TimeProvider clock)
{
    public async Task<AccountView> ExecuteAsync(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct) ?? throw new NotFoundException();
        var lastSignIn = await db.Audit.AsNoTracking().Where(a => a.UserId == id && a.Action == "sign-in")
            .OrderByDescending(a => a.Id).Select(a => (DateTime?)a.At).FirstOrDefaultAsync(ct);
        var tokens = await db.ApiTokens.CountAsync(t => t.UserId == id && t.RevokedAt == null && t.ExpiresAt > now, ct);
        return new AccountView(user, AccountState.Of(user, now), VersionOf(user), lastSignIn, tokens);
    }

    /// <summary>Identity's own version stamp, as our version.</summary>
    public static Guid VersionOf(AppUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Guid.TryParse(user.ConcurrencyStamp, out var version) ? version : Guid.Empty;
    }

    /// <summary>The account to change, tracked, unless somebody changed it after <paramref name="request"/>'s page was drawn.</summary>
    internal static async Task<AppUser> FindAsync(ApplicationsDbContext db, SwitchAccount request, Actor actor, CancellationToken ct)
    {
        var user = actor.Is(Roles.Admin) ? await db.Users.SingleOrDefaultAsync(u => u.Id == request.AccountId, ct) : null;
        if (user is null)
        {
            throw new NotFoundException();
        }

        StaleVersionException.ThrowIfStale(request.Version, VersionOf(user), "账号");
        return user;
    }
}
