using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Accounts.Edit;

/// <summary>What an administrator does to an account besides editing it.</summary>
/// <param name="Version">The account as the administrator saw it.</param>
public sealed record SwitchAccount(Guid AccountId, Guid Version, Guid IdempotencyKey);

/// <summary>Disables an account: its log-in is refused and its API tokens end at once, its cookies within a minute.</summary>
public sealed class DisableAccountHandler(ApplicationsDbContext db, CommandPipeline pipeline, TimeProvider clock)
{
    /// <exception cref="RuleBrokenException"><c>own-account</c>, <c>last-admin</c>.</exception>
    public Task<Guid> HandleAsync(SwitchAccount request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "disable-account", ("account", request.AccountId), c => DisableAsync(request, actor, c), ct);
    }

    private async Task<Guid> DisableAsync(SwitchAccount request, Actor actor, CancellationToken ct)
    {
        var user = await AccountQuery.FindAsync(db, request, actor, ct);
        if (user.Id == actor.UserId)
        {
            throw new RuleBrokenException("own-account", "不能停用自己的账号，请由另一位管理员操作。");
        }

        if (user.Role == Roles.Admin)
        {
            await KeepOneAdminAsync(user, ct);
        }

        user.IsDisabled = true;
        AccountPasswords.Renew(user);
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var token in await db.ApiTokens.Where(t => t.UserId == user.Id && t.RevokedAt == null).ToListAsync(ct))
        {
            token.RevokedAt = now;
        }

        return user.Id;
    }

    /// <summary>All that remain get a new version: two administrators who disable each other at the same time collide here, and the second is refused.</summary>
    private async Task KeepOneAdminAsync(AppUser user, CancellationToken ct)
    {
        var others = await db.Users.Where(u => u.Role == Roles.Admin && !u.IsDisabled && u.Id != user.Id).ToListAsync(ct);
        if (others.Count == 0)
        {
            throw new RuleBrokenException("last-admin", "这是最后一个可用的管理员账号，不能停用。");
        }

        others.ForEach(AccountPasswords.Touch);
    }
}

/// <summary>Lets a disabled account in again. Its API tokens stay ended.</summary>
public sealed class EnableAccountHandler(ApplicationsDbContext db, CommandPipeline pipeline)
{
    public Task<Guid> HandleAsync(SwitchAccount request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(
            actor, request.IdempotencyKey, "enable-account", ("account", request.AccountId),
            async c =>
            {
                var user = await AccountQuery.FindAsync(db, request, actor, c);
                user.IsDisabled = false;
                AccountPasswords.Touch(user);
                return user.Id;
            },
            ct);
    }
}

/// <summary>Ends the wait after too many wrong passwords.</summary>
public sealed class UnlockAccountHandler(ApplicationsDbContext db, CommandPipeline pipeline)
{
    public Task<Guid> HandleAsync(SwitchAccount request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(
            actor, request.IdempotencyKey, "unlock-account", ("account", request.AccountId),
            async c =>
            {
                var user = await AccountQuery.FindAsync(db, request, actor, c);
                (user.LockoutEnd, user.AccessFailedCount) = (null, 0);
                AccountPasswords.Touch(user);
                return user.Id;
            },
            ct);
    }
}

/// <summary>Gives an account a new initial password, ends its cookies and a lock-out. API tokens rest until the owner has changed the password.</summary>
public sealed class ResetPasswordHandler(ApplicationsDbContext db, AccountPasswords passwords, CommandPipeline pipeline)
{
    /// <returns>The password, known to this run only; null when the same form was sent before.</returns>
    public async Task<string?> HandleAsync(SwitchAccount request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        string? password = null;
        await pipeline.RunAsync(
            actor, request.IdempotencyKey, "reset-password", ("account", request.AccountId),
            async c =>
            {
                var user = await AccountQuery.FindAsync(db, request, actor, c);
                if (user.Id == actor.UserId)
                {
                    throw new RuleBrokenException("own-account", "自己的密码请在“账户设置”中修改。");
                }

                password = AccountPasswords.Generate();
                passwords.Set(user, password, isInitial: true);
                (user.LockoutEnd, user.AccessFailedCount) = (null, 0);
                return user.Id;
            },
            ct);
        return password;
    }
}
