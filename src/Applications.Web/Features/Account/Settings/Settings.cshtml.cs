using System.Security.Cryptography;
using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Account.Settings;

/// <summary>The reader's own account: password and API tokens. A token is shown once.</summary>
public sealed class SettingsModel(
    UserManager<AppUser> users, SignInManager<AppUser> signIn, ChangePasswordHandler changePassword, ApiTokenStore tokens, CurrentActor actor) : CommandPage
{
    public IReadOnlyList<ApiToken> Tokens { get; private set; } = [];

    public string? NewToken { get; private set; }

    /// <summary>The password was chosen by an administrator: nothing else can be done here before it is changed.</summary>
    public bool MustChangePassword => User.HasClaim(claim => claim.Type == ActorClaims.InitialPassword);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostPasswordAsync(string? current, string? next, CancellationToken ct) => RunAsync(
        async () =>
        {
            var first = MustChangePassword;
            await changePassword.HandleAsync(new ChangePassword(current, next, IdempotencyKey), actor.Value, ct);
            await signIn.RefreshSignInAsync((await users.GetUserAsync(User))!);
            TempData.Success("密码已修改。");
            return LocalRedirect(first ? "/desk" : "/account/settings");
        },
        ct);

    public async Task<IActionResult> OnPostTokenAsync(string? name, CancellationToken ct)
    {
        if (MustChangePassword)
        {
            return LocalRedirect("/account/settings");
        }

        NewToken = await tokens.CreateAsync(actor.Value, string.IsNullOrWhiteSpace(name) ? "API 令牌" : name.Trim(), ct);
        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct)
    {
        await tokens.RevokeAsync(actor.Value, id, ct);
        TempData.Success("令牌已停用。");
        return LocalRedirect("/account/settings");
    }

    protected override async Task LoadAsync(CancellationToken ct) => Tokens = await tokens.ListAsync(actor.Value.UserId!.Value, ct);
}

/// <summary>Makes, lists and revokes the tokens of one account.</summary>
public sealed class ApiTokenStore(ApplicationsDbContext db, CommandPipeline pipeline, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    public Task<List<ApiToken>> ListAsync(Guid user, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.ApiTokens.AsNoTracking().Where(t => t.UserId == user && t.RevokedAt == null && t.ExpiresAt > now).OrderByDescending(t => t.CreatedAt).ToListAsync(ct);
    }

    /// <returns>The token itself; only its hash is kept.</returns>
    public Task<string> CreateAsync(Actor actor, string name, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(
            actor, null, "create-token", ("account", actor.UserId),
            _ =>
            {
                var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
                var now = clock.GetUtcNow().UtcDateTime;
                db.ApiTokens.Add(new ApiToken
                {
                    Id = Guid.CreateVersion7(),
                    UserId = actor.UserId!.Value,
                    Name = name.Length > 100 ? name[..100] : name,
                    Hash = TokenAuthentication.HashOf(token),
                    CreatedAt = now,
                    ExpiresAt = now + Life,
                });
                return Task.FromResult(token);
            },
            ct);
    }

    public Task<Guid> RevokeAsync(Actor actor, Guid id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(
            actor, null, "revoke-token", ("account", actor.UserId),
            async c =>
            {
                var token = await db.ApiTokens.SingleOrDefaultAsync(t => t.UserId == actor.UserId && t.Id == id, c) ?? throw new NotFoundException();
                token.RevokedAt ??= clock.GetUtcNow().UtcDateTime;
                return id;
            },
            ct);
    }
}
