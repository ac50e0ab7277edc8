using System.Security.Cryptography;
using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Trail;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Identity;

namespace Applications.Web.Api;

public sealed record TokenRequest(string UserName, string Password);

public sealed record TokenAnswer(string Token, DateTime ExpiresAt);

/// <summary>Short-lived bearer tokens for credentials.</summary>
internal static class TokenEndpoints
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(8);

    public static void Map(RouteGroupBuilder api) => api.MapPost("/tokens", IssueAsync).WithSummary("Exchanges credentials for a bearer token of eight hours.").AllowAnonymous();

    private static async Task<IResult> IssueAsync(
        TokenRequest request, UserManager<AppUser> users, SignInManager<AppUser> signIn, SignInLog log, ApplicationsDbContext db, AuditWriter audit, TimeProvider clock, CancellationToken ct)
    {
        var user = await users.FindByNameAsync(request.UserName ?? string.Empty);
        var result = user is null or { IsDisabled: true }
            ? Microsoft.AspNetCore.Identity.SignInResult.Failed
            : await signIn.CheckPasswordSignInAsync(user, request.Password ?? string.Empty, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            await log.WriteAsync(user, request.UserName ?? string.Empty, result, ct);
            return Results.Problem(title: "用户名或密码不正确，或账号已锁定。", statusCode: StatusCodes.Status401Unauthorized);
        }

        if (user!.MustChangePassword)
        {
            return Results.Problem(title: "请先登录网站修改初始密码。", statusCode: StatusCodes.Status403Forbidden);
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow().UtcDateTime;
        db.ApiTokens.Add(new ApiToken { Id = Guid.CreateVersion7(), UserId = user.Id, Name = "api", Hash = TokenAuthentication.HashOf(token), CreatedAt = now, ExpiresAt = now + Life });
        await audit.WriteAsync(log.ActorOf(user), "create-token", ("account", user.Id), ct, "接口换取，8 小时有效");
        return Results.Ok(new TokenAnswer(token, now + Life));
    }
}
