using System.Net;
using Applications.Domain.Titles;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Eligibility;

/// <summary>我能申报什么, and the same conditions beside the form.</summary>
public sealed class EligibilityPageTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Page_OfAnApplicant_ChecksEveryProgrammeAgainstTheRecord(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var client = await FormClient.SignInAsync(host, draft.UserName);

        var page = await client.GetAsync("/eligibility");

        var text = page.Body!.TextContent;
        Assert.All(new[] { "制造业创新中心培育", "制造业创新中心验收认定", "国家质量标杆推荐", "山东省质量标杆", "山东百年品牌培育企业" }, name => Assert.Contains(name, text, StringComparison.Ordinal));
        var own = page.QuerySelectorAll("section.card").Single(c => c.TextContent.Contains("继续填写", StringComparison.Ordinal));
        Assert.Contains($"/cases/{draft.CaseId}/edit", own.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("依据：鲁工信技〔2025〕43号 认定条件", own.QuerySelector(".rules")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("待核", text, StringComparison.Ordinal);
        Assert.DoesNotContain("四川", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AfterTheFiguresAreGone_SaysWhereToFillThemIn()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        await host.InScopeAsync(async (_, db) =>
        {
            var enterprise = await db.Enterprises.SingleAsync(e => e.Id == draft.EnterpriseId);
            enterprise.Figures = [];
            return await db.SaveChangesAsync();
        });
        var client = await FormClient.SignInAsync(host, draft.UserName);

        var page = await client.GetAsync("/eligibility");

        Assert.Contains(page.QuerySelectorAll("a[href='/enterprise/identity#figures']"), a => a.TextContent == "近三年主要数据");
    }

    [Fact]
    public async Task Page_OfARevokedTitle_SaysThatItBars()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        await host.InScopeAsync(async (_, db) =>
        {
            var title = new Certificate
            {
                Id = Guid.CreateVersion7(),
                Number = $"测试{draft.UserName}",
                CaseId = Guid.NewGuid(),
                EnterpriseId = draft.EnterpriseId,
                EnterpriseName = "测试",
                Uscc = "91370200MA3DEM0272",
                CityName = "青岛市",
                ProgrammeKey = "one-enterprise-one-technology",
                TitleName = "测试",
                IssuedAt = Now.AddYears(-2),
                Version = Guid.NewGuid(),
            };
            title.Revoke("falseData", Now.AddMonths(-6));
            db.Certificates.Add(title);
            return await db.SaveChangesAsync();
        });
        var client = await FormClient.SignInAsync(host, draft.UserName);

        var page = await client.GetAsync("/eligibility");

        var card = page.QuerySelectorAll("section.card").Single(c => c.TextContent.Contains("继续填写", StringComparison.Ordinal));
        Assert.Contains("被撤销称号未满三年，暂不得申报。", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 项条件不符合", card.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_WhileFilling_AreThoseOfTheDraftAndLinkToTheField()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var client = await FormClient.SignInAsync(host, draft.UserName);
        var section = await client.GetAsync($"/cases/{draft.CaseId}/edit/investment");
        Assert.Contains("研发中心上年度研发经费不低于200万元", section.QuerySelector("details .rules")!.TextContent, StringComparison.Ordinal);

        await client.PostAsync(section, "form[data-autosave]", ("centreRdSpend", ""), ("centreRdStaff", "19"));
        var rules = await client.GetAsync($"/cases/{draft.CaseId}/rules");

        Assert.Contains("按目前保存的申报书计算", rules.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(rules.QuerySelector($"a[href='/cases/{draft.CaseId}/edit/investment#centreRdSpend']"));
        Assert.Contains("研发中心专职研发人员不足20人。", rules.Body.TextContent, StringComparison.Ordinal);
        using var foreign = await (await FormClient.SignInAsync(host, "qiye01")).Http.GetAsync(new Uri($"/cases/{draft.CaseId}/rules", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }
}
