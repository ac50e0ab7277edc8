using Applications.Data.Accounts;
using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Applications.Web.Infrastructure.Security;

/// <summary>Records every attempt to log in, also the ones under a name that does not exist.</summary>
public sealed class SignInLog(AuditWriter audit, IHttpContextAccessor http)
{
    /// <param name="user">The account of that name, or null.</param>
    /// <param name="typed">The name as it was typed.</param>
    public Task WriteAsync(AppUser? user, string typed, SignInResult result, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(result);
        var actor = user is null ? new Actor(null, typed, string.Empty, null, Ip) : ActorOf(user);
        return (user, result) switch
        {
            (_, { Succeeded: true }) => audit.WriteAsync(actor, "sign-in", ("account", user?.Id), ct),
            (null, _) => audit.WriteAsync(actor, "sign-in-failed", ("account", null), ct, "没有此账号"),
            (_, { IsLockedOut: true }) => audit.WriteAsync(actor, "sign-in-locked", ("account", user.Id), ct),
            _ => audit.WriteAsync(actor, "sign-in-failed", ("account", user.Id), ct, user.IsDisabled ? "账号已停用" : "密码不正确"),
        };
    }

    /// <summary>The account as an actor from where the request came.</summary>
    public Actor ActorOf(AppUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.ToActor(Ip);
    }

    private string? Ip => http.HttpContext?.Connection.RemoteIpAddress?.ToString();
}
