using Applications.Data.Accounts;
using Applications.Data.Trail;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Account.Logout;

/// <summary>Signs out; only by a post, so that a link elsewhere cannot do it.</summary>
[AllowAnonymous]
public sealed class LogoutModel(SignInManager<AppUser> signIn, CurrentActor actor, AuditWriter audit) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (User.Identity?.IsAuthenticated == true)
        {
            await audit.WriteAsync(actor.Value, "sign-out", ("account", actor.Value.UserId), ct);
        }

        await signIn.SignOutAsync();
        TempData.Success("已安全退出。");
        return LocalRedirect("/");
    }
}
