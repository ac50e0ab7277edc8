using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Applications.Web.Infrastructure.Security;

/// <summary>Whoever came in with a password that somebody else chose goes to the account settings, and nowhere else, until it is changed. Public pages stay open.</summary>
public sealed class InitialPasswordFilter : IAuthorizationFilter
{
    private const string Settings = "/account/settings";

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.HttpContext.User.HasClaim(claim => claim.Type == ActorClaims.InitialPassword)
            && !context.HttpContext.Request.Path.StartsWithSegments(Settings, StringComparison.OrdinalIgnoreCase)
            && !context.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            context.Result = new LocalRedirectResult(Settings);
        }
    }
}
