using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Web.Features.WorkItems.Complete;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Invariants;

/// <summary>Invariant 6: a city cannot recommend more than its quota, however many of its people press at once and on however many nodes.</summary>
public sealed class QuotaTests
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Recommend_FiftyAtOnceOnTwoNodes_GoUpToTheLimitAndNoFurther(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        await using var twin = host.StartTwin();
        var drafts = await Drafts.MakeAsync(host, 50, submit: true);
        var (limit, items) = await host.InScopeAsync(async (_, db) => (
            await db.Quotas.Where(q => q.BatchId == drafts[0].BatchId && q.CityId == drafts[0].CityId && q.Used == 0).Select(q => q.Limit).SingleAsync(),
            await db.WorkItems.AsNoTracking().Where(w => w.Activity == "cityCheck" && w.ClosedAt == null && w.Holder == "city:" + drafts[0].CityId.ToString("N")).ToListAsync()));
        Assert.Equal(50, items.Count);
        var city = new Actor(Guid.NewGuid(), "市局经办", Roles.City, drafts[0].CityId);

        var refusals = await Task.WhenAll(items.Select((item, i) => Task.Run(() => Record.ExceptionAsync(() => (i % 2 == 0 ? host : twin).InScopeAsync((services, _) =>
            services.GetRequiredService<CompleteWorkItemHandler>().HandleAsync(
                new CompleteWorkItem(item.Id, "Recommend", null, item.Version, null, null, Guid.NewGuid()), city, CancellationToken.None))).AsTask())));

        Assert.Equal(limit, refusals.Count(r => r is null));
        Assert.All(refusals.OfType<Exception>(), r =>
        {
            var refused = Assert.IsType<RuleBrokenException>(r);
            Assert.Equal("quota-exhausted", refused.Code);
            Assert.Contains("名额", refused.Message, StringComparison.Ordinal);
        });
        await host.InScopeAsync(async (_, db) =>
        {
            Assert.Equal(limit, await db.Quotas.Where(q => q.BatchId == drafts[0].BatchId && q.CityId == drafts[0].CityId).Select(q => q.Used).SingleAsync());
            var cases = await db.Applications.AsNoTracking().Where(a => a.BatchId == drafts[0].BatchId && a.CityId == drafts[0].CityId).ToListAsync();
            Assert.Equal(limit, cases.Count(c => c.Stage == "cityList"));
            Assert.Equal(50 - limit, cases.Count(c => c.Stage == "cityCheck"));
            foreach (var one in cases)
            {
                var journal = await db.Journal.AsNoTracking().Where(j => j.SubjectId == one.Id).OrderBy(j => j.Sequence).ToListAsync();
                Assert.Null(Journal.FirstBroken(journal));
                Assert.Equal(one.Stage == "cityList" ? 3 : 2, journal.Count);
            }

            return true;
        });
    }
}
