using System.Net;
using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Applications.Domain.Titles;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Applications.Web.Tests.Titles;

/// <summary>Titles from the announcement to their end, on the real host and a clock that runs for years.</summary>
public sealed class TitleLifeTests
{
    private const string Report = "本年度围绕核心技术开展研发，完成年度目标，研发投入和成果转化均有增长，主要数据与审计报告一致，存在的问题是高层次人才不足，下一年度将继续改进并按期报告。";
    private static readonly DateTimeOffset Begin = new(2026, 11, 24, 10, 0, 0, TimeSpan.FromHours(8));

    private readonly FakeTimeProvider clock = new(Begin);

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task OneTechnology_EvaluatedWell_HoldsAnotherTerm(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await StartAsync(provider);
        var id = await TitleAsync(host, "one-enterprise-one-technology");
        var term = (await ReadAsync(host, id)).ValidUntil!.Value;
        Assert.Equal("operating", (await ReadAsync(host, id)).Stage);
        Assert.Equal(0, await host.Services.GetRequiredService<StartTitles>().ExecuteAsync(CancellationToken.None));

        await AdvanceAsync(host, (await ReadAsync(host, id)).IssuedAt.AddYears(2));
        Assert.Equal("operating", (await ReadAsync(host, id)).Stage);
        await AdvanceAsync(host, term);
        Assert.Equal("material", (await ReadAsync(host, id)).Stage);
        var stranger = await FormClient.StartAsync(host, $"/certificates/{(await ReadAsync(host, id)).Number}");
        Assert.Contains("正在评价", stranger.Page.Body!.TextContent, StringComparison.Ordinal);

        var holder = await FormClient.SignInAsync(host, await HolderAsync(host, id));
        var desk = await holder.GetAsync("/desk");
        Assert.NotNull(desk.QuerySelector($".desk-title a[href='/titles/{id}']"));
        var refused = await holder.PostAsync(await holder.GetAsync($"/titles/{id}"), "form[action*=Report]", ("Text", "太短"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await holder.PostAsync(await holder.GetAsync($"/titles/{id}"), "form[action*=Report]", ("Text", Report));
        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await officer.GetAsync($"/titles/{id}");
        Assert.Contains(Report, page.Body!.TextContent, StringComparison.Ordinal);
        await officer.PostAsync(page, "#decide", ("Outcome", "Pass"));

        var title = await ReadAsync(host, id);
        Assert.Equal(("operating", term.AddMonths(36)), (title.Stage, title.ValidUntil!.Value));
        var mails = await MailsAsync(host, id);
        Assert.Equal(["title-report-due", "title-retained"], mails);
        Assert.Null(await TrailFaultAsync(host));
    }

    [Fact]
    public async Task OneTechnology_MaterialNotHandedInInTime_EndsTheTitleAndBarsTheEnterprise()
    {
        await using var host = await StartAsync(TestDatabases.Sqlite);
        var id = await TitleAsync(host, "one-enterprise-one-technology");

        await AdvanceAsync(host, (await ReadAsync(host, id)).ValidUntil!.Value);
        await AdvanceAsync(host, (await ReadAsync(host, id)).StageDue!.Value);

        var title = await ReadAsync(host, id);
        Assert.Equal(("revoked", "evalNotSubmitted"), (title.Result, title.RevokedBecause));
        var (_, page) = await FormClient.StartAsync(host, $"/certificates/{title.Number}");
        Assert.Contains("已撤销", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("逾期未报送评价材料", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["title-report-due", "title-revoked"], await MailsAsync(host, id));
    }

    /// <summary>The bureaus that sent the application up follow what became of it; over the API a whole turn can be made.</summary>
    [Fact]
    public async Task Bureaus_SeeTheTitlesOfTheirArea_AndTheApiCarriesATurn()
    {
        await using var host = await StartAsync(TestDatabases.Sqlite);
        var id = await TitleAsync(host, "one-enterprise-one-technology");
        var (county, own) = await host.InScopeAsync(async (_, db) =>
        {
            var user = await db.Users.SingleAsync(u => u.UserName == "xian01");
            var caseId = await db.Certificates.Where(c => c.Id == id).Select(c => c.CaseId).SingleAsync();
            await db.Applications.Where(a => a.Id == caseId).ExecuteUpdateAsync(s => s.SetProperty(a => a.CountyId, user.ScopeId));
            return (await FormClient.SignInAsync(host, "xian01"), await db.Certificates.Where(c => db.Applications.Any(a => a.Id == c.CaseId && a.CountyId == user.ScopeId)).Select(c => c.Id).ToListAsync());
        });
        var list = await county.GetAsync("/titles");
        Assert.Contains(id, own);
        Assert.Equal(own.Select(o => $"/titles/{o}").Order(StringComparer.Ordinal), list.QuerySelectorAll("main tbody th a").Select(a => a.GetAttribute("href")).Order(StringComparer.Ordinal));
        Assert.Empty((await county.GetAsync($"/titles/{id}")).QuerySelectorAll("main form"));

        await AdvanceAsync(host, (await ReadAsync(host, id)).ValidUntil!.Value);
        var holder = await ApiClient.SignInAsync(host, await HolderAsync(host, id));
        var asked = (await holder.GetAsync($"titles/{id}")).Body.GetProperty("workItem");
        var item = new { workItemId = asked.GetProperty("id").GetGuid(), version = asked.GetProperty("version").GetGuid(), text = "太短" };
        Assert.Equal("report-too-short", (await holder.PostAsync($"titles/{id}/report", item)).Body.GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await holder.PostAsync($"titles/{id}/report", item with { text = Report })).Status);
        var officer = await ApiClient.SignInAsync(host, "jingban");
        var decided = (await officer.GetAsync($"titles/{id}")).Body.GetProperty("workItem");
        var answer = await officer.PostAsync($"titles/{id}/decision", new { workItemId = decided.GetProperty("id").GetGuid(), version = decided.GetProperty("version").GetGuid(), outcome = "Pass" });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("operating", (await ReadAsync(host, id)).Stage);
        Assert.Equal(HttpStatusCode.NoContent, (await officer.PostAsync($"titles/{id}/revocation", new { ground = "falseData", facts = "材料不实" })).Status);
        Assert.Equal("revocation", (await ReadAsync(host, id)).Stage);
    }

    [Fact]
    public async Task Revocation_IsLookedIntoAndSigned_OrDismissed()
    {
        await using var host = await StartAsync(TestDatabases.Sqlite);
        var id = await TitleAsync(host, "one-enterprise-one-technology");
        var officer = await FormClient.SignInAsync(host, "jingban");
        var empty = await officer.PostAsync(await officer.GetAsync($"/titles/{id}"), "form[action*=Revoke]", ("Ground", ""), ("Facts", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);

        await RevokeAsync();
        Assert.Null((await officer.GetAsync($"/titles/{id}")).QuerySelector("form[action*=Revoke]"));
        await officer.PostAsync(await officer.GetAsync($"/titles/{id}"), "#decide", ("Outcome", "Dismiss"), ("Reason", "经核实不属实。"));
        Assert.Equal(("operating", null), ((await ReadAsync(host, id)).Stage, (await ReadAsync(host, id)).RevokedAt));

        await RevokeAsync();
        await officer.PostAsync(await officer.GetAsync($"/titles/{id}"), "#decide", ("Outcome", "Confirm"), ("Reason", "属实。"));
        Assert.Null((await ReadAsync(host, id)).RevokedAt);
        var head = await FormClient.SignInAsync(host, "chuzhang");
        var late = await head.GetAsync($"/titles/{id}");
        await head.PostAsync(await head.GetAsync($"/titles/{id}"), "#decide", ("Outcome", "Approve"));
        Assert.Equal(HttpStatusCode.Conflict, (await head.PostAsync(late, "#decide", ("Outcome", "Return"), ("Reason", "再核"))).StatusCode);

        var title = await ReadAsync(host, id);
        Assert.Equal(("revoked", "falseData"), (title.Result, title.RevokedBecause));
        await AdvanceAsync(host, title.IssuedAt.AddYears(4));
        Assert.Equal("revoked", (await ReadAsync(host, id)).Result);
        Assert.Null(await TrailFaultAsync(host));

        async Task RevokeAsync() =>
            await officer.PostAsync(await officer.GetAsync($"/titles/{id}"), "form[action*=Revoke]", ("Ground", "falseData"), ("Facts", "举报专利清单虚假，附材料。"));
    }

    [Fact]
    public async Task InnovationCentre_FailsItsEvaluationAndTheRecheckAYearLater_IsRevoked()
    {
        await using var host = await StartAsync(TestDatabases.Sqlite);
        var id = await TitleAsync(host, "manufacturing-innovation-centre-acceptance");
        var granted = (await ReadAsync(host, id)).IssuedAt;

        // Two yearly reports, the second late; in the third year the evaluation stands in the report's place.
        await AdvanceAsync(host, granted.AddYears(1));
        await HandInAsync(host, id);
        await DecideAsync(host, id, "Accept");
        await AdvanceAsync(host, granted.AddYears(2));
        await AdvanceAsync(host, (await ReadAsync(host, id)).StageDue!.Value);
        Assert.Equal("acceptReport", (await ReadAsync(host, id)).Stage);
        await DecideAsync(host, id, "Return", "请补报。");
        await HandInAsync(host, id);
        await DecideAsync(host, id, "Accept");
        await AdvanceAsync(host, granted.AddYears(3));
        await HandInAsync(host, id);
        await DecideAsync(host, id, "Rectify", "研发投入不足。");
        var rectifying = await ReadAsync(host, id);
        Assert.Equal(("rectifying", rectifying.StageSince!.Value.AddYears(1)), (rectifying.Stage, rectifying.StageDue!.Value));
        await AdvanceAsync(host, rectifying.StageDue.Value);
        await HandInAsync(host, id);
        await DecideAsync(host, id, "Fail", "复核仍不合格。");

        var title = await ReadAsync(host, id);
        Assert.Equal(("revoked", "evalFailed"), (title.Result, title.RevokedBecause));
        Assert.Equal(4, await host.InScopeAsync((_, db) => db.TitleReports.CountAsync(r => r.CertificateId == id)));
    }

    [Fact]
    public async Task CenturyBrand_ThreeYearsOfReports_EndTheCultivation()
    {
        await using var host = await StartAsync(TestDatabases.Sqlite);
        var id = await TitleAsync(host, "century-brand");
        var granted = (await ReadAsync(host, id)).IssuedAt;
        foreach (var year in new[] { 1, 2, 3 })
        {
            await AdvanceAsync(host, granted.AddYears(year));
            Assert.Equal("report", (await ReadAsync(host, id)).Stage);
            await HandInAsync(host, id);
            await DecideAsync(host, id, "Accept");
        }

        await DecideAsync(host, id, "Pass", "达到目标。");

        Assert.Equal(("completed", null), ((await ReadAsync(host, id)).Result, (await ReadAsync(host, id)).RevokedAt));
    }

    [Fact]
    public async Task Title_OfSomebodyElse_IsNotThereAndItsWorkCannotBeDoneElsewhere()
    {
        await using var host = await StartAsync(TestDatabases.Sqlite);
        var id = await TitleAsync(host, "one-enterprise-one-technology");
        await AdvanceAsync(host, (await ReadAsync(host, id)).ValidUntil!.Value);
        foreach (var user in new[] { "qiye02", "shi01", "zhuanjia01", "admin" })
        {
            var client = await FormClient.SignInAsync(host, user);
            Assert.True((await client.GetAsync($"/titles/{id}")).StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden);
        }

        var (item, version) = await host.InScopeAsync(async (_, db) => (await db.WorkItems.AsNoTracking().SingleAsync(w => w.TitleId == id && w.ClosedAt == null)) is var w ? (w.Id, w.Version) : default);
        var holder = await ApiClient.SignInAsync(host, await HolderAsync(host, id));
        var answer = await holder.PostAsync($"work-items/{item}/complete", new { outcome = "Submit", version }, Guid.NewGuid().ToString());
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    private Task<AppHost> StartAsync(string provider) => AppHost.StartAsync(provider, new AppHostOptions { Clock = clock });

    /// <summary>A title that was announced in the demonstration data, as one of <paramref name="programme"/>, with its life begun.</summary>
    private static async Task<Guid> TitleAsync(AppHost host, string programme)
    {
        var id = await host.InScopeAsync(async (_, db) =>
        {
            var one = await db.Certificates.OrderBy(c => c.Number).Select(c => c.Id).FirstAsync();
            await db.Certificates.Where(c => c.Id == one).ExecuteUpdateAsync(s => s.SetProperty(c => c.ProgrammeKey, programme));
            return one;
        });
        Assert.True(await host.Services.GetRequiredService<StartTitles>().ExecuteAsync(CancellationToken.None) > 0);
        return id;
    }

    private async Task AdvanceAsync(AppHost host, DateTime to)
    {
        clock.SetUtcNow(new DateTimeOffset(DateTime.SpecifyKind(to, DateTimeKind.Utc)).AddSeconds(1));
        while (await host.Services.GetRequiredService<FireTimers>().ExecuteAsync(CancellationToken.None) > 0)
        {
        }

        await host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);
    }

    private static Task<Certificate> ReadAsync(AppHost host, Guid id) => host.InScopeAsync((_, db) => db.Certificates.AsNoTracking().SingleAsync(c => c.Id == id));

    private static Task<string> HolderAsync(AppHost host, Guid id) => host.InScopeAsync((_, db) => (
        from c in db.Certificates join u in db.Users on (Guid?)c.EnterpriseId equals u.ScopeId where c.Id == id select u.UserName!).FirstAsync());

    private static async Task HandInAsync(AppHost host, Guid id)
    {
        var holder = await FormClient.SignInAsync(host, await HolderAsync(host, id));
        await holder.PostAsync(await holder.GetAsync($"/titles/{id}"), "form[action*=Report]", ("Text", Report));
    }

    private static async Task DecideAsync(AppHost host, Guid id, string outcome, string? reason = null)
    {
        var officer = await FormClient.SignInAsync(host, "jingban");
        await officer.PostAsync(await officer.GetAsync($"/titles/{id}"), "#decide", ("Outcome", outcome), ("Reason", reason ?? string.Empty));
    }

    private static async Task<List<string>> MailsAsync(AppHost host, Guid id)
    {
        await host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);
        return await host.InScopeAsync((_, db) => db.Mails.Where(m => m.SubjectId == id).OrderBy(m => m.CreatedAt).Select(m => m.Template).ToListAsync());
    }

    private static Task<string?> TrailFaultAsync(AppHost host) => host.InScopeAsync(async (services, _) => (await services.GetRequiredService<TrailChecker>().ExecuteAsync(Actor.System, CancellationToken.None)).FaultText);
}
