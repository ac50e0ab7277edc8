using Applications.Data.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Features.Accounts.Edit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Administration;

/// <summary>One administrator always remains.</summary>
public sealed class LastAdminTests
{
    public static TheoryData<string> Providers => [TestDatabases.Sqlite, TestDatabases.Postgres];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Disable_TwoAdministratorsEachOther_OneRemains(string provider)
    {
        if (TestDatabases.Unavailable(provider) is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var host = await AppHost.StartAsync(provider);
        var (one, two) = (await AdminAsync(host, "admin"), await AddAdminAsync(host));

        var results = await Task.WhenAll(DisableAsync(host, one, two), DisableAsync(host, two, one));

        // Whoever came second saw either an administrator already disabled or a page that was no longer true.
        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Users.CountAsync(u => u.Role == Roles.Admin && !u.IsDisabled)));
        Assert.Equal(1, results.Count(done => done));
    }

    private static async Task<bool> DisableAsync(AppHost host, AppUser actor, AppUser target) => await host.InScopeAsync(async (services, _) =>
    {
        try
        {
            await services.GetRequiredService<DisableAccountHandler>()
                .HandleAsync(new SwitchAccount(target.Id, AccountQuery.VersionOf(target), Guid.NewGuid()), actor.ToActor(), CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is RuleBrokenException or Data.Commands.StaleVersionException)
        {
            return false;
        }
    });

    private static Task<AppUser> AdminAsync(AppHost host, string login) => host.InScopeAsync((_, db) => db.Users.AsNoTracking().SingleAsync(u => u.UserName == login));

    private static async Task<AppUser> AddAdminAsync(AppHost host)
    {
        await host.InScopeAsync(async (services, _) => await services.GetRequiredService<UserManager<AppUser>>().CreateAsync(
            new AppUser { Id = Guid.CreateVersion7(), UserName = "admin2", DisplayName = "另一位管理员", Role = Roles.Admin }, "Zweite2026x"));
        return await AdminAsync(host, "admin2");
    }
}
