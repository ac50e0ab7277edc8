using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Starts;

/// <summary>An application begun with an earlier one: every answer taken over is marked, and somebody confirms it before it is filed.</summary>
public sealed class CarryOverPageTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Fact]
    public async Task Start_FromAnEarlierApplication_MarksEveryAnswerTakenOver()
    {
        var (_, owner, draft, page) = await BegunAsync();

        Assert.Contains("栏沿用自", page.QuerySelector(".alert-info")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($".alert-info a[href='/cases/{draft.CaseId}']"));
        Assert.Contains("栏待核对", page.QuerySelector(".task-list")!.TextContent, StringComparison.Ordinal);
        var section = await owner.GetAsync(SectionOf(page, "centre"));
        Assert.NotEqual(string.Empty, section.QuerySelector("[name=centreName]")!.GetAttribute("value"));
        Assert.Equal("沿用上次申报，待核对", section.QuerySelector(".field:has([name=centreName])")!.PreviousElementSibling!.TextContent);
        Assert.Contains("核对无误，保存", section.QuerySelector("form.card")!.TextContent, StringComparison.Ordinal);
        var declared = page.QuerySelectorAll(".task-list a").Select(a => a.GetAttribute("href")!).Last();
        var signed = await owner.GetAsync(declared);
        Assert.Empty(signed.QuerySelectorAll("input[type=checkbox][checked], .carried"));
        Assert.Equal(string.Empty, signed.QuerySelector("[name=signedOn]")!.GetAttribute("value") ?? string.Empty);
    }

    [Fact]
    public async Task Submit_BeforeEverySectionIsConfirmed_IsRefused_AndFilingWorksAfter()
    {
        var (host, owner, _, page) = await BegunAsync();
        var id = IdOf(page);
        var early = await owner.GetAsync($"/cases/{id}/submit");
        Assert.Contains("沿用的内容还没有核对", early.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(early.QuerySelector("[data-confirm]"));

        // Saved by the script in passing: nobody has confirmed anything by that.
        var centre = await owner.GetAsync(SectionOf(page, "centre"));
        var before = (await CarriedAsync(host, id)).Count;
        await owner.PostAsync(Autosaving(centre), "form.card");
        Assert.Equal(before, (await CarriedAsync(host, id)).Count);

        foreach (var link in page.QuerySelectorAll(".task-list a").Select(a => a.GetAttribute("href")!))
        {
            var section = await owner.GetAsync(link);
            if (section.QuerySelector("form.card[data-autosave]") is not null)
            {
                Assert.Equal(HttpStatusCode.OK, (await owner.PostAsync(section, "form.card[data-autosave]", ("action", "save"))).StatusCode);
            }
        }

        Assert.DoesNotContain("栏待核对", (await owner.GetAsync($"/cases/{id}/edit")).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("还没有核对", (await owner.GetAsync($"/cases/{id}/submit")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FromAnotherEnterprisesApplication_IsNotFound()
    {
        var host = await hosts.GetAsync();
        var drafts = await Drafts.MakeAsync(host, 2, submit: true);
        await EndAsync(host, drafts[0].CaseId);
        var owner = await FormClient.SignInAsync(host, drafts[0].UserName);
        var page = await owner.GetAsync($"/cases/new?batch={drafts[0].BatchId}");

        var refused = await owner.PostAsync(page, "form.card", ("from", $"{drafts[1].CaseId}"));

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Applications.CountAsync(a => a.EnterpriseId == drafts[0].EnterpriseId)));
    }

    [Fact]
    public async Task Api_ReplacingTheAnswers_ConfirmsThem()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        await EndAsync(host, draft.CaseId);
        var api = ApiClient.Of(host, draft.Token);

        var begun = await api.SendAsync(HttpMethod.Post, "applications", JsonContent.Create(new { draft.BatchId, from = draft.CaseId }), $"{Guid.NewGuid()}");
        var id = begun.Body.GetProperty("id").GetGuid();
        var read = (await api.SendAsync(HttpMethod.Get, $"applications/{id}/draft", null, null)).Body;
        Assert.Contains("centreName", read.GetProperty("carried").EnumerateArray().Select(c => c.GetString()));
        var version = read.GetProperty("version").GetGuid();
        await api.SendAsync(HttpMethod.Put, $"applications/{id}/answers", JsonContent.Create(new { answers = read.GetProperty("answers"), version }), null);

        Assert.Empty((await api.SendAsync(HttpMethod.Get, $"applications/{id}/draft", null, null)).Body.GetProperty("carried").EnumerateArray());
    }

    /// <summary>The task list of an application begun with one whose case is over.</summary>
    private async Task<(AppHost Host, FormClient Owner, Draft Earlier, IDocument Page)> BegunAsync()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        await EndAsync(host, draft.CaseId);
        var owner = await FormClient.SignInAsync(host, draft.UserName);
        var offer = await owner.GetAsync($"/cases/new?batch={draft.BatchId}");
        Assert.Contains("本企业报过", offer.QuerySelector("form.card")!.TextContent, StringComparison.Ordinal);
        var page = await owner.PostAsync(offer, "form.card", ("from", offer.QuerySelector("button[name=from]")!.GetAttribute("value")!));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return (host, owner, draft, page);
    }

    private static Task<int> EndAsync(AppHost host, Guid id) =>
        host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.Result, "Rejected")));

    private static Task<IReadOnlyList<string>> CarriedAsync(AppHost host, Guid id) => host.InScopeAsync(async (_, db) =>
        (IReadOnlyList<string>)System.Text.Json.JsonSerializer.Deserialize<List<string>>((await db.Applications.Where(a => a.Id == id).Select(a => a.Carried).SingleAsync())!)!);

    private static IDocument Autosaving(IDocument page)
    {
        page.QuerySelector("form.card")!.SetAttribute("action", $"{new Uri(page.Url).AbsolutePath}?handler=Autosave");
        return page;
    }

    private static Guid IdOf(IDocument page) => Guid.Parse(new Uri(page.Url).Segments[2].TrimEnd('/'));

    private static string SectionOf(IDocument page, string key) => $"/cases/{IdOf(page)}/edit/{key}";
}
