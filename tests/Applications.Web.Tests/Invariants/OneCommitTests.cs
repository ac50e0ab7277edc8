using Applications.Domain.Accounts;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Features.Cases.Submit;
using Applications.Web.Features.Draws;
using Applications.Web.Features.Draws.Decide;
using Applications.Web.Features.Draws.Run;
using Applications.Web.Features.WorkItems.Complete;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Invariants;

/// <summary>Invariant 1: a command's state, work items, journal, audit and outbox are one commit. Broken anywhere, it leaves nothing at all.</summary>
public sealed class OneCommitTests
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Submit_CutAtEveryStatement_LeavesNothing(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var faults = new SqlFaults();
        await using var host = await AppHost.StartAsync(provider, new AppHostOptions { Interceptors = [faults], Quiet = true });
        var draft = (await Drafts.MakeAsync(host, 1))[0];

        await CutEverywhereAsync(host, faults, Submit(host, draft));

        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Filings.CountAsync(f => f.CaseId == draft.CaseId)));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Recommend_CutAtEveryStatement_LeavesNothing(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var faults = new SqlFaults();
        await using var host = await AppHost.StartAsync(provider, new AppHostOptions { Interceptors = [faults], Quiet = true });
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];

        await CutEverywhereAsync(host, faults, await RecommendAsync(host, draft));

        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Quotas.Where(q => q.BatchId == draft.BatchId && q.CityId == draft.CityId).Select(q => q.Used).SingleAsync()));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task SubmitAndRecommend_AnyTableRefusesARow_LeavesNothing(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider, new AppHostOptions { Quiet = true });
        var drafts = await Drafts.MakeAsync(host, 2);
        var tables = await WrittenByAsync(host, Submit(host, drafts[0]));
        Assert.Superset(new HashSet<string> { "applications", "attachments", "audit", "filings", "idempotency", "journal", "outbox", "work_items" }, tables);
        await RefuseEachAsync(host, tables, Submit(host, drafts[1]));

        tables = await WrittenByAsync(host, await RecommendAsync(host, drafts[0]));
        Assert.Superset(new HashSet<string> { "applications", "audit", "idempotency", "journal", "quotas", "work_items" }, tables);
        await RefuseEachAsync(host, tables, await RecommendAsync(host, drafts[1]));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task ApproveAndRunDraw_CutAtEveryStatement_LeavesNothing(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var faults = new SqlFaults();
        await using var host = await AppHost.StartAsync(provider, new AppHostOptions { Interceptors = [faults], Quiet = true });
        var (draw, head) = await host.InScopeAsync(async (services, db) =>
        {
            // The key ring is made at first use, in a transaction of its own.
            _ = services.GetRequiredService<SeedSealStore>().Seal(Guid.Empty, "warm");
            return (await db.Draws.AsNoTracking().SingleAsync(d => d.State == DrawState.Requested), new Actor(await db.Users.Where(u => u.UserName == "chuzhang").Select(u => u.Id).SingleAsync(), "处长", Roles.Head, null));
        });

        var approve = new DecideDraw(draw.Id, DrawDecision.Approve, null, draw.Version, Guid.NewGuid());
        await CutEverywhereAsync(host, faults, () => host.InScopeAsync((s, _) => s.GetRequiredService<DecideDrawHandler>().HandleAsync(approve, head, CancellationToken.None)));
        var committed = await host.InScopeAsync((_, db) => db.Draws.AsNoTracking().SingleAsync(d => d.Id == draw.Id));
        var run = new RunDraw(draw.Id, null, committed.Version, Guid.NewGuid());
        await CutEverywhereAsync(host, faults, () => host.InScopeAsync((s, _) => s.GetRequiredService<RunDrawHandler>().HandleAsync(run, head, CancellationToken.None)));

        var (drawn, seats) = await host.InScopeAsync(async (_, db) => (await db.Draws.AsNoTracking().SingleAsync(d => d.Id == draw.Id), await db.Reviews.CountAsync(r => r.DrawId == draw.Id)));
        Assert.Equal((DrawState.Drawn, committed.Commitment), (drawn.State, DrawRecordJson.Read(drawn.Record!).Commitment));
        Assert.Equal(draw.Groups[0].Cases.Count * draw.Seats, seats);
    }

    /// <summary>Lets the 1st, 2nd, 3rd… statement fail until the command comes through, always with the same key as a caller would who tries again.</summary>
    private static async Task CutEverywhereAsync(AppHost host, SqlFaults faults, Func<Task> command)
    {
        var before = await DatabaseSnapshot.TakeAsync(host);
        for (var nth = 1; ; nth++)
        {
            var fuse = faults.Arm(nth);
            var failure = await Record.ExceptionAsync(command);
            faults.Disarm();
            if (!fuse.HasBlown)
            {
                Assert.Null(failure);
                Assert.True(nth > 4, $"Only {nth} places to cut were found.");
                return;
            }

            Assert.NotNull(failure);
            Assert.Empty((await DatabaseSnapshot.TakeAsync(host)).ChangesSince(before));
        }
    }

    private static async Task<HashSet<string>> WrittenByAsync(AppHost host, Func<Task> command)
    {
        var before = await DatabaseSnapshot.TakeAsync(host);
        await command();
        return [.. (await DatabaseSnapshot.TakeAsync(host)).ChangesSince(before).Select(c => c.Split(' ', ':')[0])];
    }

    private static async Task RefuseEachAsync(AppHost host, IEnumerable<string> tables, Func<Task> command)
    {
        var before = await DatabaseSnapshot.TakeAsync(host);
        foreach (var table in tables)
        {
            await RefusingTrigger.SetAsync(host, table);
            Assert.NotNull(await Record.ExceptionAsync(command));
            await RefusingTrigger.DropAsync(host, table);
            Assert.Empty((await DatabaseSnapshot.TakeAsync(host)).ChangesSince(before));
        }

        await command();
    }

    private static Func<Task> Submit(AppHost host, Draft draft)
    {
        var request = new SubmitApplication(draft.CaseId, draft.Version, Guid.NewGuid());
        return () => host.InScopeAsync((services, _) =>
            services.GetRequiredService<SubmitApplicationHandler>().HandleAsync(request, draft.Applicant, CancellationToken.None));
    }

    private static async Task<Func<Task>> RecommendAsync(AppHost host, Draft draft)
    {
        var item = await host.InScopeAsync((_, db) => db.WorkItems.AsNoTracking().SingleAsync(w => w.CaseId == draft.CaseId && w.ClosedAt == null));
        var city = new Actor(Guid.NewGuid(), "市局经办", Roles.City, draft.CityId);
        var request = new CompleteWorkItem(item.Id, "Recommend", null, item.Version, null, null, Guid.NewGuid());
        return () => host.InScopeAsync((services, _) =>
            services.GetRequiredService<CompleteWorkItemHandler>().HandleAsync(request, city, CancellationToken.None));
    }
}
