using Applications.Data;
using Applications.Data.Accounts;
using Applications.Web.Infrastructure.TagHelpers;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Accounts;

/// <summary>How an account stands, as lists and filters name it.</summary>
public static class AccountState
{
    public const string Active = "active";
    public const string Initial = "initial";
    public const string Locked = "locked";
    public const string Disabled = "disabled";

    public static IReadOnlyList<(string Value, string Text)> All { get; } =
        [(Active, "正常"), (Initial, "未改初始密码"), (Locked, "已锁定"), (Disabled, "已停用")];

    public static string Of(AppUser user, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user switch
        {
            { IsDisabled: true } => Disabled,
            _ when user.LockoutEnd > new DateTimeOffset(now, TimeSpan.Zero) => Locked,
            { MustChangePassword: true } => Initial,
            _ => Active,
        };
    }

    /// <summary>Accounts locked out now. SQLite cannot compare moments with an offset; the few that were ever locked are compared here.</summary>
    public static async Task<List<Guid>> LockedAsync(ApplicationsDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var ever = await db.Users.AsNoTracking().Where(u => u.LockoutEnd != null && !u.IsDisabled).Select(u => new { u.Id, u.LockoutEnd }).ToListAsync(ct);
        return [.. ever.Where(u => u.LockoutEnd > now).Select(u => u.Id)];
    }

    public static string Text(string state) => All.First(s => s.Value == state).Text;

    public static StatusKind Kind(string state) => state switch
    {
        Active => StatusKind.Success,
        Initial => StatusKind.Info,
        Locked => StatusKind.Warning,
        _ => StatusKind.Neutral,
    };
}
