using System.Globalization;
using System.Net;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Batches;

/// <summary>Days and quotas of a running batch: changed with a reason, followed by whatever waits for them, and never below what is used.</summary>
public sealed class ChangeBatchTests
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Change_OfTheDays_IsFollowedByBatchDraftsTimersAndCall(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var officer = await FormClient.SignInAsync(host, "jingban");
        var path = $"/admin/batches/{draft.BatchId}";
        Assert.NotNull((await officer.GetAsync(path)).QuerySelector($"a[href='{path}/change']"));
        var today = ChinaTime.Today(TimeProvider.System);
        var (filing, recommendation) = (today.AddDays(60), today.AddDays(75));

        var page = await officer.GetAsync($"{path}/change");
        var done = await officer.PostAsync(page, "main form", ("FilingClosesOn", Typed(filing)), ("RecommendationClosesOn", Typed(recommendation)), ("Reason", "补充通知延期"));

        Assert.Contains("已变更", done.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("补充通知延期", done.QuerySelector(".journal")!.TextContent, StringComparison.Ordinal);
        await host.InScopeAsync(async (_, db) =>
        {
            var batch = await db.Batches.AsNoTracking().SingleAsync(b => b.Id == draft.BatchId);
            var end = ChinaTime.EndOfDay(filing);
            Assert.Equal((end, ChinaTime.EndOfDay(recommendation), end), (batch.FilingClosesAt, batch.RecommendationClosesAt, batch.StageDue));
            Assert.Equal(end, (await db.Timers.SingleAsync(t => t.IsBatch && t.SubjectId == batch.Id && t.DoneAt == null)).DueAt);
            Assert.Equal(end, (await db.WorkItems.SingleAsync(w => w.CaseId == draft.CaseId && w.Task == Tasks.File && w.ClosedAt == null)).DueAt);
            Assert.Equal(end, (await db.Applications.SingleAsync(a => a.Id == draft.CaseId)).StageDue);
            Assert.True(await db.Journal.AnyAsync(j => j.SubjectId == draft.CaseId && j.Outcome == "Change" && j.Reason!.Contains("申报截止由")));
            var call = await db.Notices.SingleAsync(n => n.BatchId == batch.Id && n.Kind == NoticeKind.Call);
            Assert.Equal(end, call.ClosesAt);
            Assert.Contains($"调整为 {ChinaTime.FormatDate(filing)}", call.Body, StringComparison.Ordinal);
            Assert.Equal("补充通知延期", (await db.Audit.SingleAsync(a => a.Action == "change-batch")).Detail);
            return true;
        });

        // The old day has no power any more.
        await host.Services.GetRequiredService<FireTimers>().ExecuteAsync(TestContext.Current.CancellationToken);
        Assert.Equal("filing", await host.InScopeAsync((_, db) => db.Batches.Where(b => b.Id == draft.BatchId).Select(b => b.Stage).SingleAsync()));
    }

    [Fact]
    public async Task Change_OfAQuota_KeepsWhatIsUsedAndIsRefusedBelow()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        await host.InScopeAsync((_, db) => db.Quotas.Where(q => q.BatchId == draft.BatchId && q.CityId == draft.CityId).ExecuteUpdateAsync(s => s.SetProperty(q => q.Used, 4)));
        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await officer.GetAsync($"/admin/batches/{draft.BatchId}/change");
        var field = $"Quotas[{draft.CityId}]";

        var refused = await officer.PostAsync(page, "main form", (field, "3"), ("Reason", "试"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("不能少于 4", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("3", refused.QuerySelector($"[name='{field}']")!.GetAttribute("value"));
        Assert.DoesNotContain(await LimitsAsync(), l => l == 3);

        Assert.Contains("已变更", (await officer.PostAsync(page, "main form", (field, "6"), ("Reason", "新增名额"))).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(6, await LimitsAsync());
        var stale = await officer.PostAsync(page, "main form", (field, "7"), ("Reason", "又改"), ("IdempotencyKey", $"{Guid.NewGuid()}"));
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);

        Task<List<int>> LimitsAsync() => host.InScopeAsync((_, db) => db.Quotas.Where(q => q.BatchId == draft.BatchId).Select(q => q.Limit).ToListAsync());
    }

    [Theory]
    [InlineData("Reason", "", "请写明变更理由")]
    [InlineData("FilingClosesOn", "2020-01-01", "不能早于今天")]
    [InlineData("RecommendationClosesOn", "2020-01-01", "不能早于今天")]
    [InlineData("FilingClosesOn", "2199-01-01", "应晚于申报截止")]
    [InlineData("Reason", "只有理由", "没有改动")]
    public async Task Change_ThatCannotBe_IsRefusedAndNothingChanges(string field, string value, string words)
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await host.InScopeAsync((_, db) => db.Batches.AsNoTracking().Where(b => b.Stage == "filing").OrderBy(b => b.Name).FirstAsync());
        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await officer.GetAsync($"/admin/batches/{batch.Id}/change");

        var refused = await officer.PostAsync(page, "main form", field == "Reason" ? [(field, value)] : [("Reason", "试"), (field, value)]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(words, refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((batch.FilingClosesAt, batch.Version), await host.InScopeAsync(async (_, db) => await db.Batches.Where(b => b.Id == batch.Id).Select(b => new { b.FilingClosesAt, b.Version }).SingleAsync() is var now ? (now.FilingClosesAt, now.Version) : default));
    }

    [Fact]
    public async Task Change_AfterBothDaysPassed_IsNotOffered()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var past = await host.InScopeAsync((_, db) => db.Batches.Where(b => b.RecommendationClosesAt < DateTime.UtcNow && b.Result == null).Select(b => b.Id).FirstAsync());
        var officer = await FormClient.SignInAsync(host, "jingban");

        Assert.Null((await officer.GetAsync($"/admin/batches/{past}")).QuerySelector("a[href$='/change']"));
        Assert.Contains("没有可以变更的事项", (await officer.GetAsync($"/admin/batches/{past}/change")).Body!.TextContent, StringComparison.Ordinal);
    }

    private static string Typed(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
