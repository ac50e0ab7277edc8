using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Web.Infrastructure.Security;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Account.Settings;

public sealed record ChangePassword(string? Current, string? Next, Guid IdempotencyKey);

/// <summary>The owner of an account chooses a new password; other cookies of the account end.</summary>
public sealed class ChangePasswordHandler(ApplicationsDbContext db, UserManager<AppUser> users, AccountPasswords passwords, CommandPipeline pipeline)
{
    /// <returns>The account, to sign in anew.</returns>
    public Task<Guid> HandleAsync(ChangePassword request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "change-password", ("account", actor.UserId), c => ChangeAsync(request, actor, c), ct);
    }

    private async Task<Guid> ChangeAsync(ChangePassword request, Actor actor, CancellationToken ct)
    {
        var user = await db.Users.SingleAsync(u => u.Id == actor.UserId, ct);
        if (users.PasswordHasher.VerifyHashedPassword(user, user.PasswordHash!, request.Current ?? string.Empty) == PasswordVerificationResult.Failed)
        {
            throw new RuleBrokenException("wrong-password", "原密码不正确。", "current");
        }

        if (request.Next == request.Current)
        {
            throw new RuleBrokenException("same-password", "新密码不能与原密码相同。", "next");
        }

        var faults = await passwords.FaultsAsync(user, request.Next ?? string.Empty);
        if (faults.Count > 0)
        {
            throw new ValidationException(faults.Select(text => new ValidationFailure("next", text)));
        }

        passwords.Set(user, request.Next!, isInitial: false);
        return user.Id;
    }
}
