using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Invariants;

/// <summary>Invariant 4, on the pages: who comes second is refused, sees what is there now, and still has the words he typed.</summary>
public sealed class StaleVersionTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Mine = "我写的这一段不能丢失，它有很多字。";
    private const string Theirs = "同事先保存的这一段，也应当让我看到。";

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Save_AfterAColleagueSaved_ShowsBothTextsAndThenSaves(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var path = $"/cases/{draft.CaseId}/edit/centre";
        var (me, colleague) = (await FormClient.SignInAsync(host, draft.UserName), await FormClient.SignInAsync(host, draft.UserName));
        var (mine, theirs) = (await me.GetAsync(path), await colleague.GetAsync(path));
        await colleague.PostAsync(theirs, "form.card", ("mechanism", Theirs));

        var refused = await me.PostAsync(mine, "form.card", ("mechanism", Mine), ("directorProfile", Mine));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("同时修改了“创新机制与组织”", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Mine, TextOf(refused, "mechanism"));
        Assert.Equal(Mine, TextOf(refused, "directorProfile"));
        Assert.Contains(Theirs, refused.QuerySelector("#conflict-mechanism")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Mine, await AnswersAsync(host, draft), StringComparison.Ordinal);

        var saved = await me.PostAsync(refused, "form.card");

        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal(Mine, TextOf(saved, "mechanism"));
        Assert.Contains(Mine, await AnswersAsync(host, draft), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_OfOtherFieldsAndRowsThanAColleague_KeepsBothAndSaysSo()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var (me, colleague) = (await FormClient.SignInAsync(host, draft.UserName), await FormClient.SignInAsync(host, draft.UserName));
        var path = $"/cases/{draft.CaseId}/edit/centre";
        var (mine, theirs) = (await me.GetAsync(path), await colleague.GetAsync(path));
        await colleague.PostAsync(theirs, "form.card", ("mechanism", Theirs));

        var saved = await me.PostAsync(mine, "form.card", ("directorProfile", Mine));

        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains("同时修改的“创新机制与组织”已一并保留", saved.QuerySelector(".alert-success")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((Theirs, Mine), (TextOf(saved, "mechanism"), TextOf(saved, "directorProfile")));

        path = $"/cases/{draft.CaseId}/edit/equipment";
        (mine, theirs) = (await me.GetAsync(path), await colleague.GetAsync(path));
        var cells = mine.QuerySelectorAll("input[name$='].name']").Select(i => i.GetAttribute("name")!).ToList();
        await colleague.PostAsync(theirs, "form.card", (cells[0], "同事改的设备"));
        saved = await me.PostAsync(mine, "form.card", (cells[1], "我改的设备"));

        Assert.Equal(["同事改的设备", "我改的设备"], saved.QuerySelectorAll("input[name$='].name']").Take(2).Select(i => ((IHtmlInputElement)i).Value));
    }

    [Fact]
    public async Task Save_ThatLetsTheOtherAnswerStand_SavesIt()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var (me, colleague) = (await FormClient.SignInAsync(host, draft.UserName), await FormClient.SignInAsync(host, draft.UserName));
        var path = $"/cases/{draft.CaseId}/edit/centre";
        var (mine, theirs) = (await me.GetAsync(path), await colleague.GetAsync(path));
        await colleague.PostAsync(theirs, "form.card", ("mechanism", Theirs));
        var refused = await me.PostAsync(mine, "form.card", ("mechanism", Mine), ("directorProfile", Mine));

        var saved = await me.PostAsync(refused, "form.card", ("Choices[mechanism]", "theirs:"));

        Assert.Equal((Theirs, Mine), (TextOf(saved, "mechanism"), TextOf(saved, "directorProfile")));
    }

    [Fact]
    public async Task Autosave_AfterAColleagueSaved_IsRefusedInWords()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var path = $"/cases/{draft.CaseId}/edit/centre";
        var me = await FormClient.SignInAsync(host, draft.UserName);
        var page = await me.GetAsync(path);
        await me.PostAsync(page, "form.card", ("mechanism", Theirs));
        page.QuerySelector("form.card")!.SetAttribute("action", $"{path}?handler=Autosave");

        var answer = await me.PostAsync(page, "form.card", ("mechanism", Mine));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("改成了不同的内容", System.Text.RegularExpressions.Regex.Unescape(answer.Source.Text), StringComparison.Ordinal);
        Assert.Contains(Theirs, await AnswersAsync(host, draft), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Decide_AfterAColleagueDecided_ShowsTheNewStageAndTheReasonTyped(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var city = await FormClient.SignInAsync(host, "shi02");
        var (first, late) = (await city.GetAsync($"/cases/{draft.CaseId}"), await city.GetAsync($"/cases/{draft.CaseId}"));
        await city.PostAsync(first, "#decide", ("Outcome", "Return"), ("Reason", "请补充。"));

        var refused = await city.PostAsync(late, "#decide", ("Outcome", "Reject"), ("Reason", Mine));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("已被他人修改或办理", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(refused.QuerySelectorAll("textarea"), t => t.TextContent.Contains(Mine, StringComparison.Ordinal));
        Assert.Contains("退回修改", refused.QuerySelector(".journal")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("correction", await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.Stage).SingleAsync()));
    }

    [Fact]
    public async Task Decide_OnAVersionThatWasNeverShown_IsRefusedAndTheOfferedFormWorks()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var city = await FormClient.SignInAsync(host, "shi02");
        var page = await city.GetAsync($"/cases/{draft.CaseId}");

        var refused = await city.PostAsync(page, "#decide", ("Outcome", "Return"), ("Reason", Mine), ("Version", Guid.NewGuid().ToString()));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(Mine, TextOf(refused, "Reason"));
        await city.PostAsync(refused, "#decide", ("Outcome", "Return"));

        Assert.Equal("correction", await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.Stage).SingleAsync()));
    }

    [Fact]
    public async Task Enterprise_SavedByAColleagueMeanwhile_KeepsWhatWasTyped()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var client = await FormClient.SignInAsync(host, draft.UserName);
        var (first, late) = (await client.GetAsync("/enterprise/identity"), await client.GetAsync("/enterprise/identity"));
        await client.PostAsync(first, "main form.card, main form", ("Input.Address", "先保存的地址"));

        var refused = await client.PostAsync(late, "main form.card, main form", ("Input.Address", "后填写的地址"));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("后填写的地址", ((IHtmlInputElement)refused.QuerySelector("[name='Input.Address']")!).Value);
        Assert.Contains("先保存的地址", await host.InScopeAsync(async (_, db) => (await db.Enterprises.AsNoTracking().SingleAsync(e => e.Id == draft.EnterpriseId)).Profile.Address!), StringComparison.Ordinal);
    }

    private static string TextOf(IDocument page, string name) => ((IHtmlTextAreaElement)page.QuerySelector($"textarea[name={name}]")!).Value;

    private static Task<string> AnswersAsync(AppHost host, Draft draft) =>
        host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.Answers).SingleAsync());
}
