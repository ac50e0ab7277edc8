using System.Net;
using Applications.Data.Workflow;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Approvals;

/// <summary>What people do with work besides deciding it, as the API and the pages do it and as the database keeps it.</summary>
public sealed class ApprovalTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Recall_ARecommendation_GivesThePlaceBackAndOpensTheCheckAgain(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var city = await ApiClient.SignInAsync(host, "shi02");
        var before = await UsedAsync(host, draft);
        await CompleteAsync(host, city, draft.CaseId, "Recommend");
        Assert.Equal(before + 1, await UsedAsync(host, draft));

        await city.ExpectAsync(draft.CaseId, "recall", new { reason = "材料还需核实" });

        Assert.Equal(before, await UsedAsync(host, draft));
        var (one, items, journal) = await StoryAsync(host, draft.CaseId);
        Assert.Equal(("cityCheck", false), (one.Stage, one.HoldsQuota));
        Assert.Equal("Recalled", items.Single(i => i.Activity == "cityList").Outcome);
        Assert.Single(items, i => i.Activity == "cityCheck" && i.ClosedAt is null);
        Assert.Equal(("recall", "材料还需核实"), (journal[^1].Kind, journal[^1].Reason));

        // It can be decided anew, and once a reason of another kind holds it can no more be taken back.
        await CompleteAsync(host, city, draft.CaseId, "Reject", "不符合方向");
        await city.RefusedAsync(draft.CaseId, "recall", new { reason = "再想想" }, "not-possible-now");
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Reassign_ToAColleague_OnlyHeCanDecide(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var id = await AtFormalCheckAsync(host);
        var (first, second) = (await ApiClient.SignInAsync(host, "jingban"), await ApiClient.SignInAsync(host, "jingban2"));
        var colleague = await UserAsync(host, "jingban2");

        await first.ExpectAsync(id, "reassign", new { person = colleague, reason = "我下周出差" });

        var refused = await TryCompleteAsync(host, first, id, "NotAccept", "不符合");
        Assert.Equal("assigned-to-other", refused.Body.GetProperty("code").GetString());
        Assert.DoesNotContain(id.ToString(), (await first.GetAsync("work-items")).Text, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), (await second.GetAsync("work-items")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await TryCompleteAsync(host, second, id, "NotAccept", "不符合")).Status);
        Assert.Single((await StoryAsync(host, id)).Journal, j => j.Kind == "reassign" && j.OutcomeLabel.Contains("李经办", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task AddSigner_Afterwards_TheDecisionWaitsForHim_AndAnObjectionGivesItBack(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var id = await AtFormalCheckAsync(host);
        var (officer, head) = (await ApiClient.SignInAsync(host, "jingban"), await ApiClient.SignInAsync(host, "chuzhang"));
        var signer = await UserAsync(host, "chuzhang");
        await officer.ExpectAsync(id, "add-signer", new { person = signer, position = "After", reason = "拟不予受理，请审阅" });
        await CompleteAsync(host, officer, id, "NotAccept", "缺审计报告");
        Assert.Equal("formalCheck", (await StoryAsync(host, id)).Case.Stage);

        var asked = await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync($"/approvals/{id}");
        Assert.Contains("拟不予受理，请审阅", asked.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("缺审计报告", asked.Body!.TextContent, StringComparison.Ordinal);

        await head.ExpectAsync(id, "sign", new { outcome = "Object", reason = "可要求补正" });

        var (one, items, _) = await StoryAsync(host, id);
        Assert.Equal("formalCheck", one.Stage);
        var open = items.Single(i => i.ClosedAt is null);
        Assert.Equal((Tasks.FormalCheck, null), (open.Task, open.Participant));
        Assert.Contains(items, i => i.Task == Tasks.SignOpinion && i.Outcome == "Object" && i.Reason == "可要求补正");

        await officer.ExpectAsync(id, "add-signer", new { person = signer, position = "Before", reason = "再请审阅" });
        Assert.Equal("signature-pending", (await TryCompleteAsync(host, officer, id, "NotAccept", "仍缺")).Body.GetProperty("code").GetString());
        await head.ExpectAsync(id, "sign", new { outcome = "Agree" });
        await CompleteAsync(host, officer, id, "NotAccept", "仍缺审计报告");
        Assert.Equal("notAccepted", (await StoryAsync(host, id)).Case.Result);
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Suspend_ThenResume_NobodyActsMeanwhile(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var id = await AtFormalCheckAsync(host);
        var officer = await ApiClient.SignInAsync(host, "jingban");

        await officer.ExpectAsync(id, "suspend", new { reason = "企业涉诉，待判决" });

        Assert.Equal("case-suspended", (await TryCompleteAsync(host, officer, id, "NotAccept", "x")).Body.GetProperty("code").GetString());
        Assert.DoesNotContain(id.ToString(), (await officer.GetAsync("work-items")).Text, StringComparison.Ordinal);
        var page = await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/cases/{id}");
        Assert.Contains("企业涉诉，待判决", page.QuerySelector(".alert-warning")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#decide"));

        await officer.ExpectAsync(id, "resume", new { reason = "判决已生效" });

        var (one, items, journal) = await StoryAsync(host, id);
        Assert.Null(one.SuspendedAt);
        Assert.Null(items.Single(i => i.ClosedAt is null).StayedAt);
        Assert.Equal(["suspend", "resume"], journal.TakeLast(2).Select(j => j.Kind));
        await host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);
        var letters = await host.InScopeAsync((_, db) => db.Mails.Where(m => m.SubjectId == id && (m.Template == "stayed" || m.Template == "resumed")).OrderBy(m => m.CreatedAt).ToListAsync());
        Assert.Equal(["stayed", "resumed"], letters.Select(m => m.Template).Distinct());
        Assert.Contains("企业涉诉，待判决", letters[0].Body, StringComparison.Ordinal);
        await CompleteAsync(host, officer, id, "NotAccept", "不符合");
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Terminate_WhileTheCityCanStillRecommend_FreesItsPlace(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var before = await UsedAsync(host, draft);
        await CompleteAsync(host, await ApiClient.SignInAsync(host, "shi02"), draft.CaseId, "Recommend");

        await (await ApiClient.SignInAsync(host, "chuzhang")).ExpectAsync(draft.CaseId, "terminate", new { reason = "企业已注销" });

        Assert.Equal(before, await UsedAsync(host, draft));
        var (one, items, journal) = await StoryAsync(host, draft.CaseId);
        Assert.Equal(("terminated", "已终止"), (one.Result, one.StageTitle));
        Assert.DoesNotContain(items, i => i.ClosedAt is null);
        Assert.Equal(("terminate", "企业已注销"), (journal[^1].Kind, journal[^1].Reason));
        var page = await (await FormClient.SignInAsync(host, draft.UserName)).GetAsync($"/cases/{draft.CaseId}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("已终止", page.QuerySelector(".page-head")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Urge_OfExperts_IsLeftToTheListOfOpenSheets()
    {
        var host = await hosts.GetAsync();
        var (one, batch) = await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Stage == "review" && db.WorkItems.Count(w => w.CaseId == a.Id && w.Task == Tasks.Score && w.ClosedAt == null) > 1).Select(a => new ValueTuple<Guid, Guid>(a.Id, a.BatchId)).FirstAsync());

        var page = await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/approvals/{one}");

        Assert.DoesNotContain(page.QuerySelectorAll(".disclosure summary"), s => s.TextContent.Contains("催办", StringComparison.Ordinal));
        Assert.NotNull(page.QuerySelector($"main a[href='/admin/batches/{batch}/silent']"));
    }

    [Fact]
    public async Task Urge_ByTheApplicant_SendsALetterOnceADay()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var owner = await FormClient.SignInAsync(host, draft.UserName);
        var page = await owner.GetAsync($"/approvals/{draft.CaseId}");

        var done = await owner.PostAsync(page, ".disclosure form", ("Reason", "窗口期将至，请尽快审核"));

        Assert.Contains("已办理：催办", done.Body!.TextContent, StringComparison.Ordinal);
        var (_, items, journal) = await StoryAsync(host, draft.CaseId);
        Assert.Equal(1, items.Single(i => i.ClosedAt is null).UrgedCount);
        Assert.Equal("urge", journal[^1].Kind);
        var key = $"urged:{items.Single(i => i.ClosedAt is null).Id:N}:1";
        Assert.True(await host.InScopeAsync((_, db) => db.Outbox.AnyAsync(m => m.DedupKey == key)));
        Assert.Contains("现在没有可用的办理方式", (await owner.GetAsync($"/approvals/{draft.CaseId}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suspend", "", "reason-required")]
    [InlineData("reassign", "x", "person-required")]
    [InlineData("add-signer", "x", "person-required")]
    [InlineData("send-back", "x", "not-possible-now")]
    [InlineData("sign", "x", "not-possible-now")]
    [InlineData("dance", "x", "not-possible-now")]
    public async Task Act_WithoutWhatItNeeds_IsRefusedInWords(string act, string reason, string code)
    {
        var host = await hosts.GetAsync();
        var id = await AtFormalCheckAsync(host);

        await (await ApiClient.SignInAsync(host, "jingban")).RefusedAsync(id, act, new { reason, person = Guid.NewGuid() }, code);
    }

    private static async Task<Guid> AtFormalCheckAsync(AppHost host)
    {
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var city = await ApiClient.SignInAsync(host, "shi02");
        await CompleteAsync(host, city, draft.CaseId, "Recommend");
        await host.InScopeAsync(async (services, db) =>
        {
            var application = await db.Applications.SingleAsync(a => a.Id == draft.CaseId);
            var batch = await db.Batches.SingleAsync(b => b.Id == application.BatchId);
            var flow = services.GetRequiredService<WorkflowHost>();
            var user = await db.Users.SingleAsync(u => u.UserName == "shi02");
            await flow.CompleteAsync(FlowSubjects.Of(application, batch), application.State.Tokens[0].Id, "List", user.ToActor(), null, CancellationToken.None);
            return await db.SaveChangesAsync();
        });
        return draft.CaseId;
    }

    private static async Task CompleteAsync(AppHost host, ApiClient client, Guid id, string outcome, string? reason = null)
    {
        var answer = await TryCompleteAsync(host, client, id, outcome, reason);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    private static async Task<ApiAnswer> TryCompleteAsync(AppHost host, ApiClient client, Guid id, string outcome, string? reason = null)
    {
        var item = await host.InScopeAsync((_, db) => db.WorkItems.AsNoTracking().SingleAsync(w => w.CaseId == id && w.ClosedAt == null && w.Participant == null));
        return await client.PostAsync($"work-items/{item.Id}/complete", new { outcome, reason, version = item.Version });
    }

    private static Task<int> UsedAsync(AppHost host, Draft draft) =>
        host.InScopeAsync((_, db) => db.Quotas.Where(q => q.BatchId == draft.BatchId && q.CityId == draft.CityId).Select(q => q.Used).SingleAsync());

    private static Task<Guid> UserAsync(AppHost host, string name) => host.InScopeAsync((_, db) => db.Users.Where(u => u.UserName == name).Select(u => u.Id).SingleAsync());

    private static Task<(Application Case, List<WorkItem> Items, List<Domain.Trail.JournalEntry> Journal)> StoryAsync(AppHost host, Guid id) => host.InScopeAsync(async (_, db) => (
        await db.Applications.AsNoTracking().SingleAsync(a => a.Id == id),
        await db.WorkItems.AsNoTracking().Where(w => w.CaseId == id).OrderBy(w => w.OpenedAt).ToListAsync(),
        await db.Journal.AsNoTracking().Where(j => j.SubjectId == id).OrderBy(j => j.Sequence).ToListAsync()));
}

/// <summary>Short words for acts over the API.</summary>
internal static class ApprovalCalls
{
    public static async Task ExpectAsync(this ApiClient client, Guid id, string act, object body)
    {
        var answer = await client.PostAsync($"approvals/{id}/{act}", body);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{act}: {answer.Text}");
    }

    public static async Task RefusedAsync(this ApiClient client, Guid id, string act, object body, string code)
    {
        var answer = await client.PostAsync($"approvals/{id}/{act}", body);
        Assert.Equal(code, answer.Body.GetProperty("code").GetString());
    }
}
