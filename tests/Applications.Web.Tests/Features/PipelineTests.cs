using System.Net;
using Applications.Data.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features;

/// <summary>The way of an application through real pages, forms and tokens, on each database.</summary>
public sealed class PipelineTests
{
    public static TheoryData<string> Providers => [TestDatabases.Sqlite, TestDatabases.Postgres];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Draft_SubmittedCheckedRecommendedAndListed_ReachesTheDepartment(string provider)
    {
        SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var enterprise = await FormClient.SignInAsync(host, "qiye02");
        var list = await enterprise.GetAsync("/cases");
        var path = list.QuerySelector("tbody th a")!.GetAttribute("href")!;

        var receipt = await enterprise.PostAsync(await enterprise.GetAsync($"{path}/submit"), "form.card");
        Assert.Contains("申报回执", receipt.Body!.TextContent, StringComparison.Ordinal);

        await DecideAsync(host, "xian01", path, "Forward");
        await DecideAsync(host, "shi01", path, "Recommend");
        var city = await FormClient.SignInAsync(host, "shi01");
        var issued = await city.PostAsync(await city.GetAsync("/recommendations"), "main form.card", ("DocumentNumber", "济工信字〔2026〕1号"));
        Assert.Contains("推荐名单已印发", issued.Body!.TextContent, StringComparison.Ordinal);

        var id = Guid.Parse(path.Split('/')[^1]);
        var (stage, broken, length, quota) = await host.InScopeAsync(async (_, db) =>
        {
            var one = await db.Applications.AsNoTracking().SingleAsync(a => a.Id == id);
            var journal = await db.Journal.AsNoTracking().Where(j => j.SubjectId == id).OrderBy(j => j.Sequence).ToListAsync();
            var used = await db.Quotas.Where(q => q.BatchId == one.BatchId && q.CityId == one.CityId).Select(q => q.Used).SingleAsync();
            var recommended = await db.Applications.CountAsync(a => a.BatchId == one.BatchId && a.CityId == one.CityId && a.CityRank != null);
            return (one.Stage, Journal.FirstBroken(journal), journal.Count, (used, recommended));
        });
        Assert.Equal("formalCheck", stage);
        Assert.Null(broken);
        Assert.Equal(5, length);
        Assert.Equal(quota.recommended, quota.used);
    }

    [Fact]
    public async Task Submit_SameFormTwice_IsOneFiling()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var enterprise = await FormClient.SignInAsync(host, "qiye02");
        var path = (await enterprise.GetAsync("/cases")).QuerySelector("tbody th a")!.GetAttribute("href")!;
        var form = await enterprise.GetAsync($"{path}/submit");

        await Task.WhenAll(enterprise.PostAsync(form, "form.card"), enterprise.PostAsync(form, "form.card"));

        var id = Guid.Parse(path.Split('/')[^1]);
        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Filings.CountAsync(f => f.CaseId == id)));
    }

    [Fact]
    public async Task Decide_OnAnItemSomebodyElseDecided_IsRefused()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var county = await FormClient.SignInAsync(host, "xian01");
        var path = (await county.GetAsync("/desk")).QuerySelector(".desk-title a")!.GetAttribute("href")!;
        var first = await county.GetAsync(path);
        var late = await county.GetAsync(path);
        await county.PostAsync(first, "#decide", ("Outcome", "Forward"));

        var second = await county.PostAsync(late, "#decide", ("Outcome", "Return"), ("Reason", "这段话不能丢"));

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("已被他人修改或办理", second.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_OutsideTheReadersScope_IsNotFound()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var id = await host.InScopeAsync((_, db) => db.Applications.Where(a => a.SubmittedAt != null && a.CityName != "青岛市").Select(a => a.Id).FirstAsync());
        foreach (var user in new[] { "qiye40", "shi02", "xian03", "zhuanjia60", "admin" })
        {
            var client = await FormClient.SignInAsync(host, user);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/cases/{id}")).StatusCode);
        }
    }

    [Fact]
    public async Task Notice_EndsAndIsAnnounced_GivesCertificatesToTheSelected()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (batch, token) = await host.InScopeAsync(async (_, db) =>
        {
            var b = await db.Batches.AsNoTracking().SingleAsync(x => x.Stage == "notice");
            return (b.Id, b.State.Tokens[0].Id);
        });
        await host.InScopeAsync(async (services, db) =>
        {
            await services.GetRequiredService<WorkflowHost>().TimeOutAsync(FlowSubjects.Of(await db.Batches.SingleAsync(b => b.Id == batch)), token, CancellationToken.None);
            return await db.SaveChangesAsync();
        });

        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await officer.PostAsync(await officer.GetAsync($"/admin/batches/{batch}"), "form[action*=Decide]");
        Assert.Contains("已公布", page.Body!.TextContent, StringComparison.Ordinal);
        await host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);

        var (selected, certificates, open) = await host.InScopeAsync(async (_, db) => (
            await db.Applications.CountAsync(a => a.BatchId == batch && a.Selected == true),
            await db.Certificates.CountAsync(c => db.Applications.Any(a => a.Id == c.CaseId && a.BatchId == batch)),
            await db.Applications.CountAsync(a => a.BatchId == batch && a.Result == null)));
        Assert.True(selected > 0);
        Assert.Equal(selected, certificates);
        Assert.Equal(0, open);
    }

    [Fact]
    public async Task Api_TokenThenWork_UsesTheSameRules()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        using var http = host.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/api/v1/work-items", UriKind.Relative))).StatusCode);

        using var bad = await http.PostAsync(new Uri("/api/v1/tokens", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { userName = "shi01", password = "wrong" }));
        Assert.Equal(HttpStatusCode.Unauthorized, bad.StatusCode);
        using var good = await http.PostAsync(new Uri("/api/v1/tokens", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { userName = "shi01", password = Data.Seed.DemoAccounts.Password }));
        var token = System.Text.Json.JsonDocument.Parse(await good.Content.ReadAsStringAsync()).RootElement.GetProperty("token").GetString();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var items = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync(new Uri("/api/v1/work-items", UriKind.Relative))).RootElement.GetProperty("items");

        Assert.True(items.GetArrayLength() > 0);
        using var missing = await http.GetAsync(new Uri($"/api/v1/applications/{Guid.NewGuid()}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("application/problem+json", missing.Content.Headers.ContentType!.MediaType);
    }

    private static async Task DecideAsync(AppHost host, string user, string path, string outcome)
    {
        var client = await FormClient.SignInAsync(host, user);
        await client.PostAsync(await client.GetAsync(path), "#decide", ("Outcome", outcome));
    }

    private static void SkipUnlessAvailable(string provider)
    {
        if (TestDatabases.Unavailable(provider) is { } reason)
        {
            Assert.Skip(reason);
        }
    }
}
