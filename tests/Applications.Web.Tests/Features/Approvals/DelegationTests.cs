using System.Net;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Approvals;

/// <summary>委托: one decides in another's place, for a time and perhaps for one programme.</summary>
public sealed class DelegationTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Programme = "one-enterprise-one-technology";

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Grant_AColleagueSignsInTheHeadsPlace_AndTheTrailSaysSo(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var batch = await AtAsync(host, "signHead");
        var (head, deputy) = (await FormClient.SignInAsync(host, "chuzhang"), await FormClient.SignInAsync(host, "jingban2"));
        Assert.Null((await deputy.GetAsync($"/admin/batches/{batch}")).QuerySelector("[name=Outcome]"));

        var granted = await head.PostAsync(
            await head.GetAsync("/delegations"), "main form", ("Person", await UserAsync(host, "jingban2")), ("From", Today(0)), ("Until", Today(3)), ("Programme", Programme), ("Reason", "出差"));

        Assert.Contains("生效中", granted.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("代办", (await deputy.GetAsync("/desk")).Body!.TextContent, StringComparison.Ordinal);
        var page = await deputy.GetAsync($"/admin/batches/{batch}");
        var signed = await deputy.PostAsync(page, "form[action*=Decide]", ("Outcome", "Return"), ("Reason", "第三名得分需复核"));
        Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
        var line = await LastAsync(host, batch);
        Assert.Equal(("complete", "Return"), (line.Kind, line.Outcome));
        Assert.Contains("李经办（演示）（受赵处长（演示）委托）", line.ActorName, StringComparison.Ordinal);
        Assert.Equal(Roles.Head, line.ActorRole);

        // Taken back, it lends nothing more; and what one did himself one does not sign.
        await head.PostAsync(await head.GetAsync("/delegations"), "form[action*=Revoke]");
        await host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);
        var letters = await host.InScopeAsync(async (_, db) => await (from m in db.Mails join u in db.Users on m.UserId equals u.Id where u.UserName == "jingban2" && m.Template.StartsWith("delegat") select m).ToListAsync());
        Assert.Equal(["delegated", "delegation-ended"], letters.Select(m => m.Template).Order(StringComparer.Ordinal));
        Assert.Contains(letters, m => m.Subject.Contains("赵处长（演示）委托您在", StringComparison.Ordinal));
        Assert.DoesNotContain("代办", (await deputy.GetAsync("/desk")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_WhatOneHasDoneHimself_IsRefused()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await host.InScopeAsync((_, db) => db.Batches
            .Where(b => b.Stage == "proposeList" && !db.Reviews.Any(r => r.BatchId == b.Id && (r.State == ReviewState.Assigned || r.State == ReviewState.Scoring)))
            .Select(b => b.Id).FirstAsync());
        var head = await ApiClient.SignInAsync(host, "chuzhang");
        var answer = await head.PostAsync("delegations", new { person = await UserAsync(host, "jingban2"), from = Today(0), until = Today(1), reason = "休假" });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var deputy = await FormClient.SignInAsync(host, "jingban2");
        var ranking = await deputy.GetAsync($"/admin/batches/{batch}");
        await deputy.PostAsync(ranking, "form[action*=Propose]");

        var page = await deputy.GetAsync($"/admin/batches/{batch}");
        var refused = await deputy.PostAsync(page, "form[action*=Decide]", ("Outcome", "Approve"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("上一环节由您本人办理", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qiye01", HttpStatusCode.NotFound)]
    [InlineData("zhuanjia01", HttpStatusCode.NotFound)]
    [InlineData("jijian", HttpStatusCode.NotFound)]
    [InlineData("shi01", HttpStatusCode.OK)]
    public async Task Page_OnlyForThoseWhoDecide(string user, HttpStatusCode status)
    {
        var host = await hosts.GetAsync();

        Assert.Equal(status, (await (await FormClient.SignInAsync(host, user)).GetAsync("/delegations")).StatusCode);
    }

    [Theory]
    [InlineData("qiye01", 0, 1, null, "出差", "Person")]
    [InlineData("jingban2", 2, 1, null, "出差", "Until")]
    [InlineData("jingban2", -9, -8, null, "出差", "Until")]
    [InlineData("jingban2", 0, 92, null, "出差", "Until")]
    [InlineData("jingban2", 0, 1, "no-such", "出差", "Programme")]
    [InlineData("jingban2", 0, 1, null, " ", "Reason")]
    public async Task Grant_WhatIsNotInOrder_IsRefusedAtItsField(string person, int from, int until, string? programme, string reason, string field)
    {
        var host = await hosts.GetAsync();
        var head = await FormClient.SignInAsync(host, "chuzhang");
        var page = await head.GetAsync("/delegations");
        foreach (var (name, value) in new[] { ("Person", await UserAsync(host, person)), ("Programme", programme ?? "") })
        {
            var option = page.CreateElement("option");
            option.SetAttribute("value", value);
            page.QuerySelector($"select[name={name}]")!.AppendChild(option);
        }

        var refused = await head.PostAsync(page, "main form", ("Person", await UserAsync(host, person)), ("From", Today(from)), ("Until", Today(until)), ("Programme", programme ?? ""), ("Reason", reason));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotNull(refused.QuerySelector($".error-summary a[href='#{field}']"));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task SendBack_FromTheLeaderToTheHead_OpensTheHeadsStepAgain(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var batch = await AtAsync(host, "signLeader");
        var leader = await FormClient.SignInAsync(host, "tingling");
        var page = await leader.GetAsync($"/approvals/{batch}");
        var form = page.QuerySelectorAll("form").Single(f => f.QuerySelector("[name=Act]")?.GetAttribute("value") == "send-back");
        form.SetAttribute("data-test", "back");

        var done = await leader.PostAsync(page, "[data-test=back]", ("Target", "signHead"), ("Reason", "请处长补充说明"));

        Assert.Contains("已办理：退回", done.Body!.TextContent, StringComparison.Ordinal);
        var (stage, open) = await host.InScopeAsync(async (_, db) => (
            await db.Batches.Where(b => b.Id == batch).Select(b => b.Stage).SingleAsync(),
            await db.WorkItems.AsNoTracking().SingleAsync(w => w.BatchId == batch && w.CaseId == null && w.ClosedAt == null)));
        Assert.Equal(("signHead", "head"), (stage, open.Holder));
        Assert.Equal(("send-back", "请处长补充说明"), (await LastAsync(host, batch) is var line ? (line.Kind, line.Reason) : default));
    }

    private static string Today(int days) => DateTime.UtcNow.AddHours(8).AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> UserAsync(AppHost host, string name) =>
        (await host.InScopeAsync((_, db) => db.Users.Where(u => u.UserName == name).Select(u => u.Id).SingleAsync())).ToString();

    private static Task<Domain.Trail.JournalEntry> LastAsync(AppHost host, Guid subject) =>
        host.InScopeAsync((_, db) => db.Journal.AsNoTracking().Where(j => j.SubjectId == subject).OrderByDescending(j => j.Sequence).FirstAsync());

    private static Task<Guid> AtAsync(AppHost host, string stage) => host.InScopeAsync((_, db) => db.Batches.Where(b => b.Stage == stage).Select(b => b.Id).FirstAsync());
}
