using System.Security.Claims;
using Applications.Domain.Accounts;

namespace Applications.Web.Infrastructure.Security;

/// <summary>Who is asking, out of the request's claims.</summary>
public sealed class CurrentActor(IHttpContextAccessor http)
{
    private Actor? actor;

    /// <exception cref="InvalidOperationException">Nobody is signed in; pages that use this are closed to strangers.</exception>
    public Actor Value => actor ??= Read(http.HttpContext!);

    private static Actor Read(HttpContext context)
    {
        var user = context.User;
        if (user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
        {
            throw new InvalidOperationException("Nobody is signed in.");
        }

        return new Actor(
            Guid.Parse(id),
            user.FindFirstValue(ClaimTypes.Name)!,
            user.FindFirstValue(ClaimTypes.Role)!,
            user.FindFirstValue(ActorClaims.Scope) is { } scope ? Guid.Parse(scope) : null,
            context.Connection.RemoteIpAddress?.ToString());
    }
}
