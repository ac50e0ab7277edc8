using Applications.BrowserTests.People;
using Applications.BrowserTests.Support;
using Applications.Data.Workflow;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Microsoft.EntityFrameworkCore;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests;

/// <summary>One application from the opening of its batch to the public check of its certificate, by clicks, each person at their own browser; every page on the way is looked at.</summary>
[Collection(SiteCollection.Name)]
public sealed class PipelineJourneyTests : BrowserTest
{
    private const string BatchName = "2026年度“一企一技术”研发中心（全程）";

    private Guid batch;
    private Guid application;
    private string number = "";
    private Sample sample = null!;

    public PipelineJourneyTests(Site site)
        : base(site) => Inspector = new Inspector();

    [Fact]
    public async Task Application_FromCallToCertificate_GoesTheWholeWayByClicks()
    {
        await OpenBatchAsync();
        await FillAndSubmitAsync();
        await ReturnAndCorrectAsync();
        await RecommendAsync();
        await CheckFormallyAsync();
        await ReviewAsync();
        await SignAsync();
        await AnnounceAsync();
        await AssertDatabaseAsync();
        Inspector!.AssertNothingFound();
    }

    private async Task OpenBatchAsync()
    {
        var officer = await AsAsync("jingban");
        batch = await officer.OpenBatchAsync(BatchName, ChinaTime.Today(Site.Clock));
        var anybody = await VisitAsync();
        await anybody.OpenAsync("/");
        await anybody.SeesAsync(BatchName);
        await anybody.OpenAsync($"/batches/{batch}");
        await anybody.SeesAsync("申报条件", "我要申报", "鲁工信技〔2025〕43号");
    }

