using System.Globalization;
using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Programmes;

/// <summary>Each programme from its call to its certificates, through the real host.</summary>
public sealed class ProgrammePipelineTests
{
    [Fact]
    public async Task QualityBenchmark_PaperThenDefence_WeighsBothRounds()
    {
        await using var season = await Season.OpenAsync("quality-benchmark-provincial");
        var id = (await season.CheckedAsync("qiye04"))[0];
        await season.MoveAsync(40);
        Assert.Equal("assignPaper", await season.BatchStagesAsync());
        Season.Ok(await season.SeatAsync());
        Assert.Equal("reviews-open", Season.Code(await season.SeatAsync()));

        var paper = await season.ScoreAsync(id, "paper", 0.8m);
        var afterPaper = await season.CaseAsync(id);
        Assert.Equal(("awaitDefence", 7950), (afterPaper.Stage, afterPaper.Score!.Value));
        Season.Ok(await season.SeatAsync());
        var defence = await season.ScoreAsync(id, "defence", 0.9m);

        Assert.Empty(paper.Intersect(defence));
        Assert.Equal(("awaitNotice", 8370), ((await season.CaseAsync(id)).Stage, (await season.CaseAsync(id)).Score!.Value));
        var officer = await FormClient.SignInAsync(season.Host, "jingban");
        var page = (await officer.GetAsync($"/cases/{id}")).Body!.TextContent;
        Assert.Contains("书面评审 占 60%", page, StringComparison.Ordinal);
        Assert.Contains("答辩 占 40%", page, StringComparison.Ordinal);
        await season.AnnounceAsync(id);
        Assert.Equal("recognised", (await season.CaseAsync(id)).Result);

        // What is recognised is the experience, and the public reads its name.
        var (title, slug) = await season.Host.InScopeAsync(async (_, db) => (
            await db.Certificates.Where(c => c.CaseId == Guid.Parse(id)).Select(c => c.TitleName).SingleAsync(),
            await db.Notices.Where(n => n.BatchId == Guid.Parse(season.Batch) && n.Kind == NoticeKind.Announcement).Select(n => n.Slug).SingleAsync()));
        Assert.Equal("山东省质量标杆：数据驱动的在线校准质量闭环", title);
        var (_, notice) = await FormClient.StartAsync(season.Host, $"/notices/{slug}");
        Assert.Contains("数据驱动的在线校准质量闭环", notice.QuerySelector(".paper table")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The expert who sat in both rounds has a sheet for each; nothing of the other round can be scored in it.</summary>
    [Fact]
    public async Task QualityBenchmark_SameExpertInBothRounds_HasASheetForEach()
    {
        await using var season = await Season.OpenAsync("quality-benchmark-provincial");
        var id = (await season.CheckedAsync("qiye04"))[0];
        await season.MoveAsync(40);
        Season.Ok(await season.SeatAsync());
        await season.ScoreAsync(id, "paper", 0.8m);
        // Of the same pool only those who scored on paper are left.
        await season.Host.InScopeAsync((_, db) => db.Experts.Where(e => !db.Reviews.Any(r => r.CaseId == Guid.Parse(id) && r.ExpertId == e.Id)).ExecuteUpdateAsync(s => s.SetProperty(e => e.Status, ExpertStatus.Removed)));
        Season.Ok(await season.SeatAsync());

        var user = await season.Host.InScopeAsync((_, db) => (from r in db.Reviews join u in db.Users on r.ExpertId equals u.ScopeId where r.CaseId == Guid.Parse(id) select u.UserName!).FirstAsync());
        var expert = await season.AsAsync(user);
        var (open, locked) = (Season.Ok(await expert.GetAsync($"reviews/{id}")), Season.Ok(await expert.GetAsync($"reviews/{id}?round=paper")));
        Assert.Equal(("defence", "Assigned", "paper", "Locked"), (Text(open, "round"), Text(open, "state"), Text(locked, "round"), Text(locked, "state")));

        Season.Ok(await expert.PostAsync($"reviews/{id}/declaration", new { hasConflict = false, version = Text(open, "version") }));
        open = Season.Ok(await expert.GetAsync($"reviews/{id}"));
        Season.Ok(await expert.PostAsync($"reviews/{id}/score", new { scores = new Dictionary<string, int> { ["science"] = 10, ["logic"] = 20 }, @lock = false, version = Text(open, "version") }));
        var kept = await season.Host.InScopeAsync((_, db) => db.Reviews.Where(r => r.CaseId == Guid.Parse(id) && r.Round == "defence" && r.Scores != "{}").Select(r => r.Scores).SingleAsync());
        Assert.Equal("""{"logic":2000}""", kept);

        var browser = await FormClient.SignInAsync(season.Host, user);
        var list = await browser.GetAsync("/reviews");
        var links = list.QuerySelectorAll("tbody a").Select(a => a.GetAttribute("href")).Where(h => h!.Contains(id, StringComparison.Ordinal)).Order().ToList();
        Assert.Equal([$"/reviews/{id}?round=defence", $"/reviews/{id}?round=paper"], links);
        var (paperPage, defencePage) = (await browser.GetAsync(links[1]!), await browser.GetAsync(links[0]!));
        Assert.NotNull(paperPage.QuerySelector("[name='Scores[science]']"));
        Assert.Null(defencePage.QuerySelector("[name='Scores[science]']"));
        Assert.NotNull(defencePage.QuerySelector("[name='Scores[logic]']"));

        static string? Text(System.Text.Json.JsonElement sheet, string name) => sheet.GetProperty(name).GetString();
    }

    [Fact]
    public async Task InnovationCentre_Cultivation_SiteCheckAndSynthesisDecideBeforeTheList()
    {
        await using var season = await Season.OpenAsync("manufacturing-innovation-centre-cultivation");
        var ids = await season.CheckedAsync("qiye04", "qiye08", "qiye12");
        await season.MoveAsync(40);
        Season.Ok(await season.SeatAsync());
        foreach (var id in ids)
        {
            await season.ScoreAsync(id, "paper", 0.8m);
        }

        Season.Ok(await season.SeatAsync());
        foreach (var id in ids)
        {
            await season.ScoreAsync(id, "defence", 0.8m);
        }

        Assert.Equal("reviews-open", Season.Code(await (await season.AsAsync("jingban")).PostAsync($"batches/{season.Batch}/proposed-list", new { selected = ids })));
        Assert.Equal("reason-required", Season.Code(await season.DecideAsync("jingban", $"applications/{ids[0]}", new { outcome = "Confirmed" })));
        var officer = await FormClient.SignInAsync(season.Host, "jingban");
        var form = await officer.GetAsync($"/cases/{ids[0]}");
        Assert.Contains("结论", form.QuerySelector("#decide")!.TextContent, StringComparison.Ordinal);
        await officer.PostAsync(form, "#decide", ("Outcome", "Confirmed"), ("Reason", "现场核对设备、人员和场地，与申报一致。"));
        Season.Ok(await season.DecideAsync("jingban", $"applications/{ids[1]}", new { outcome = "Failed", reason = "运营公司场地与申报不符。" }));
        Season.Ok(await season.DecideAsync("jingban", $"applications/{ids[2]}", new { outcome = "Confirmed", reason = "一致。" }));
        Season.Ok(await season.DecideAsync("jingban", $"applications/{ids[0]}", new { outcome = "Support", reason = "方案成熟。" }));
        Season.Ok(await season.DecideAsync("jingban", $"applications/{ids[2]}", new { outcome = "Hold", reason = "股东出资尚未到位。" }));

        // What the department concludes is its own until the case is over.
        var applicant = await FormClient.SignInAsync(season.Host, "qiye04");
        Assert.DoesNotContain("方案成熟", (await applicant.GetAsync($"/cases/{ids[0]}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("方案成熟", (await officer.GetAsync($"/cases/{ids[0]}")).Body!.TextContent, StringComparison.Ordinal);
        await season.AnnounceAsync(ids[0]);

        Assert.Equal(["recognised", "siteCheckFailed", "notSupported"], await Task.WhenAll(ids.Select(async i => (await season.CaseAsync(i)).Result)));
        Assert.Equal(0, await season.Host.InScopeAsync((_, db) => db.Quotas.CountAsync(q => q.BatchId == Guid.Parse(season.Batch))));
    }

    /// <summary>One turn of review for the file that is ready; the file that comes later waits for the next, and the year ends when nobody is left.</summary>
    [Fact]
    public async Task InnovationCentre_Acceptance_GoesRoundInTurns()
    {
        await using var season = await Season.OpenAsync("manufacturing-innovation-centre-acceptance", "2027-06-30", "2027-07-31");
        var first = (await season.CheckedAsync("qiye04"))[0];
        var second = await season.FileAsync("qiye08");
        await TurnAsync(first, async () =>
        {
            await season.RecommendAsync(second);
            await season.PassAsync(second);
        });
        Assert.Equal(("recognised", "awaitPaper"), ((await season.CaseAsync(first)).Result, (await season.CaseAsync(second)).Stage));
        Assert.Equal("filing collect", await season.BatchStagesAsync());

        Assert.Equal("batch-still-open", Season.Code(await season.DecideAsync("jingban", $"batches/{season.Batch}", new { outcome = "Finish" })));
        await TurnAsync(second, () => Task.CompletedTask);
        Assert.Equal("recognised", (await season.CaseAsync(second)).Result);
        Assert.Equal("batch-still-open", Season.Code(await season.DecideAsync("jingban", $"batches/{season.Batch}", new { outcome = "Finish" })));
        await season.MoveAsync(400);
        var officer = await FormClient.SignInAsync(season.Host, "jingban");
        await officer.PostAsync(await officer.GetAsync($"/admin/batches/{season.Batch}"), "form[action*=Decide]");

        var (result, notices, signals) = await season.Host.InScopeAsync(async (_, db) => (
            await db.Batches.Where(b => b.Id == Guid.Parse(season.Batch)).Select(b => b.Result).SingleAsync(),
            await db.Notices.Where(n => n.BatchId == Guid.Parse(season.Batch)).Select(n => n.Slug).ToListAsync(),
            await db.Batches.Where(b => b.Id == Guid.Parse(season.Batch)).Select(b => b.SentSignals).SingleAsync()));
        Assert.Equal("closed", result);
        Assert.Equal(5, notices.Distinct().Count());
        Assert.Equal("filing-closed recommendation-closed", signals);

        async Task TurnAsync(string id, Func<Task> meanwhile)
        {
            Season.Ok(await season.SeatAsync(meanwhile));
            await season.ScoreAsync(id, "paper", 0.9m);
            Season.Ok(await season.SeatAsync());
            await season.ScoreAsync(id, "defence", 0.9m);
            Season.Ok(await season.DecideAsync("jingban", $"applications/{id}", new { outcome = "Confirmed", reason = "一致。" }));
            Season.Ok(await season.DecideAsync("jingban", $"applications/{id}", new { outcome = "Support", reason = "任务书目标完成。" }));
            await season.AnnounceAsync(id);
        }
    }

    [Fact]
    public async Task CenturyBrand_SampleIsDrawnBySeedInTheJournal_OthersGoStraightToTheList()
    {
        await using var season = await Season.OpenAsync("century-brand");
        var ids = await season.CheckedAsync("qiye04", "qiye08", "qiye12");
        await season.MoveAsync(40);
        Season.Ok(await season.SeatAsync());
        Assert.Equal("reviews-open", Season.Code(await (await season.AsAsync("jingban")).PostAsync($"batches/{season.Batch}/site-check-sample", new { })));
        foreach (var id in ids)
        {
            await season.ScoreAsync(id, "review", 0.8m);
        }

        var officer = await FormClient.SignInAsync(season.Host, "jingban");
        await officer.PostAsync(await officer.GetAsync($"/admin/batches/{season.Batch}"), "form[action*=Sample]");
        await season.MoveAsync();

        var cases = await Task.WhenAll(ids.Select(season.CaseAsync));
        var reason = await season.Host.InScopeAsync((_, db) => db.Journal.Where(j => j.SubjectId == Guid.Parse(season.Batch) && j.Outcome == "Draw").Select(j => j.Reason!).SingleAsync());
        var drawn = SiteCheckSample.Draw(cases.Select(c => c.Number!), 30, reason.Split("抽取种子 ")[1]);
        Assert.Single(drawn);
        Assert.All(cases, c => Assert.Equal(drawn.Contains(c.Number!) ? ("siteCheck", (bool?)true) : ("awaitNotice", false), (c.Stage, c.Sampled)));
        Season.Ok(await season.DecideAsync("jingban", $"applications/{cases.Single(c => c.Sampled == true).Id}", new { outcome = "Confirmed", reason = "与申报一致。" }));
        await season.AnnounceAsync([.. ids]);
        Assert.All(await Task.WhenAll(ids.Select(season.CaseAsync)), c => Assert.Equal("recognised", c.Result));
    }

    [Fact]
    public async Task QualityBenchmark_National_HoldsItsTitleWhenTheMinistryHasListedIt()
    {
        await using var season = await Season.OpenAsync("quality-benchmark-national");
        var ids = await season.CheckedAsync("qiye04", "qiye08");
        await season.MoveAsync(40);
        Season.Ok(await season.SeatAsync());
        foreach (var id in ids)
        {
            await season.ScoreAsync(id, "review", 0.8m);
        }

        await season.AnnounceAsync([.. ids]);
        Assert.Contains("推荐名单", await season.Host.InScopeAsync((_, db) => db.Notices.Where(n => n.BatchId == Guid.Parse(season.Batch) && n.Kind == NoticeKind.PublicNotice).Select(n => n.Title).SingleAsync()), StringComparison.Ordinal);
        Assert.Equal("finalResult", (await season.CaseAsync(ids[0])).Stage);
        Season.Ok(await season.DecideAsync("jingban", $"applications/{ids[0]}", new { outcome = "Listed", reason = "工信部公布名单第12项。" }));
        Season.Ok(await season.DecideAsync("jingban", $"applications/{ids[1]}", new { outcome = "NotListed", reason = "未列入公布名单。" }));

        var certificates = await season.Host.InScopeAsync((_, db) => db.Certificates.Where(c => c.ProgrammeKey == "quality-benchmark-national").Select(c => c.CaseId).ToListAsync());
        Assert.Equal(ids[0], Assert.Single(certificates).ToString("D", CultureInfo.InvariantCulture));
        Assert.Equal("notListed", (await season.CaseAsync(ids[1])).Result);
    }

    [Fact]
    public async Task OpenBatch_NoQuotaGiven_TakesTheProgrammesWhereItHasOne()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var officer = await FormClient.SignInAsync(host, "jingban");
        async Task<string> OpenAsync(string programme) => (await officer.PostAsync(
            await officer.GetAsync("/admin/batches/new"), "main form", ("Input.Programme", programme), ("Input.Name", "验证批次"), ("Input.DocumentNumber", "1号"), ("Input.QuotaPerCity", ""))).Body!.TextContent;

        Assert.Contains("批次已建立", await OpenAsync("century-brand"), StringComparison.Ordinal);
        Assert.Contains("批次已建立", await OpenAsync("manufacturing-innovation-centre-cultivation"), StringComparison.Ordinal);

        var limits = await host.InScopeAsync((_, db) => (
            from q in db.Quotas
            join b in db.Batches on q.BatchId equals b.Id
            where b.Name == "验证批次"
            select new { b.ProgrammeKey, q.Limit }).Distinct().ToListAsync());
        var usual = host.Services.GetRequiredService<DefinitionCatalog>().Editions["century-brand"].Programme.QuotaPerCity;
        Assert.NotNull(usual);
        Assert.Equal([new { ProgrammeKey = "century-brand", Limit = usual.Value }], limits);
    }

    [Fact]
    public async Task Home_ShowsTheCallsOfEveryProgramme()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (_, home) = await FormClient.StartAsync(host, "/");

        var calls = home.QuerySelectorAll("#calls .call h3").Select(h => h.TextContent).ToList();

        Assert.Contains(calls, c => c.Contains("制造业创新中心培育", StringComparison.Ordinal));
        Assert.Contains(calls, c => c.Contains("制造业创新中心验收", StringComparison.Ordinal));
        Assert.Contains(calls, c => c.Contains("国家质量标杆", StringComparison.Ordinal));
        Assert.Contains(calls, c => c.Contains("一企一技术", StringComparison.Ordinal));
    }
}
