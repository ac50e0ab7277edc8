using Applications.Data.Accounts;
using Applications.Data.Seed;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Account.Login;

/// <summary>Signs in. In Development it also offers the demonstration accounts, one click each.</summary>
[AllowAnonymous]
public sealed class LoginModel(SignInManager<AppUser> signIn, UserManager<AppUser> users, SignInLog log, IHostEnvironment environment) : PageModel
{
    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IReadOnlyList<DemoAccount> Demo => environment.IsDevelopment() ? DemoAccounts.Featured : [];

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(Target) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(UserName))
        {
            ModelState.AddModelError(nameof(UserName), "请填写用户名。");
        }

        if (string.IsNullOrEmpty(Password))
        {
            ModelState.AddModelError(nameof(Password), "请填写密码。");
        }

        if (ModelState.IsValid)
        {
            var user = await users.FindByNameAsync(UserName!.Trim());
            var result = user is null or { IsDisabled: true }
                ? Microsoft.AspNetCore.Identity.SignInResult.Failed
                : await signIn.PasswordSignInAsync(user, Password!, isPersistent: false, lockoutOnFailure: true);
            await log.WriteAsync(user, UserName!.Trim(), result, ct);
            if (result.Succeeded)
            {
                return LocalRedirect(Target);
            }

            ModelState.AddModelError(
                string.Empty, result.IsLockedOut ? "连续多次密码错误，账号已锁定 15 分钟，请稍后再试。" : "用户名或密码不正确。连续 5 次错误将锁定 15 分钟。");
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private string Target => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/desk";
}