    private async Task FillAndSubmitAsync()
    {
        var enterprise = await AsAsync("qiye01");
        await enterprise.UpdateRecordAsync("周联系", "0531-80000099");
        application = await enterprise.StartApplicationAsync(BatchName);
        sample = await Sample.OfAsync(Site, await Site.ReadAsync(db => db.Applications.Where(a => a.Id == application).Select(a => a.EnterpriseName).SingleAsync()));
        sample.Answers["contactName"] = "周联系";
        sample.Answers["contactPhone"] = "0531-80000099";

        await enterprise.OpenSubmissionAsync(application);
        await enterprise.SeesAsync("处需要处理", "待填写", "处理完以上问题后即可提交");
        await Expect(enterprise.Main.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "确认提交" })).ToHaveCountAsync(0);

        await enterprise.OpenSectionAsync(application, "enterprise");
        await Expect(enterprise.Main.GetByLabel("联系人")).ToHaveValueAsync("周联系");
        foreach (var section in sample.Form.Sections)
        {
            await enterprise.OpenSectionAsync(application, section.Key);
            await enterprise.FillSectionAsync(section, sample.Answers);
            foreach (var field in section.Fields.Where(f => sample.Files.ContainsKey(f.Key)))
            {
                await enterprise.UploadAsync(field.Key, [.. sample.Files[field.Key].Select(f => Sample.FileOf(f.Name))]);
            }
        }

        await enterprise.OpenAsync($"/cases/{application}/edit");
        await enterprise.SeesAsync("各栏目已填写完整", "项条件均符合");
        await enterprise.OpenSubmissionAsync(application);
        await enterprise.SeesAsync("申报条件自查", "近两年授权专利：", "要求 ≥ 15 项", "依据：鲁工信技〔2025〕43号");
        await enterprise.DoesNotSeeAsync("不符合", "待填写");
        number = await enterprise.SubmitAsync(application);
        await enterprise.SeesAsync(number, "县级初审", "内容摘要");
        await enterprise.FollowAsync("查看办理进度");
        await enterprise.SeesAsync("县级初审", "历下区工业和信息化局");
    }

    private async Task ReturnAndCorrectAsync()
    {
        var county = await AsAsync("xian01");
        await county.TakeFromDeskAsync(application);
        await county.DecideAsync("退回修改", "行业竞争优势叙述过简。", ("研发中心情况", "行业竞争优势", "请补充市场占有率的数据来源。"));
        await county.SeesAsync("目前环节：企业修改");

        var enterprise = await AsAsync("qiye01");
        await enterprise.TakeFromDeskAsync(application);
        await enterprise.SeesAsync("审核意见：行业竞争优势叙述过简。", "要求修改 1 处", "需要修改：行业竞争优势");
        await enterprise.FollowAsync("研发中心情况");
        await enterprise.SeesAsync("审核意见（行业竞争优势）：请补充市场占有率的数据来源。");
        var corrected = sample.Answers["competitiveness"]!.GetValue<string>() + "数据来源为行业协会年度报告。";
        await enterprise.Main.GetByLabel("行业竞争优势").FillAsync(corrected);
        await enterprise.PressAsync("保存");
        Assert.Equal(number, await enterprise.SubmitAsync(application));
        await enterprise.SeesAsync("第 2 次提交");

        county = await AsAsync("xian01");
        await county.TakeFromDeskAsync(application);
        await county.SeesAsync("仅看修改处");
        await county.SeesAsync("第 2 次封存", "数据来源为行业协会年度报告。");
        await county.DecideAsync("初审通过，报市级");
        await county.SeesAsync("目前环节：市级审核");
    }

    private async Task RecommendAsync()
    {
        var city = await AsAsync("shi01");
        await city.SeesQuotaAsync(BatchName, 0, 5);
        await city.TakeFromDeskAsync(application);
        await city.DecideAsync("同意推荐");
        await city.SeesQuotaAsync(BatchName, 1, 5);

        await city.FollowAsync(sample.Enterprise);
        await city.DecideAsync("撤回推荐", "名次需要重新研究。");
        await city.SeesQuotaAsync(BatchName, 0, 5);
        await city.TakeFromDeskAsync(application);
        await city.SeesAsync("名次需要重新研究。");
        await city.DecideAsync("同意推荐");
        await city.SeesQuotaAsync(BatchName, 1, 5);

        await city.IssueListAsync(BatchName, "济工信字〔2026〕12号", (sample.Enterprise, 1));
        var window = await Site.ReadAsync(db => db.Batches.Where(b => b.Id == batch).Select(b => new { b.FilingClosesAt, b.RecommendationClosesAt }).SingleAsync());
        await Site.SkipToAsync(window.FilingClosesAt.AddMinutes(1));
        await Site.SkipToAsync(window.RecommendationClosesAt.AddMinutes(1));
    }

    private async Task CheckFormallyAsync()
    {
        var officer = await AsAsync("jingban");
        await officer.OpenAsync($"/cases/{application}");
        await officer.SeesAsync("第 1 位", "形式审查清单");
        await officer.DecideAsync("审查通过");
        await officer.SeesAsync("审查通过须逐项勾选核对清单");
        await Expect(officer.Main.GetByLabel("审查通过")).ToBeCheckedAsync();
        await officer.DecideAsync("要求补正", "审计报告缺少附注页。", ("附件", "上年度审计报告", "请补充附注页后重新上传。"));
        await officer.SeesAsync("目前环节：企业补正");

        var enterprise = await AsAsync("qiye01");
        await enterprise.TakeFromDeskAsync(application);
        await enterprise.SeesAsync("审核意见：审计报告缺少附注页。", "需要修改：上年度审计报告");
        await enterprise.FollowAsync("附件");
        await enterprise.SeesAsync("请补充附注页后重新上传。");
        await enterprise.UploadAsync("auditReport", Sample.FileOf("审计报告附注.pdf"));
        await enterprise.SubmitAsync(application);
        await enterprise.SeesAsync("第 3 次提交", "省级形式审查");

        officer = await AsAsync("jingban");
        await officer.OpenAsync($"/cases/{application}");
        await officer.SeesAsync("审计报告附注.pdf", "第 3 次封存");
        await Expect(officer.Main.GetByLabel("要求补正")).ToHaveCountAsync(0);
        await officer.TickWholeChecklistAsync();
        await officer.DecideAsync("审查通过");
        await officer.SeesAsync("目前环节：待专家评审");
        var draw = await officer.RequestDrawAsync(batch, 3, ChinaTime.Today(Site.Clock));
        await (await AsAsync("chuzhang")).ApproveAndDrawAsync(draw);
        await Site.RunJobsAsync();
    }

    private async Task ReviewAsync()
    {
        var enterprise = await AsAsync("qiye01");
        var panel = await PanelAsync();
        Assert.Equal(3, panel.Count);
        enterprise.Secrets.UnionWith(panel.Select(p => p.Name));

        var leaving = await AsAsync(panel[0].User);
        await leaving.OpenReviewAsync(application);
        await leaving.StepDownAsync("三年内与申报单位有合作项目。");
        var officer = await AsAsync("jingban");
        await officer.OpenAsync($"/cases/{application}");
        var sitting = await PanelAsync();
        Assert.Equal(3, sitting.Count);
        var substitute = Assert.Single(sitting, s => panel.All(p => p.User != s.User));
        enterprise.Secrets.Add(substitute.Name);
        await officer.SeesAsync(panel[0].Name, "已回避", "三年内与申报单位有合作项目。", substitute.Name, "原专家回避");

        var share = 0.95m;
        foreach (var (user, _) in sitting)
        {
            await ScoreAsync(user, share -= 0.05m, wrongFirst: user == substitute.User);
            await enterprise.OpenAsync($"/cases/{application}");
        }

        officer = await AsAsync("jingban");
        await officer.OpenAsync($"/cases/{application}");
        var score = await Site.ReadAsync(db => db.Applications.Where(a => a.Id == application).Select(a => a.Score).SingleAsync());
        var points = (score!.Value / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
        await officer.SeesAsync("3 / 3 已锁定", "评审得分", points);
        enterprise.Secrets.Add(points);
        await officer.OpenBatchPageAsync(batch);
        await officer.SeesAsync("得分排名", points, "得分分布");
    }

    private async Task ScoreAsync(string user, decimal share, bool wrongFirst)
    {
        var expert = await AsAsync(user);
        await expert.OpenReviewAsync(application);
        await expert.DeclareFreeAsync();
        await expert.FillScoresAsync(share);
        await expert.Main.GetByLabel("评审意见").FillAsync("核心技术指标清楚，知识产权与核心技术关联紧密，产学研合作有实质内容，建议进一步加强标准制定工作，扩大成果应用范围。");
        if (wrongFirst)
        {
            var criterion = expert.Main.Locator(".criterion:has(input)").First;
            var box = criterion.GetByRole(Microsoft.Playwright.AriaRole.Textbox);
            var right = await box.InputValueAsync();
            await box.FillAsync("九十分");
            await box.BlurAsync();
            await Expect(criterion.Locator(".field-error")).ToContainTextAsync("“九十分”不是数字");
            await Expect(expert.Main.Locator("[data-total]")).ToContainTextAsync("1 项分数有误，未计入");
            await expert.PressAsync("锁定评分");
            await expert.SeesScoreRefusedAsync(criterion, "九十分");
            await Expect(expert.Main.GetByLabel("评审意见")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^核心技术指标清楚"));
            await expert.AdoptSuggestionAsync(criterion);
            await box.FillAsync(right);
            await Expect(expert.Main.Locator("[data-total]")).ToContainTextAsync("合计（尚未保存）");
        }

        await expert.LockAsync();
        await expert.OpenReviewAsync(application);
        await expert.SeesAsync("已锁定");
        await expert.OpenAsync($"/cases/{application}");
        await expert.DoesNotSeeAsync("专家评审 3", "评审得分");
    }

    private async Task SignAsync()
    {
        var officer = await AsAsync("jingban");
        await officer.ProposeListAsync(batch, "按排名提出。");
        var head = await AsAsync("chuzhang");
        await head.SignListAsync(batch, "退回经办", "请补充对并列情形的说明。");
        officer = await AsAsync("jingban");
        await officer.OpenBatchPageAsync(batch);
        await officer.SeesAsync("请补充对并列情形的说明。");
        await officer.ProposeListAsync(batch, "按排名提出，无并列。");
        await head.OpenBatchPageAsync(batch);
        await head.SeesAsync("按排名提出，无并列。", "第 2 次提出");
        await head.SignListAsync(batch, "同意");
        var leader = await AsAsync("tingling");
        await leader.SignListAsync(batch, "同意公示");
        await Site.RunJobsAsync();
    }

    private async Task AnnounceAsync()
    {
        var enterprise = await AsAsync("qiye01");
        var anybody = await VisitAsync("stranger");
        anybody.Secrets.UnionWith(enterprise.Secrets);
        await anybody.OpenAsync("/notices");
        await anybody.FollowNoticeAsync(BatchName, "公示");
        await anybody.SeesAsync(number, "公示截止");
        await enterprise.OpenAsync($"/cases/{application}");
        await enterprise.SeesAsync("公示中");

        var ends = await Site.ReadAsync(db => db.Batches.Where(b => b.Id == batch).Select(b => b.NoticeEndsAt).SingleAsync());
        await Site.SkipToAsync(ends!.Value.AddMinutes(1));
        var officer = await AsAsync("jingban");
        await officer.AnnounceAsync(batch);
        await Site.RunJobsAsync();

        enterprise = await AsAsync("qiye01");
        await enterprise.OpenAsync($"/cases/{application}");
        await enterprise.SeesAsync("已认定");
        await enterprise.FollowAsync("认定证书");
        await enterprise.SeesAsync("证书查验结果", "有效");
        var certificate = await Site.ReadAsync(db => db.Certificates.Where(c => c.CaseId == application).Select(c => c.Number).SingleAsync());
        await anybody.CheckCertificateAsync(certificate);
        await anybody.SeesAsync(certificate, "有效", "认定证书");
    }

    private async Task AssertDatabaseAsync()
    {
        var one = await Site.ReadAsync(db => db.Applications.AsNoTracking().SingleAsync(a => a.Id == application));
        Assert.Equal("recognised", one.Stage);
        Assert.True(one.Selected);
        Assert.Equal(1, one.CityRank);
        Assert.Equal(number, one.Number);
        var (filings, journal, quota) = await Site.ReadAsync(async db => (
            await db.Filings.CountAsync(f => f.CaseId == application),
            await db.Journal.AsNoTracking().Where(j => j.SubjectId == application).OrderBy(j => j.Sequence).ToListAsync(),
            await db.Quotas.Where(q => q.BatchId == batch && q.CityId == one.CityId).Select(q => q.Used).SingleAsync()));
        Assert.Equal(3, filings);
        Assert.Null(Journal.FirstBroken(journal));
        Assert.Equal(1, quota);
        Assert.Equal(0, await Site.ReadAsync(db => db.WorkItems.CountAsync(w => w.BatchId == batch && w.ClosedAt == null)));
        Assert.Equal(3, await Site.ReadAsync(db => db.Reviews.CountAsync(r => r.CaseId == application && r.State == ReviewState.Locked)));
        Assert.Equal(1, await Site.ReadAsync(db => db.Attachments.CountAsync(f => f.CaseId == application && f.FileName == "审计报告附注.pdf" && f.FiledInRound == 3)));
    }

    /// <summary>Log-ins and names of those who sit on the panel now.</summary>
    private Task<List<(string User, string Name)>> PanelAsync() => Site.ReadAsync(async db =>
        (await (from r in db.Reviews
                join u in db.Users on r.ExpertId equals u.ScopeId
                where r.CaseId == application && r.State != ReviewState.Declined
                orderby r.AssignedAt, r.Id
                select new { u.UserName, r.ExpertName }).ToListAsync()).ConvertAll(p => (p.UserName!, p.ExpertName)));
}
