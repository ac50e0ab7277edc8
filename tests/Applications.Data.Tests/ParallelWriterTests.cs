using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Features.WorkItems.Complete;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Data.Tests;

/// <summary>Invariants that only a real database under parallel writers can hold.</summary>
public sealed class ParallelWriterTests
{
    public static TheoryData<string> Providers => [TestDatabases.Sqlite, TestDatabases.Postgres];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Recommend_FailsAfterTheMove_LeavesNothing(string provider)
    {
        Skip(provider);
        await using var host = await AppHost.StartAsync(provider);
        var (item, used) = await host.InScopeAsync(async (_, db) =>
        {
            var i = await db.WorkItems.AsNoTracking().FirstAsync(w => w.Activity == "cityCheck" && w.ClosedAt == null && db.Quotas.Any(q => q.BatchId == w.BatchId));
            var a = await db.Applications.AsNoTracking().SingleAsync(x => x.Id == i.CaseId);
            await db.Quotas.Where(q => q.BatchId == a.BatchId && q.CityId == a.CityId).ExecuteUpdateAsync(s => s.SetProperty(q => q.Limit, q => q.Used));
            return (i, await db.Quotas.Where(q => q.BatchId == a.BatchId && q.CityId == a.CityId).Select(q => q.Used).SingleAsync());
        });
        var actor = new Actor(Guid.NewGuid(), "市局", Roles.City, Guid.Parse(item.Holder.Split(':')[1]));
        var before = await host.InScopeAsync((_, db) => db.Journal.CountAsync());

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => host.InScopeAsync((services, _) =>
            services.GetRequiredService<CompleteWorkItemHandler>().HandleAsync(new CompleteWorkItem(item.Id, "Recommend", null, item.Version, null, null, Guid.NewGuid()), actor, CancellationToken.None)));

        Assert.Equal("quota-exhausted", refused.Code);
        var (journal, stillOpen) = await host.InScopeAsync(async (_, db) => (await db.Journal.CountAsync(), await db.WorkItems.AnyAsync(w => w.Id == item.Id && w.ClosedAt == null)));
        Assert.Equal(before, journal);
        Assert.True(stillOpen);
        Assert.True(used >= 0);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Number_TakenByMany_IsNeverGivenTwice(string provider)
    {
        Skip(provider);
        await using var host = await AppHost.StartAsync(provider);
        var numbers = host.Services.GetRequiredService<NumberAllocator>();

        var given = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => numbers.NextAsync("test", CancellationToken.None))));

        Assert.Equal(200, given.Distinct().Count());
    }

    private static void Skip(string provider)
    {
        if (TestDatabases.Unavailable(provider) is { } reason)
        {
            Assert.Skip(reason);
        }
    }
}
