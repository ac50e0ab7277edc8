using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Administration;

/// <summary>Who may open which page of the administration.</summary>
public sealed class AccessTests(AdminHost site) : IClassFixture<AdminHost>
{
    private static readonly string[] Everybody = ["qiye01", "xian01", "shi01", "jingban", "chuzhang", "tingling", "zhuanjia01", "jijian", "admin"];

    [Fact]
    public async Task Pages_OfTheAdministration_OpenToTheirRolesAndNobodyElse()
    {
        var (user, city) = await site.QueryAsync(async db => (
            await db.Users.Where(u => u.UserName == "shi01").Select(u => u.Id).SingleAsync(),
            await db.Organisations.Where(o => o.DivisionCode == "370100").Select(o => o.Id).SingleAsync()));
        (string Path, string[] Allowed)[] pages =
        [
            ("/admin/accounts", ["admin"]),
            ("/admin/accounts?handler=Export", ["admin"]),
            ("/admin/accounts/new", ["admin"]),
            ($"/admin/accounts/{user}", ["admin"]),
            ("/admin/organisations", ["admin"]),
            ($"/admin/organisations/{city}", ["admin"]),
            ($"/admin/organisations/{city}/counties/new", ["admin"]),
            ("/admin/calendar", ["admin", "jingban", "chuzhang", "tingling", "jijian"]),
            ("/admin/audit", ["admin", "jijian"]),
            ("/admin/audit?handler=Export", ["admin", "jijian"]),
        ];
        foreach (var login in Everybody)
        {
            var client = await site.SignInAsync(login);
            foreach (var (path, allowed) in pages)
            {
                var status = (await client.GetAsync(path)).StatusCode;
                Assert.True(status == (allowed.Contains(login) ? HttpStatusCode.OK : HttpStatusCode.Forbidden), $"{login} {path} {status}");
            }
        }
    }

    [Fact]
    public async Task Pages_OfTheAdministration_SendStrangersToTheLogIn()
    {
        foreach (var path in new[] { "/admin/accounts", "/admin/organisations", "/admin/calendar", "/admin/audit" })
        {
            Assert.NotNull((await site.NewClient().GetAsync(path)).QuerySelector(".login"));
        }
    }

    [Fact]
    public async Task Desk_OfTheAdministrator_ShowsWhatHeLooksAfter()
    {
        var admin = await site.SignInAsync("admin");

        var desk = await admin.GetAsync("/desk");

        Assert.Contains("系统概况", desk.Text(), StringComparison.Ordinal);
        Assert.Contains("搁置的后台任务", desk.Text(), StringComparison.Ordinal);
        Assert.Contains("/admin/accounts", desk.QuerySelectorAll(".side-nav a").Select(a => a.GetAttribute("href")));
        Assert.DoesNotContain("/desk/done", desk.QuerySelectorAll(".side-nav a").Select(a => a.GetAttribute("href")));
    }
}
