using System.Security.Claims;
using Applications.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Applications.Web.Infrastructure.Security;

/// <summary>Puts post and scope into the cookie, so that a page needs no query to know who is asking.</summary>
public sealed class ActorClaims(UserManager<AppUser> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<AppUser>(users, options)
{
    public const string Scope = "scope";
    public const string ScopeName = "scope-name";
    public const string Login = "login";

    /// <summary>Present while the account has a password that somebody else chose.</summary>
    public const string InitialPassword = "initial-password";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var identity = await base.GenerateClaimsAsync(user);
        if (identity.FindFirst(Options.ClaimsIdentity.UserNameClaimType) is { } login)
        {
            identity.RemoveClaim(login);
        }

        identity.AddClaims(Of(user));
        return identity;
    }

    /// <summary>Name, role and scope; the same for cookie and bearer token.</summary>
    public static IEnumerable<Claim> Of(AppUser user)
    {
        yield return new Claim(ClaimTypes.Name, user.DisplayName);
        yield return new Claim(ClaimTypes.Role, user.Role);
        yield return new Claim(Login, user.UserName!);
        if (user.ScopeId is { } scope)
        {
            yield return new Claim(Scope, scope.ToString("N"));
            yield return new Claim(ScopeName, user.ScopeName);
        }

        if (user.MustChangePassword)
        {
            yield return new Claim(InitialPassword, "true");
        }
    }
}
