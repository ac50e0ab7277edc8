using System.Net;
using AngleSharp.Html.Dom;
using Applications.Testing;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Checks;

/// <summary>An application against all others: what stands in two, and what was filed otherwise before.</summary>
public sealed class CrossCheckPageTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Restated = "Explanations[P2-X8:revenue:2025]";
    private const string Word = "上次误填为主营业务收入。";

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Patent_InTwoApplications_IsShownToOfficersAndWithoutANameToTheApplicant(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var filed = (await Drafts.MakeAsync(host, 2, submit: true))[0];
        await host.Services.GetRequiredService<CompareTexts>().RunAllAsync(false, _ => { }, CancellationToken.None);
        var others = await NamesAsync(host);
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var officer = await FormClient.SignInAsync(host, "jingban");
        var applicant = await FormClient.SignInAsync(host, draft.UserName);

        var show = await officer.GetAsync($"/cases/{filed.CaseId}");
        var checks = await officer.GetAsync($"/cases/{filed.CaseId}/checks");
        var submit = await applicant.GetAsync($"/cases/{draft.CaseId}/submit");

        Assert.Contains("处与其他企业的申报相同", show.QuerySelector($"a[href='/cases/{filed.CaseId}/checks']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("专利未在其他申报中重复计算", checks.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(others, name => checks.Body.TextContent.Contains(name, StringComparison.Ordinal));
        Assert.Contains("也见于其他企业的申报", submit.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(others, name => submit.QuerySelector("main")!.TextContent.Contains(name, StringComparison.Ordinal));
        Assert.Null(submit.QuerySelector("textarea"));
    }

    /// <summary>A city learns that another city's enterprise counts the patent too, not which.</summary>
    [Fact]
    public async Task Patent_InAnotherCitysApplication_IsShownToACityWithoutAName()
    {
        var host = await hosts.GetAsync();
        var own = (await Drafts.MakeAsync(host, 1, "370200", submit: true))[0];
        var foreign = (await Drafts.MakeAsync(host, 1, "370600", submit: true))[0];
        await host.Services.GetRequiredService<CompareTexts>().RunAllAsync(false, _ => { }, CancellationToken.None);
        var name = await host.InScopeAsync((_, db) => db.Enterprises.Where(e => e.Id == foreign.EnterpriseId).Select(e => e.Name).SingleAsync());

        var city = (await (await FormClient.SignInAsync(host, "shi02")).GetAsync($"/cases/{own.CaseId}/checks")).Body!.TextContent;
        var officer = (await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/cases/{own.CaseId}/checks")).Body!.TextContent;

        Assert.Contains("其他市的一家企业", city, StringComparison.Ordinal);
        Assert.DoesNotContain(name, city, StringComparison.Ordinal);
        Assert.Contains(name, officer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Figure_FiledOtherwiseBefore_AsksForAWordThatIsFrozenWithTheFiling(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (earlier, draft) = ((await Drafts.MakeAsync(host, 1, submit: true))[0], (await Drafts.MakeAsync(host, 1))[0]);
        await host.InScopeAsync(async (_, db) =>
        {
            var other = await db.Batches.Where(b => b.ProgrammeKey == "one-enterprise-one-technology" && b.Id != draft.BatchId).Select(b => b.Id).FirstAsync();
            await db.Applications.Where(a => a.Id == earlier.CaseId)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.BatchId, other).SetProperty(a => a.EnterpriseId, draft.EnterpriseId));
            var answers = await db.Filings.Where(f => f.CaseId == earlier.CaseId).Select(f => f.Answers).SingleAsync();
            return await db.Filings.Where(f => f.CaseId == earlier.CaseId)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.Answers, answers.Replace("21800000000", "20600000000", StringComparison.Ordinal)));
        });
        var applicant = await FormClient.SignInAsync(host, draft.UserName);
        var page = await applicant.GetAsync($"/cases/{draft.CaseId}/submit");

        var refused = await applicant.PostAsync(page, "form.card");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("请说明原因。", refused.QuerySelector("#error-summary")!.TextContent, StringComparison.Ordinal);
        var tooLong = await applicant.PostAsync(refused, "form.card", (Restated, new string('长', 501)));
        Assert.Equal(501, ((IHtmlTextAreaElement)tooLong.QuerySelector($"textarea[name='{Restated}']")!).Value.Length);
        var receipt = await applicant.PostAsync(tooLong, "form.card", (Restated, Word));

        Assert.Contains("申报回执", receipt.Body!.TextContent, StringComparison.Ordinal);
        var checks = await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/cases/{draft.CaseId}/checks");
        Assert.Contains("填报 2025 年为 20,600 万元，本次填报 2025 年为 21,800 万元，增加 5.8%", checks.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"申报单位说明：{Word}", checks.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains(Word, await host.InScopeAsync((_, db) => db.Filings.Where(f => f.CaseId == draft.CaseId).Select(f => f.Explanations).SingleAsync()), StringComparison.Ordinal);
    }

    private static Task<List<string>> NamesAsync(AppHost host) =>
        host.InScopeAsync((_, db) => db.Enterprises.Where(e => e.Name.StartsWith("验证")).Select(e => e.Name).ToListAsync());
}
