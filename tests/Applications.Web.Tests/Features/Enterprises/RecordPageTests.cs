using System.Net;
using AngleSharp.Html.Dom;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Enterprises;

/// <summary>The enterprise's record: kept in sections, drawn on by applications, compared with what was filed.</summary>
public sealed class RecordPageTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Section_SavedWithoutScripts_KeepsAddsAndDropsRows(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (draft, client) = await SignInAsync(host);
        var page = await client.GetAsync("/enterprise/awards");
        var spare = SpareRow(page, "awards");

        var saved = await client.PostAsync(
            page, "main form", ($"awards[{spare}].name", "省科技进步奖二等奖"), ($"awards[{spare}].level", "provincial"), ($"awards[{spare}].year", "2025"));

        Assert.Contains("“奖励与荣誉”已保存", saved.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await AwardsAsync(host, draft)).Count);

        var emptied = await client.GetAsync("/enterprise/awards");
        await client.PostAsync(emptied, "main form", ("awards[r0].name", ""), ("awards[r0].level", ""), ("awards[r0].year", ""));
        Assert.Equal(["省科技进步奖二等奖"], await AwardsAsync(host, draft));
    }

    [Fact]
    public async Task Section_RowNotWhole_IsRefusedAtItsCellsAndNothingIsLost()
    {
        var host = await hosts.GetAsync();
        var (draft, client) = await SignInAsync(host);
        var page = await client.GetAsync("/enterprise/awards");
        var spare = SpareRow(page, "awards");

        var refused = await client.PostAsync(page, "main form", ($"awards[{spare}].name", "只有名称"), ($"awards[{spare}].year", "近年"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["只有名称", "近年"], refused.QuerySelectorAll("main form input.input").OfType<IHtmlInputElement>().Where(i => i.Name!.StartsWith($"awards[{spare}]", StringComparison.Ordinal)).Select(i => i.Value));
        Assert.Contains("第2行：请选择级别。", refused.QuerySelectorAll(".field-error").Select(e => e.TextContent));
        Assert.Single(await AwardsAsync(host, draft));
    }

    [Fact]
    public async Task Section_SavedByAColleagueMeanwhile_IsRefusedOnce()
    {
        var host = await hosts.GetAsync();
        var (draft, client) = await SignInAsync(host);
        var (first, late) = (await client.GetAsync("/enterprise/awards"), await client.GetAsync("/enterprise/awards"));
        await client.PostAsync(first, "main form", ("awards[r0].year", "2020"));

        var refused = await client.PostAsync(late, "main form", ("awards[r0].name", "后填写的名称"));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("后填写的名称", ((IHtmlInputElement)refused.QuerySelector("[name='awards[r0].name']")!).Value);
        await client.PostAsync(refused, "main form");
        Assert.Equal(["后填写的名称"], await AwardsAsync(host, draft));
    }

    [Fact]
    public async Task Section_Unknown_IsNotFound()
    {
        var (_, client) = await SignInAsync(await hosts.GetAsync());

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/enterprise/nothing")).StatusCode);
    }

    [Fact]
    public async Task Application_Begun_TakesTheRowsOfTheRecord()
    {
        var host = await hosts.GetAsync();
        var client = await FormClient.SignInAsync(host, "qiye01");
        var start = await client.GetAsync("/cases/new");
        var form = start.QuerySelectorAll("form.card").Single(f => f.TextContent.Contains("第九批", StringComparison.Ordinal));

        var begun = await client.PostAsync(start, $"form.card:has(input[value='{((IHtmlInputElement)form.QuerySelector("[name=batch]")!).Value}'])");
        var ip = await client.GetAsync(new Uri(begun.Url).AbsolutePath + "/ip");

        var mine = await host.InScopeAsync(async (_, db) => (await (
            from u in db.Users
            join e in db.Enterprises on u.ScopeId equals e.Id
            where u.UserName == "qiye01"
            select e).SingleAsync()).Profile.Patents);
        Assert.NotEmpty(mine);
        var shown = ip.QuerySelectorAll("input[name$='.number']").OfType<IHtmlInputElement>().Select(i => i.Value).ToList();
        Assert.All(mine, p => Assert.Contains(p.Number, shown));
    }

    [Fact]
    public async Task Case_AfterTheRecordWasChanged_ShowsTheOfficerBeforeAndAfter()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var officer = await FormClient.SignInAsync(host, "jingban");
        Assert.Null((await officer.GetAsync($"/cases/{draft.CaseId}")).QuerySelector($"a[href='/cases/{draft.CaseId}/record']"));
        var client = await FormClient.SignInAsync(host, draft.UserName);
        await client.PostAsync(await client.GetAsync("/enterprise/identity"), "main form", ("Input.Address", "搬迁后的地址"), ("Input.Years[0].Revenue", "99999"));

        Assert.NotNull((await officer.GetAsync($"/cases/{draft.CaseId}")).QuerySelector($"a[href='/cases/{draft.CaseId}/record']"));
        var changes = await officer.GetAsync($"/cases/{draft.CaseId}/record");

        Assert.Contains(changes.QuerySelectorAll("ins"), i => i.TextContent == "搬迁后的地址");
        Assert.Contains(changes.QuerySelectorAll("ins"), i => i.TextContent == "99,999 万元");
        Assert.Equal(2, changes.QuerySelectorAll("tbody tr").Length);
    }

    private static async Task<(Draft Draft, FormClient Client)> SignInAsync(AppHost host)
    {
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        return (draft, await FormClient.SignInAsync(host, draft.UserName));
    }

    private static string SpareRow(AngleSharp.Dom.IDocument page, string table) =>
        page.QuerySelectorAll($"input[name='{table}.index']").OfType<IHtmlInputElement>().Select(i => i.Value).Last(v => v.StartsWith('n'));

    private static Task<List<string>> AwardsAsync(AppHost host, Draft draft) => host.InScopeAsync(async (_, db) =>
        (await db.Enterprises.AsNoTracking().SingleAsync(e => e.Id == draft.EnterpriseId)).Profile.Awards.Select(a => a.Name).ToList());
}
