using System.Net;
using Applications.Data.Similarity;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Similar;

/// <summary>Words that stand in two applications: found in the background, shown to those who may know, judged by the officer.</summary>
public sealed class SimilarTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Jinan = "370100";
    private const string Qingdao = "370200";
    private const string Original = "温漂智能补偿";
    private const string Secret = "秘密配方甲补偿";

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Run_OverAllThatWasFiledBefore_FindsTheCopierAndNothingTwice(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await AppHost.StartAsync(provider);
        await using var first = host;
        await using var twin = host.StartTwin();

        await Task.WhenAll(new[] { first, twin }.Select(n => Task.Run(() => RunAsync(n))));
        var again = await RunAsync(twin);

        var (texts, filed, pairs) = await host.InScopeAsync(async (_, db) => (
            await db.CaseTexts.CountAsync(t => t.ComparedAt != null), await db.Applications.CountAsync(a => a.SubmittedAt != null),
            await (from p in db.SimilarPairs
                   join c in db.Applications on p.CaseId equals c.Id
                   join o in db.Applications on p.OtherId equals o.Id
                   where p.Share > 3000 && !p.IsOwn
                   select new { Copier = c, Source = o, p.Characters, p.Passages }).ToListAsync()));
        Assert.Equal(filed, texts);
        Assert.Equal(0, again);
        var pair = Assert.Single(pairs);
        Assert.True(pair.Source.SubmittedAt < pair.Copier.SubmittedAt);
        Assert.NotEqual(pair.Source.EnterpriseId, pair.Copier.EnterpriseId);
        Assert.Equal(pair.Characters, pair.Passages.Sum(p => p.Characters));
        Assert.Equal(["coreTechnologyDescription", "mechanism", "threeYearPlan"], pair.Passages.Select(p => p.Own.Part).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Pages_OfAPair_ShowEachReaderWhatHeMayKnow(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (earlier, later) = await CopyAsync(host);
        var (name, number) = await host.InScopeAsync(async (_, db) =>
        {
            var other = await db.Applications.AsNoTracking().SingleAsync(a => a.Id == earlier.CaseId);
            return (other.EnterpriseName, other.Number!);
        });
        var (list, pair) = ($"/cases/{later.CaseId}/similar", $"/cases/{later.CaseId}/similar/{earlier.CaseId}");

        foreach (var user in new[] { "jingban", "chuzhang", "tingling", "jijian" })
        {
            var client = await FormClient.SignInAsync(host, user);
            Assert.Contains("相似的申报", (await client.GetAsync($"/cases/{later.CaseId}")).QuerySelector("#similar")!.TextContent, StringComparison.Ordinal);
            Assert.Contains(name, (await client.GetAsync(list)).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
            var page = await client.GetAsync(pair);
            Assert.Contains(number, page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains(Secret[..5], page.Body.TextContent, StringComparison.Ordinal);
            Assert.Equal(user == "jingban", page.QuerySelector("#judge") is not null);
            Assert.All(page.QuerySelectorAll("a.passage-number"), a => Assert.NotNull(page.QuerySelector(a.GetAttribute("href")!)));
        }

        var city = await host.InScopeAsync((_, db) => db.Users.Where(u => u.Role == Roles.City && u.ScopeId == later.CityId).Select(u => u.UserName!).FirstAsync());
        var (bureau, api) = (await FormClient.SignInAsync(host, city), await ApiClient.SignInAsync(host, city));
        var masked = await bureau.GetAsync(pair);
        Assert.Contains("在线比对校准", masked.QuerySelector(".side-by-side .card:last-child")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("□", masked.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(masked.QuerySelector("#judge"));
        string[] seen =
        [
            (await bureau.GetAsync($"/cases/{later.CaseId}")).Source.Text, (await bureau.GetAsync(list)).Source.Text, masked.Source.Text,
            (await api.GetAsync($"applications/{later.CaseId}/similar")).Text, (await api.GetAsync($"applications/{later.CaseId}/similar/{earlier.CaseId}")).Text,
        ];
        Assert.All(seen, text =>
        {
            Assert.DoesNotContain(name, Plain(text), StringComparison.Ordinal);
            Assert.DoesNotContain(number, Plain(text), StringComparison.Ordinal);
            Assert.DoesNotContain(Secret[..4], Plain(text), StringComparison.Ordinal);
        });

        var owner = await FormClient.SignInAsync(host, later.UserName);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(list)).StatusCode);
        Assert.Null((await owner.GetAsync($"/cases/{later.CaseId}")).QuerySelector("#similar"));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Judge_WithAWord_IsKeptAuditedAndSeenByTheDepartmentOnly(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (earlier, later) = await CopyAsync(host);
        var path = $"/cases/{later.CaseId}/similar/{earlier.CaseId}";
        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await officer.GetAsync(path);

        var refused = await officer.PostAsync(page, "#judge", ("Verdict", "Suspected"), ("Word", " "));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("请写明依据", refused.QuerySelector(".error-summary, .field-error")!.TextContent, StringComparison.Ordinal);
        var stale = await officer.GetAsync(path);
        var done = await officer.PostAsync(page, "#judge", ("Verdict", "Suspected"), ("Word", "核心技术一段整段相同"));
        var late = await officer.PostAsync(stale, "#judge", ("Verdict", "Reasonable"), ("Word", "没有看到前一个意见"));

        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("没有看到前一个意见", late.QuerySelector("[name=Word]")!.TextContent, StringComparison.Ordinal);
        var (pair, audits) = await host.InScopeAsync(async (_, db) => (
            await db.SimilarPairs.AsNoTracking().SingleAsync(p => p.CaseId == later.CaseId && p.OtherId == earlier.CaseId),
            await db.Audit.AsNoTracking().Where(a => a.Action == "judge-similarity" && a.ObjectId == later.CaseId.ToString("N")).ToListAsync()));
        Assert.Equal((SimilarityVerdict.Suspected, "核心技术一段整段相同", 1), (pair.Verdict, pair.Word, pair.JudgedRound));
        Assert.Contains("疑似重复 核心技术一段整段相同", Assert.Single(audits).Detail, StringComparison.Ordinal);
        Assert.Contains("疑似重复", (await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync($"/cases/{later.CaseId}/similar")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        var city = await host.InScopeAsync((_, db) => db.Users.Where(u => u.Role == Roles.City && u.ScopeId == later.CityId).Select(u => u.UserName!).FirstAsync());
        Assert.DoesNotContain("核心技术一段整段相同", (await (await FormClient.SignInAsync(host, city)).GetAsync(path)).Source.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Compare_AfterACorrection_ForgetsWhatIsGoneUnlessItWasJudged(bool judged)
    {
        var host = await hosts.GetAsync();
        var (earlier, later) = await CopyAsync(host);
        if (judged)
        {
            await host.InScopeAsync((_, db) => db.SimilarPairs.Where(p => p.CaseId == later.CaseId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Verdict, SimilarityVerdict.Reasonable)));
        }

        await host.InScopeAsync((_, db) => db.Filings.Where(f => f.CaseId == later.CaseId).ExecuteUpdateAsync(set => set.SetProperty(f => f.Answers, """{"benefit":"另写一段全然不同的文字"}""")));
        await host.InScopeAsync((services, _) => services.GetRequiredService<TextComparer>().CompareAsync(later.CaseId, CancellationToken.None));

        var pair = await host.InScopeAsync((_, db) => db.SimilarPairs.AsNoTracking().SingleOrDefaultAsync(p => p.CaseId == later.CaseId && p.OtherId == earlier.CaseId));
        Assert.Equal(judged, pair is not null);
        Assert.Equal(0, pair?.Characters ?? 0);
        var page = await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/cases/{later.CaseId}/similar");
        Assert.Equal(judged, page.Body!.TextContent.Contains("更正后已无", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compare_OnANodeThatJustStarted_KnowsWhatOthersIndexed()
    {
        var host = await hosts.GetAsync();
        var (earlier, _) = await CopyAsync(host);
        await using var twin = host.StartTwin();
        var fresh = (await Drafts.MakeAsync(twin, 1, Jinan, submit: true))[0];

        await twin.Services.GetRequiredService<CompareTexts>().ExecuteAsync(CancellationToken.None);

        var pair = await twin.InScopeAsync((_, db) => db.SimilarPairs.AsNoTracking().SingleAsync(p => p.CaseId == fresh.CaseId && p.OtherId == earlier.CaseId));
        Assert.False(pair.IsOwn);
        Assert.True(pair.Share > 8000, $"{pair.Share}");
    }

    /// <summary>An application of Jinan and a later one of Qingdao with the same words, but for what stands in the earlier alone.</summary>
    private static async Task<(Draft Earlier, Draft Later)> CopyAsync(AppHost host)
    {
        var earlier = (await Drafts.MakeAsync(host, 1, Jinan, submit: true))[0];
        await host.InScopeAsync(async (_, db) =>
        {
            var answers = await db.Filings.Where(f => f.CaseId == earlier.CaseId).Select(f => f.Answers).SingleAsync();
            return await db.Filings.Where(f => f.CaseId == earlier.CaseId)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.Answers, answers.Replace(Original, Secret, StringComparison.Ordinal)));
        });
        var later = (await Drafts.MakeAsync(host, 1, Qingdao, submit: true))[0];
        await RunAsync(host);
        return (earlier, later);
    }

    /// <summary>Without the escapes of JSON and HTML, behind which a name could hide.</summary>
    private static string Plain(string text) => WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(
        text, @"\\u([0-9A-Fa-f]{4})", m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString()));

    private static Task<int> RunAsync(AppHost host) => host.Services.GetRequiredService<CompareTexts>().RunAllAsync(again: false, _ => { }, CancellationToken.None);
}
