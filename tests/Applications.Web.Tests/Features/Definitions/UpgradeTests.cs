using Applications.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Applications.Web.Tests.Features.Definitions;

/// <summary>A database from before there were versions tells afterwards on which version each case stands.</summary>
public sealed class UpgradeTests
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Migrate_CasesFromBefore_StandOnTheVersionOfTheirState(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        await host.InScopeAsync(async (_, db) =>
        {
            await db.GetService<IMigrator>().MigrateAsync("ListByBatch");
            return true;
        });

        await using var upgraded = host.StartTwin();

        await upgraded.InScopeAsync(async (_, db) =>
        {
            var cases = await db.Applications.AsNoTracking().ToListAsync();
            Assert.NotEmpty(cases);
            Assert.All(cases, c => Assert.Equal(c.State.DefinitionId, c.DefinitionId));
            var workflows = await db.Definitions.AsNoTracking().Where(d => d.Kind == "workflow").ToListAsync();
            Assert.NotEmpty(workflows);
            Assert.All(workflows, w => Assert.Equal(($"{w.DefinitionId}.v{w.Number}", true), (w.Id, w.Name.Length > 0)));
            return true;
        });
    }
}
