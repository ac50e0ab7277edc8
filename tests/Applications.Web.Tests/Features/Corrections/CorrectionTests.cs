using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Corrections;

/// <summary>Sent back by fields: only these reopen, the server refuses the others, and the next reviewer sees what was changed.</summary>
public sealed class CorrectionTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Remark = "请写明收益分配比例。";
    private const string Better = "研发机构独立核算，收益的百分之三十奖励团队，每年公示；另设试验室两个、专职人员二十名，并由总工程师直接负责，按季度考核，年终兑现。";

    [Fact]
    public async Task Section_AfterAMarkedReturn_ShowsTheRemarkAndOnlyTheMarkedFieldIsTyped()
    {
        var (host, draft) = await ReturnedAsync();
        var owner = await FormClient.SignInAsync(host, draft.UserName);

        var page = await owner.GetAsync($"/cases/{draft.CaseId}/edit/centre");

        Assert.NotNull(page.QuerySelector("textarea[name=mechanism]"));
        Assert.Contains(Remark, page.QuerySelector("form.card")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("[name=directorName], [name=directorProfile], [name=hasFixedSite]"));
        Assert.Contains("不在本次修改范围", page.QuerySelector("form.card details > summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("技术带头人", page.QuerySelector("#directorName")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await owner.GetAsync($"/cases/{draft.CaseId}/edit/equipment")).QuerySelectorAll("form[data-autosave]"));
        Assert.Empty((await owner.GetAsync($"/cases/{draft.CaseId}/edit/attachments")).QuerySelectorAll("form.upload"));
    }

    [Fact]
    public async Task Save_OfAClosedField_IsRefusedAtTheFieldAndNothingChanges()
    {
        var (host, draft) = await ReturnedAsync();
        var owner = await FormClient.SignInAsync(host, draft.UserName);
        var page = await owner.GetAsync($"/cases/{draft.CaseId}/edit/centre");

        var refused = await owner.PostAsync(page, "form.card", ("mechanism", Better), ("directorName", "换了的人"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("只开放审核人标出的栏目", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Better, refused.QuerySelector("[name=mechanism]")!.TextContent.Trim());
        Assert.DoesNotContain("换了的人", await AnswersAsync(host, draft), StringComparison.Ordinal);
        var saved = await owner.PostAsync(page, "form.card", ("mechanism", Better));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains(Better, await AnswersAsync(host, draft), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_InACorrection_RefusesClosedAnswersAndFiles()
    {
        var (host, draft) = await ReturnedAsync();
        var api = ApiClient.Of(host, draft.Token);
        var (answers, version) = await DraftAsync(api, draft);
        answers["directorName"] = "换了的人";

        var refused = await api.SendAsync(HttpMethod.Put, $"applications/{draft.CaseId}/answers", JsonContent.Create(new { answers, version }), null);
        using var file = new MultipartFormDataContent { { new ByteArrayContent("%PDF-1.4 x"u8.ToArray()), "file", "a.pdf" } };
        var added = await api.SendAsync(HttpMethod.Post, $"applications/{draft.CaseId}/files?field=auditReport", file, null);
        var kept = await host.InScopeAsync((_, db) => db.Attachments.FirstAsync(a => a.CaseId == draft.CaseId && a.FieldKey == "auditReport"));
        var removed = await api.SendAsync(HttpMethod.Delete, $"applications/{draft.CaseId}/files/{kept.Id}", null, null);

        Assert.All([refused, added, removed], a => Assert.Equal((HttpStatusCode.Conflict, true), (a.Status, a.Text.Contains("field-closed", StringComparison.Ordinal))));
        (answers, version) = await DraftAsync(api, draft);
        answers["mechanism"] = Better;
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync(HttpMethod.Put, $"applications/{draft.CaseId}/answers", JsonContent.Create(new { answers, version }), null)).Status);
    }

    [Fact]
    public async Task Correction_ThatPutsAClosedFieldOutOfOrder_ReopensIt()
    {
        var (host, draft) = await ReturnedAsync(("yearFigures", "请核对研发人员数。"));
        var api = ApiClient.Of(host, draft.Token);
        var (answers, version) = await DraftAsync(api, draft);
        foreach (var row in answers["yearFigures"]!.AsArray())
        {
            (row!["rdStaff"], row["rdStaffSenior"]) = (5, 1);
        }

        var saved = await api.SendAsync(HttpMethod.Put, $"applications/{draft.CaseId}/answers", JsonContent.Create(new { answers, version }), null);

        Assert.Equal(HttpStatusCode.OK, saved.Status);
        var owner = await FormClient.SignInAsync(host, draft.UserName);
        var page = await owner.GetAsync($"/cases/{draft.CaseId}/edit/investment");
        Assert.Null(page.QuerySelector("[name=centreRdSpend]"));
        var mended = await owner.PostAsync(page, "form.card", ("centreRdStaff", "5"));
        Assert.Equal(HttpStatusCode.OK, mended.StatusCode);
        Assert.NotNull(mended.QuerySelector("[name=centreRdStaff]"));
    }

    [Fact]
    public async Task Resubmission_ShowsTheNextReviewerTheDifferenceFirst_AndKeepsEveryRound()
    {
        var (host, draft) = await ReturnedAsync();
        await CorrectAsync(host, draft);
        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Outbox.CountAsync(o => o.DedupKey == $"receipt-again:{draft.CaseId:N}:2" && o.Payload.Contains($"applicant:{draft.EnterpriseId:N}"))));
        var city = await FormClient.SignInAsync(host, "shi02");

        var page = await city.GetAsync($"/cases/{draft.CaseId}");
        var filed = page.QuerySelector("#filed")!;

        Assert.Equal("仅看修改处 1", Words(filed.QuerySelector("[aria-current=page]")!));
        Assert.Contains(Remark, filed.TextContent, StringComparison.Ordinal);
        Assert.Contains("每年公示", string.Concat(filed.QuerySelectorAll(".change ins").Select(i => i.TextContent)), StringComparison.Ordinal);
        Assert.NotEmpty(filed.QuerySelectorAll(".change del"));
        Assert.DoesNotContain("技术带头人", filed.TextContent, StringComparison.Ordinal);
        var all = (await city.GetAsync($"/cases/{draft.CaseId}?show=all")).QuerySelector("#filed")!;
        Assert.Contains("技术带头人", all.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, all.QuerySelectorAll("dt .tag-warning").Length);
        var rounds = await city.GetAsync($"/cases/{draft.CaseId}/rounds");
        Assert.Equal(2, rounds.QuerySelectorAll(".journal > li").Length);
        Assert.Contains(Remark, rounds.QuerySelector(".journal")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await city.GetAsync($"/cases/{draft.CaseId}/rounds?from=1&to=3")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await FormClient.SignInAsync(host, "shi03")).GetAsync($"/cases/{draft.CaseId}/rounds")).StatusCode);
    }

    [Fact]
    public async Task Resubmission_ForWhoHasNotHadTheCaseBefore_ShowsTheWholeText()
    {
        var (host, draft) = await ReturnedAsync();
        await CorrectAsync(host, draft);

        var page = await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/cases/{draft.CaseId}");

        Assert.Equal("全文", Words(page.QuerySelector("#filed [aria-current=page]")!));
        Assert.Contains("技术带头人", page.QuerySelector("#filed")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplacedAttachment_IsOpenedFromTheDifference_BeforeAndAfter()
    {
        var (host, draft) = await ReturnedAsync(("auditReport", "请换清晰的扫描件。"));
        var owner = await FormClient.SignInAsync(host, draft.UserName);
        var page = await owner.GetAsync($"/cases/{draft.CaseId}/edit/attachments");
        var old = await host.InScopeAsync((_, db) => db.Attachments.Where(a => a.CaseId == draft.CaseId && a.FieldKey == "auditReport").Select(a => a.Id).FirstAsync());
        using var upload = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(old.ToString()), "replaces" },
            { new ByteArrayContent("%PDF-1.4\n%%EOF\n"u8.ToArray()), "files", "清晰的审计报告.pdf" },
        };
        var uploaded = await owner.SendAsync($"/cases/{draft.CaseId}/edit/attachments?handler=Upload&field=auditReport", upload);
        Assert.Contains("附件已上传", uploaded.Body!.TextContent, StringComparison.Ordinal);
        await owner.PostAsync(await owner.GetAsync($"/cases/{draft.CaseId}/submit"), "form.card");

        var city = await FormClient.SignInAsync(host, "shi02");
        var shown = await city.GetAsync($"/cases/{draft.CaseId}");

        var links = shown.QuerySelectorAll("#filed .row-changes a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(2, links.Count);
        Assert.Contains(links, l => l.EndsWith(old.ToString(), StringComparison.Ordinal));
        foreach (var link in links)
        {
            Assert.Equal(HttpStatusCode.OK, (await city.Http.GetAsync(new Uri(link, UriKind.Relative))).StatusCode);
        }

        Assert.Contains("清晰的审计报告.pdf", shown.QuerySelector("#files")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAndNext_WithAClosedFieldThatDependsOnAChoice_GoesOn()
    {
        var (host, draft) = await ReturnedAsync(("cityTitleNumber", "请核对文号。"));
        var owner = await FormClient.SignInAsync(host, draft.UserName);

        var next = await owner.PostAsync(await owner.GetAsync($"/cases/{draft.CaseId}/edit/enterprise"), "form.card", ("action", "next"));

        Assert.DoesNotContain("本栏还需填写", next.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("/edit/enterprise", next.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubmitPage_OfWhatIsFiled_LeadsToTheCase()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var owner = await FormClient.SignInAsync(host, draft.UserName);

        var page = await owner.GetAsync($"/cases/{draft.CaseId}/submit");

        Assert.EndsWith($"/cases/{draft.CaseId}", page.Url, StringComparison.Ordinal);
        Assert.Contains("申报书已提交", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task City_Deciding_SeesItsQuota()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var (limit, used) = await host.InScopeAsync((_, db) => db.Quotas.Where(q => q.BatchId == draft.BatchId && q.CityId == draft.CityId).Select(q => ValueTuple.Create(q.Limit, q.Used)).SingleAsync());

        var page = await (await FormClient.SignInAsync(host, "shi02")).GetAsync($"/cases/{draft.CaseId}");

        Assert.Contains($"推荐名额 {limit} 个，已用 {used} 个", page.QuerySelector("#decide")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawal_OfACorrection_DoesNotOpenWhatWasClosed()
    {
        var (host, draft) = await ReturnedAsync();
        await CorrectAsync(host, draft);
        var owner = await FormClient.SignInAsync(host, draft.UserName);

        await owner.PostAsync(await owner.GetAsync($"/cases/{draft.CaseId}"), "#decide");

        var (stage, marks) = await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => ValueTuple.Create(a.Stage, a.Marks)).SingleAsync());
        Assert.Equal("draft", stage);
        Assert.Contains(Remark, marks, StringComparison.Ordinal);
        Assert.Null((await owner.GetAsync($"/cases/{draft.CaseId}/edit/centre")).QuerySelector("[name=directorName]"));
    }

    [Fact]
    public async Task Mark_OfAComputedField_IsRefused()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var city = await FormClient.SignInAsync(host, "shi02");

        var refused = await city.PostAsync(await city.GetAsync($"/cases/{draft.CaseId}"), "#decide", ("Outcome", "Return"), ("Reason", "请改。"), ("Marks[isSoftware]", "不对"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("由系统计算", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<(AppHost Host, Draft Draft)> ReturnedAsync(params (string Field, string Remark)[] marks)
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var city = await FormClient.SignInAsync(host, "shi02");
        var all = marks.Length > 0 ? marks : [("mechanism", Remark)];
        var done = await city.PostAsync(
            await city.GetAsync($"/cases/{draft.CaseId}"), "#decide",
            [("Outcome", "Return"), ("Reason", "请按标出的栏目修改。"), .. all.Select(m => ($"Marks[{m.Field}]", m.Remark))]);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        return (host, draft);
    }

    private static async Task CorrectAsync(AppHost host, Draft draft)
    {
        var owner = await FormClient.SignInAsync(host, draft.UserName);
        await owner.PostAsync(await owner.GetAsync($"/cases/{draft.CaseId}/edit/centre"), "form.card", ("mechanism", Better));
        var receipt = await owner.PostAsync(await owner.GetAsync($"/cases/{draft.CaseId}/submit"), "form.card");
        Assert.EndsWith("/receipt", receipt.Url, StringComparison.Ordinal);
    }

    private static async Task<(JsonObject Answers, string Version)> DraftAsync(ApiClient api, Draft draft)
    {
        var body = (await api.GetAsync($"applications/{draft.CaseId}/draft")).Body;
        return ((JsonObject)JsonNode.Parse(body.GetProperty("answers").GetRawText())!, body.GetProperty("version").GetString()!);
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Task<string> AnswersAsync(AppHost host, Draft draft) =>
        host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.Answers).SingleAsync());
}
