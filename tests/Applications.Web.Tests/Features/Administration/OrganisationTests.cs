using System.Net;
using Applications.Domain.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Administration;

/// <summary>The tree of the department and its bureaus.</summary>
public sealed class OrganisationTests(AdminHost site) : IClassFixture<AdminHost>
{
    [Fact]
    public async Task List_ShowsEachBureauOnceUnderItsParent()
    {
        var admin = await site.SignInAsync("admin");

        var tree = await admin.GetAsync("/admin/organisations");

        Assert.Equal(await site.QueryAsync(db => db.Organisations.CountAsync()), tree.QuerySelectorAll(".tree li").Length);
        Assert.Equal(16, await site.QueryAsync(db => db.Organisations.CountAsync(o => o.Kind == OrganisationKind.CityBureau)));
        var found = await admin.GetAsync("/admin/organisations?q=历下");
        Assert.Equal(3, found.QuerySelectorAll(".tree li").Length);
        Assert.Contains("历下区", Assert.Single(found.QuerySelectorAll("mark")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rename_Bureau_ShowsOnItsAccountsToo()
    {
        var city = await site.QueryAsync(db => db.Organisations.SingleAsync(o => o.DivisionCode == "371100"));
        var admin = await site.SignInAsync("admin");
        var page = await admin.GetAsync($"/admin/organisations/{city.Id}");
        var empty = await admin.PostAsync(page, "main form.card", ("Input.Name", " "));
        await admin.PostAsync(page, "main form.card", ("Input.Name", "日照市工业和信息化局"));

        var stale = await admin.PostAsync(page, "main form.card", ("Input.Name", "另一个名字"), ("IdempotencyKey", Guid.NewGuid().ToString()));

        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Contains("请填写机构名称", empty.QuerySelector("#Input_Name-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal("日照市工业和信息化局", await site.QueryAsync(db => db.Organisations.Where(o => o.Id == city.Id).Select(o => o.Name).SingleAsync()));
        Assert.Equal(["日照市工业和信息化局"], await site.QueryAsync(db => db.Users.Where(u => u.ScopeId == city.Id).Select(u => u.ScopeName).Distinct().ToListAsync()));
    }

    [Fact]
    public async Task AddCounty_CodeOfAnotherCityOrTaken_IsRefusedAndARightOneIsAdded()
    {
        var city = await site.QueryAsync(db => db.Organisations.SingleAsync(o => o.DivisionCode == "370100"));
        var admin = await site.SignInAsync("admin");
        var path = $"/admin/organisations/{city.Id}/counties/new";

        foreach (var (code, words) in new[] { ("370212", "不属于济南市"), ("370100", "不属于济南市"), ("370102", "已由"), ("3701", "6 位数字") })
        {
            var refused = await admin.PostAsync(await admin.GetAsync(path), "main form.card", ("Input.Code", code), ("Input.Name", "某区工业和信息化局"));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(words, refused.QuerySelector("#Input_Code-error")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("某区工业和信息化局", refused.QuerySelector("[name='Input.Name']")!.GetAttribute("value"));
        }

        await admin.PostAsync(await admin.GetAsync(path), "main form.card", ("Input.Code", "370112"), ("Input.Name", "历城区工业和信息化局"));

        var county = await site.QueryAsync(db => db.Organisations.SingleAsync(o => o.DivisionCode == "370112"));
        Assert.Equal((OrganisationKind.CountyBureau, city.Id), (county.Kind, county.ParentId));
        Assert.Contains("历城区", (await admin.GetAsync("/admin/accounts/new?role=county")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddCounty_BelowSomethingThatIsNoCity_IsNotFound()
    {
        var county = await site.QueryAsync(db => db.Organisations.SingleAsync(o => o.DivisionCode == "370102"));
        var admin = await site.SignInAsync("admin");

        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/admin/organisations/{county.Id}/counties/new")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/admin/organisations/{Guid.NewGuid()}")).StatusCode);
    }
}
