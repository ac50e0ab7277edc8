using Applications.Data;
using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Administration;

/// <summary>The trail cannot be changed unseen.</summary>
public sealed class SealTests
{
    private const int Many = 1_600;

    public static TheoryData<string> Providers => [TestDatabases.Sqlite, TestDatabases.Postgres];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Seal_TwoNodesAtOnce_GiveOneUnbrokenChain(string provider)
    {
        if (TestDatabases.Unavailable(provider) is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var host = await AppHost.StartAsync(provider);
        await AddEventsAsync(host, Many);
        var job = host.Services.GetRequiredService<SealAudit>();

        var counts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => job.ExecuteAsync(CancellationToken.None))));

        var numbers = await host.InScopeAsync((_, db) => db.Audit.Where(a => a.SealNumber != null).OrderBy(a => a.SealNumber).Select(a => a.SealNumber!.Value).ToListAsync());
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long)n), numbers);
        Assert.True(numbers.Count >= Many);
        Assert.Equal(numbers.Count, counts.Sum());
        var report = await CheckAsync(host);
        Assert.True(report.IsWhole, report.FaultText);
        Assert.Equal(numbers.Count, report.Sealed);
        Assert.True(report.Entries > 0);
    }

    [Fact]
    public async Task Check_AfterTampering_NamesTheFirstFaultOfEachKind()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        await AddEventsAsync(host, 40);
        await host.Services.GetRequiredService<SealAudit>().ExecuteAsync(CancellationToken.None);
        Assert.True((await CheckAsync(host)).IsWhole);

        // One field of one row.
        await ChangeAsync(host, db => db.Audit.Where(a => a.SealNumber == 17).ExecuteUpdateAsync(set => set.SetProperty(a => a.Detail, "另一个说明")));
        Assert.Equal("17", (await CheckAsync(host)).AuditFault!.Where);
        await ChangeAsync(host, db => db.Audit.Where(a => a.SealNumber == 17).ExecuteUpdateAsync(set => set.SetProperty(a => a.Detail, "说明")));
        Assert.True((await CheckAsync(host)).IsWhole);

        // The last row is gone: nothing behind it that could miss it, but the end of the chain does.
        var last = (await CheckAsync(host)).Sealed;
        await ChangeAsync(host, db => db.Audit.Where(a => a.SealNumber == last).ExecuteDeleteAsync());
        Assert.NotNull((await CheckAsync(host)).AuditFault);

        // A line of a journal is rewritten, another journal loses its last line.
        var entries = await host.InScopeAsync((_, db) => db.Applications.Where(a => a.JournalLength > 1).OrderBy(a => a.Id).Select(a => new { a.Id, a.JournalLength }).ToListAsync());
        var (first, second) = (entries[0], entries[1]);
        await ChangeAsync(host, db => db.Journal.Where(j => j.SubjectId == second.Id && j.Sequence == second.JournalLength).ExecuteDeleteAsync());
        Assert.StartsWith(second.Id.ToString("N"), (await CheckAsync(host)).JournalFault!.Where, StringComparison.Ordinal);
        await ChangeAsync(host, db => db.Journal.Where(j => j.SubjectId == first.Id && j.Sequence == 1).ExecuteUpdateAsync(set => set.SetProperty(j => j.ActorName, "别人")));
        Assert.StartsWith(first.Id.ToString("N"), (await CheckAsync(host)).JournalFault!.Where, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OnThePage_SaysWhatWasFoundAndWhen()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        await AddEventsAsync(host, 5);
        await host.Services.GetRequiredService<SealAudit>().ExecuteAsync(CancellationToken.None);
        var inspector = await FormClient.SignInAsync(host, "jijian");

        var whole = await inspector.PostAsync(await inspector.GetAsync("/admin/audit"), "form[action*=Verify]");
        Assert.Contains("校验完成", whole.Text(), StringComparison.Ordinal);
        Assert.Contains("完整", whole.QuerySelector(".trail-state")!.TextContent, StringComparison.Ordinal);

        await ChangeAsync(host, db => db.Audit.Where(a => a.SealNumber == 3).ExecuteUpdateAsync(set => set.SetProperty(a => a.UserName, "别人")));
        var broken = await inspector.PostAsync(whole, "form[action*=Verify]");
        Assert.Contains("异常", broken.QuerySelector(".trail-state")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("审计第 3 号", broken.QuerySelector(".trail-fault")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, await host.InScopeAsync((_, db) => db.Audit.CountAsync(a => a.Action == "verify-trail")));
    }

    private static Task<TrailReport> CheckAsync(AppHost host) =>
        host.InScopeAsync((services, _) => services.GetRequiredService<TrailChecker>().ExecuteAsync(Actor.System, CancellationToken.None));

    private static Task<int> ChangeAsync(AppHost host, Func<ApplicationsDbContext, Task<int>> change) => host.InScopeAsync((_, db) => change(db));

    private static Task<int> AddEventsAsync(AppHost host, int count) => host.InScopeAsync((_, db) =>
    {
        db.Audit.AddRange(Enumerable.Range(0, count).Select(i => Events.Make(DateTime.UtcNow.AddMinutes(-10), $"act-{i % 7}")));
        return db.SaveChangesAsync();
    });
}
