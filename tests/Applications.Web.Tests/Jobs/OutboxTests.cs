using System.Data.Common;
using Applications.Testing;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Applications.Web.Tests.Jobs;

/// <summary>Invariant 10: one intent is one row, and one mail while nothing breaks, however many nodes look; at least one, with the same Message-ID, when it does.</summary>
public sealed class OutboxTests
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task RemindAndDrain_TwiceByTwoNodesAtOnce_IsOneRowAndOneMailAnIntent(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var sink = new SmtpSink();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await AppHost.StartAsync(provider, new AppHostOptions { Clock = clock, Settings = sink.Settings });
        await using var twin = host.StartTwin();
        await host.InScopeAsync((_, db) => db.Outbox.Where(o => o.DoneAt == null).ExecuteDeleteAsync());
        await Drafts.MakeAsync(host, 5, submit: true);
        var planted = await host.InScopeAsync((_, db) => db.Reminders.Select(r => r.Key).ToListAsync());
        clock.Advance(TimeSpan.FromDays(30));
        AppHost[] nodes = [host, twin, host, twin];

        var intended = await Task.WhenAll(nodes.Select(n => Task.Run(() => n.Services.GetRequiredService<Remind>().ExecuteAsync(CancellationToken.None))));
        await Task.WhenAll(nodes.Select(n => Task.Run(() => n.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None))));
        await host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);

        var (reminders, mails, undone) = await host.InScopeAsync(async (_, db) => (
            await db.Reminders.AsNoTracking().Select(r => r.Key).ToListAsync(),
            await db.Mails.AsNoTracking().Where(m => m.CreatedAt >= clock.GetUtcNow().UtcDateTime.AddSeconds(-1)).Select(m => m.MessageId).ToListAsync(),
            await db.Outbox.CountAsync(o => o.DoneAt == null)));
        Assert.True(reminders.Count >= 5, $"Only {reminders.Count} reminders.");
        Assert.Equal(reminders.Count, reminders.Distinct().Count());
        Assert.Equal(reminders.Except(planted).Count(), intended.Sum());
        Assert.Equal(0, undone);
        Assert.Equal(mails.Order(StringComparer.Ordinal), sink.MessageIds.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Drain_WorkerDiesBetweenSendAndStamp_SendsAgainUnderTheSameMessageId(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var death = new Death();
        await using var sink = new SmtpSink { Taken = death.Strike };
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var survivor = await AppHost.StartAsync(provider, new AppHostOptions { Clock = clock, Settings = sink.Settings, Quiet = true });
        await using var host = survivor.StartTwin(new AppHostOptions { Clock = clock, Settings = sink.Settings, Interceptors = [death], Quiet = true });
        await survivor.InScopeAsync((_, db) => db.Outbox.Where(o => o.DoneAt == null).ExecuteDeleteAsync());
        await Drafts.MakeAsync(survivor, 1, submit: true);

        Assert.NotNull(await Record.ExceptionAsync(() => host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None)));
        Assert.Single(sink.MessageIds);
        sink.Taken = null;

        // Its claim still stands; nobody takes the letter before it has run out.
        await survivor.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);
        Assert.Single(sink.MessageIds);
        clock.Advance(TimeSpan.FromMinutes(6));
        await survivor.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);

        Assert.Equal(2, sink.MessageIds.Count);
        Assert.Single(sink.MessageIds.Distinct());
        Assert.Equal(0, await survivor.InScopeAsync((_, db) => db.Outbox.CountAsync(o => o.DoneAt == null)));
    }

    /// <summary>After the stroke the worker reaches its database no more.</summary>
    private sealed class Death : DbCommandInterceptor
    {
        private volatile bool struck;

        public void Strike() => struck = true;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => Live(result);

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => Live(result);

        private ValueTask<T> Live<T>(T result) => struck ? throw new InvalidOperationException("Dead.") : ValueTask.FromResult(result);
    }
}
