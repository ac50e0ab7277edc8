using Applications.BrowserTests.People;
using Applications.BrowserTests.Support;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests;

/// <summary>The way from draft to locked score with scripts switched off: nothing but links and form posts.</summary>
[Collection(SiteCollection.Name)]
public sealed class WithoutScriptsTests : BrowserTest
{
    private const string BatchName = "2026年度“一企一技术”研发中心（无脚本）";

    public WithoutScriptsTests(Site site)
        : base(site) => Scripts = false;

    [Fact]
    public async Task Application_WithoutScripts_IsFiledRecommendedCheckedAndScored()
    {
        var batch = await (await AsAsync("jingban")).OpenBatchAsync(BatchName, ChinaTime.Today(Site.Clock));
        var application = await FillAndSubmitAsync();
        await RecommendAsync(batch, application);

        var officer = await AsAsync("jingban");
        await officer.OpenAsync($"/cases/{application}");
        await officer.TickWholeChecklistAsync();
        await officer.DecideAsync("审查通过");
        var draw = await officer.RequestDrawAsync(batch, 3, ChinaTime.Today(Site.Clock));
        await (await AsAsync("chuzhang")).ApproveAndDrawAsync(draw);
        await Site.RunJobsAsync();

        var user = await Site.ReadAsync(db => db.Reviews.Where(r => r.CaseId == application)
            .Join(db.Users, r => r.ExpertId, u => u.ScopeId, (r, u) => u.UserName!).OrderBy(u => u).FirstAsync());
        var expert = await AsAsync(user);
        await expert.OpenReviewAsync(application);
        await expert.DeclareFreeAsync();
        await expert.FillScoresAsync(0.8m);
        var criterion = expert.Main.Locator(".criterion:has(input)").First;
        await criterion.GetByRole(AriaRole.Textbox).FillAsync("满分");
        await expert.PressAsync("锁定评分");
        await expert.SeesAsync("有 1 处需要修改", "“满分”不是数字");
        await Expect(criterion.GetByRole(AriaRole.Textbox)).ToHaveValueAsync("满分");
        await criterion.GetByRole(AriaRole.Textbox).FillAsync("1");
        await expert.LockAsync();

        Assert.Equal(1, await Site.ReadAsync(db => db.Reviews.CountAsync(r => r.CaseId == application && r.State == ReviewState.Locked)));
    }

    private async Task<Guid> FillAndSubmitAsync()
    {
        var enterprise = await AsAsync("qiye11");
        var application = await enterprise.StartApplicationAsync(BatchName);
        var name = await Site.ReadAsync(db => db.Applications.Where(a => a.Id == application).Select(a => a.EnterpriseName).SingleAsync());
        var sample = await Sample.OfAsync(Site, name);
        await sample.PutIntoAsync(Site, application, "standards", "truthCommitment");

        await enterprise.OpenSectionAsync(application, "projects");
        var standards = sample.Form.FindField("standards")!;
        var rows = sample.Answers.Rows("standards");
        await enterprise.AddRowsAsync(standards, [.. rows, (System.Text.Json.Nodes.JsonObject)rows[0].DeepClone()]);
        await enterprise.PressAsync("保存");

        // Two standards came from the enterprise's record.
        await Expect(enterprise.Main.Locator("#standards tbody tr")).ToHaveCountAsync(7);
        await enterprise.OpenSectionAsync(application, "attachments");
        await enterprise.UploadAsync("truthCommitment", Sample.FileOf("真实性承诺书.pdf"));
        await enterprise.SubmitAsync(application);
        Assert.Equal(5, await Site.ReadAsync(async db =>
            Domain.Forms.Answers.Parse(await db.Filings.Where(f => f.CaseId == application).Select(f => f.Answers).SingleAsync()).Rows("standards").Count));
        return application;
    }

    private async Task RecommendAsync(Guid batch, Guid application)
    {
        var (county, city, name) = await Site.ReadAsync(async db =>
        {
            var one = await db.Applications.AsNoTracking().SingleAsync(a => a.Id == application);
            return (
                await db.Users.Where(u => u.ScopeId == one.CountyId).Select(u => u.UserName!).FirstAsync(),
                await db.Users.Where(u => u.ScopeId == one.CityId).Select(u => u.UserName!).FirstAsync(),
                one.EnterpriseName);
        });
        var checker = await AsAsync(county);
        await checker.TakeFromDeskAsync(application);
        await checker.DecideAsync("初审通过，报市级");
        var recommender = await AsAsync(city);
        await recommender.TakeFromDeskAsync(application);
        await recommender.DecideAsync("同意推荐");
        await recommender.SeesQuotaAsync(BatchName, 1, 5);
        await recommender.IssueListAsync(BatchName, "济工信字〔2026〕13号", (name, 1));
        var closes = await Site.ReadAsync(db => db.Batches.Where(b => b.Id == batch).Select(b => b.RecommendationClosesAt).SingleAsync());
        await Site.SkipToAsync(closes.AddMinutes(1));
    }
}
