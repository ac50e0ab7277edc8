using System.Security.Cryptography;
using Applications.Data;
using Applications.Data.Accounts;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Account.Settings;

/// <summary>The reader's own account: password and API tokens. A token is shown once.</summary>
public sealed class SettingsModel(UserManager<AppUser> users, SignInManager<AppUser> signIn, ApiTokenStore tokens, CurrentActor actor) : PageModel
{
    public IReadOnlyList<ApiToken> Tokens { get; private set; } = [];

    public string? NewToken { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => Tokens = await tokens.ListAsync(actor.Value.UserId!.Value, ct);

    public async Task<IActionResult> OnPostPasswordAsync(string? current, string? next, CancellationToken ct)
    {
        var user = (await users.GetUserAsync(User))!;
        var result = await users.ChangePasswordAsync(user, current ?? string.Empty, next ?? string.Empty);
        if (result.Succeeded)
        {
            await signIn.RefreshSignInAsync(user);
            TempData.Success("密码已修改。");
            return LocalRedirect("/account/settings");
        }

        foreach (var error in result.Errors)
        {
            ModelState.AddModelError(error.Code == "PasswordMismatch" ? "current" : "next", error.Description);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        await OnGetAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostTokenAsync(string? name, CancellationToken ct)
    {
        NewToken = await tokens.CreateAsync(actor.Value.UserId!.Value, string.IsNullOrWhiteSpace(name) ? "API 令牌" : name.Trim(), ct);
        await OnGetAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct)
    {
        await tokens.RevokeAsync(actor.Value.UserId!.Value, id, ct);
        TempData.Success("令牌已停用。");
        return LocalRedirect("/account/settings");
    }
}

/// <summary>Makes, lists and revokes the tokens of one account.</summary>
public sealed class ApiTokenStore(ApplicationsDbContext db, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    public Task<List<ApiToken>> ListAsync(Guid user, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.ApiTokens.AsNoTracking().Where(t => t.UserId == user && t.RevokedAt == null && t.ExpiresAt > now).OrderByDescending(t => t.CreatedAt).ToListAsync(ct);
    }

    /// <returns>The token itself; only its hash is kept.</returns>
    public async Task<string> CreateAsync(Guid user, string name, CancellationToken ct)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow().UtcDateTime;
        db.ApiTokens.Add(new ApiToken
        {
            Id = Guid.CreateVersion7(),
            UserId = user,
            Name = name.Length > 100 ? name[..100] : name,
            Hash = TokenAuthentication.HashOf(token),
            CreatedAt = now,
            ExpiresAt = now + Life,
        });
        await db.SaveChangesAsync(ct);
        return token;
    }

    public Task<int> RevokeAsync(Guid user, Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.ApiTokens.Where(t => t.UserId == user && t.Id == id && t.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedAt, now), ct);
    }
}
