using System.Net;
using Applications.Domain.Accounts;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Web.Features.Reviews.Score;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Invariants;

/// <summary>Invariant 4: the same command under the same key, sent eight times at once, happens once and gives everybody the same answer.</summary>
public sealed class SameKeyTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const int AtOnce = 8;

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Submit_SameKeyAtOnce_IsOneFiling(string provider)
    {
        var (host, draft) = await DraftAsync(provider, submit: false);
        var key = Guid.NewGuid().ToString();

        var answers = await AtOnceAsync(ApiClient.Of(host, draft.Token), a => a.PostAsync($"applications/{draft.CaseId}/submit", new { version = draft.Version }, key));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Single(answers.Select(a => a.Body.GetProperty("number").GetString()).Distinct());
        await host.InScopeAsync(async (_, db) =>
        {
            Assert.Equal(1, await db.Filings.CountAsync(f => f.CaseId == draft.CaseId));
            Assert.Equal(2, await db.Journal.CountAsync(j => j.SubjectId == draft.CaseId));
            Assert.Equal(1, await db.Outbox.CountAsync(o => o.Kind == "send-letter" && o.Payload.Contains(draft.CaseId.ToString())));
            Assert.Equal(1, await db.WorkItems.CountAsync(w => w.CaseId == draft.CaseId && w.ClosedAt == null));
            return true;
        });
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Start_SameKeyAtOnce_IsOneDraft(string provider)
    {
        var (host, draft) = await DraftAsync(provider, submit: false);
        await host.InScopeAsync(async (_, db) => await db.Attachments.Where(a => a.CaseId == draft.CaseId).ExecuteDeleteAsync()
            + await db.WorkItems.Where(w => w.CaseId == draft.CaseId).ExecuteDeleteAsync() + await db.Applications.Where(a => a.Id == draft.CaseId).ExecuteDeleteAsync());
        var key = Guid.NewGuid().ToString();

        var answers = await AtOnceAsync(ApiClient.Of(host, draft.Token), a => a.PostAsync("applications", new { batchId = draft.BatchId }, key));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
        Assert.Single(answers.Select(a => a.Body.GetProperty("id").GetGuid()).Distinct());
        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Applications.CountAsync(a => a.EnterpriseId == draft.EnterpriseId)));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Start_OtherKeysAtOnce_IsOneDraftAndTheRestAreTold(string provider)
    {
        var (host, draft) = await DraftAsync(provider, submit: false);
        await host.InScopeAsync(async (_, db) => await db.Attachments.Where(a => a.CaseId == draft.CaseId).ExecuteDeleteAsync()
            + await db.WorkItems.Where(w => w.CaseId == draft.CaseId).ExecuteDeleteAsync() + await db.Applications.Where(a => a.Id == draft.CaseId).ExecuteDeleteAsync());

        var answers = await AtOnceAsync(ApiClient.Of(host, draft.Token), a => a.PostAsync("applications", new { batchId = draft.BatchId }, Guid.NewGuid().ToString()));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal("already-applied", a.Body.GetProperty("code").GetString()));
        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Applications.CountAsync(a => a.EnterpriseId == draft.EnterpriseId)));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Decide_SameKeyAtOnce_IsOneDecision(string provider)
    {
        var (host, draft) = await DraftAsync(provider, submit: true);
        var item = await host.InScopeAsync((_, db) => db.WorkItems.AsNoTracking().SingleAsync(w => w.CaseId == draft.CaseId && w.ClosedAt == null));
        var token = await TokenAsync(host, "shi02");
        var key = Guid.NewGuid().ToString();

        var answers = await AtOnceAsync(
            ApiClient.Of(host, token), a => a.PostAsync($"work-items/{item.Id}/complete", new { outcome = "Return", version = item.Version, reason = "请补充。" }, key));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Single(answers.Select(a => a.Body.GetProperty("standsAt").GetString()).Distinct());
        Assert.Equal(3, await host.InScopeAsync((_, db) => db.Journal.CountAsync(j => j.SubjectId == draft.CaseId)));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task LockScore_SameKeyAtOnce_IsOneAnswer(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (review, full) = await host.InScopeAsync(async (services, db) =>
        {
            var r = await db.Reviews.FirstAsync(x => x.State == ReviewState.Assigned);
            r.DeclareFree(DateTime.UtcNow);
            await db.SaveChangesAsync();
            var rubric = await db.Batches.Where(b => b.Id == r.BatchId).Select(b => b.RubricId).SingleAsync();
            return (r, services.GetRequiredService<Data.Workflow.DefinitionCatalog>().Rubric(rubric).Criteria.ToDictionary(c => c.Key, c => c.FullHundredths * 8 / 10 / 50 * 50));
        });
        var journal = await host.InScopeAsync((_, db) => db.Journal.CountAsync(j => j.SubjectId == review.CaseId));
        var expert = new Actor(Guid.NewGuid(), review.ExpertName, Roles.Expert, review.ExpertId);
        var request = new ScoreFile(review.CaseId, full, "研发方向明确，投入持续。", ScoreStep.Lock, review.Version, Guid.NewGuid());

        var versions = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => host.InScopeAsync((services, _) =>
            services.GetRequiredService<ScoreFileHandler>().HandleAsync(request, expert, CancellationToken.None)))));

        Assert.Single(versions.Distinct());
        Assert.Equal(journal + 1, await host.InScopeAsync((_, db) => db.Journal.CountAsync(j => j.SubjectId == review.CaseId)));
        Assert.Equal(versions[0].Version, await host.InScopeAsync((_, db) => db.Reviews.Where(r => r.Id == review.Id).Select(r => r.Version).SingleAsync()));
    }

    private async Task<(AppHost Host, Draft Draft)> DraftAsync(string provider, bool submit)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        return (host, (await Drafts.MakeAsync(host, 1, submit: submit))[0]);
    }

    private static Task<ApiAnswer[]> AtOnceAsync(ApiClient client, Func<ApiClient, Task<ApiAnswer>> send) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => send(client))));

    private static async Task<string> TokenAsync(AppHost host, string user) =>
        (await ApiClient.Of(host, "none").PostAsync("tokens", new { userName = user, password = Data.Seed.DemoAccounts.Password })).Body.GetProperty("token").GetString()!;
}
