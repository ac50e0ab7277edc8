using System.Net;
using Applications.Data.Seed;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Administration;

/// <summary>What is recorded of accounts, and how it is found again.</summary>
public sealed class AuditTests(AdminHost site) : IClassFixture<AdminHost>
{
    [Fact]
    public async Task Acts_OfAnAccount_AreRecordedAndSaidInChinese()
    {
        var stranger = site.NewClient();
        await stranger.LogInAsync("nobody.here", "whatever");
        await stranger.LogInAsync("shi07", "wrong");
        var city = await site.SignInAsync("shi07");
        var settings = await city.GetAsync("/account/settings");
        var token = await city.PostAsync(settings, "form[action*=Token]", ("name", "对账"));
        await city.PostAsync(token, "form[action*=Revoke]");
        using (await city.Http.GetAsync(new Uri("/cases?handler=Export", UriKind.Relative)))
        {
        }

        var changed = await city.PostAsync(settings, "form[action*=Password]", ("current", DemoAccounts.Password), ("next", "Anders2026x"));
        await city.PostAsync(changed, "form[action='/account/logout']");

        var id = await site.QueryAsync(db => db.Users.Where(u => u.UserName == "shi07").Select(u => u.Id).SingleAsync());
        var acts = await site.QueryAsync(db => db.Audit.Where(a => a.UserId == id).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());
        Assert.Equal(["sign-in-failed", "sign-in", "create-token", "revoke-token", "export-cases", "change-password", "sign-out"], acts);
        Assert.True(await site.QueryAsync(db => db.Audit.AnyAsync(a => a.UserName == "nobody.here" && a.UserId == null && a.Action == "sign-in-failed")));

        var inspector = await site.SignInAsync("jijian");
        var page = await inspector.GetAsync("/admin/audit?account=shi07");
        foreach (var words in new[] { "登录失败", "新建 API 令牌", "停用 API 令牌", "导出申报项目", "修改密码", "退出登录" })
        {
            Assert.Contains(words, page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Download_OfAnAttachment_IsRecorded()
    {
        var file = await site.QueryAsync(db => db.Attachments.Join(db.Applications, f => f.CaseId, a => a.Id, (f, a) => new { f.Id, f.CaseId, f.FileName, a.SubmittedAt })
            .FirstAsync(f => f.SubmittedAt != null));
        var officer = await site.SignInAsync("jingban");
        using var answer = await officer.Http.GetAsync(new Uri($"/cases/{file.CaseId}/files/{file.Id}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var about = file.CaseId.ToString("N");
        Assert.Equal(file.FileName, await site.QueryAsync(db => db.Audit.Where(a => a.Action == "download-attachment" && a.ObjectId == about).Select(a => a.Detail).SingleAsync()));
    }

    [Fact]
    public async Task List_Filters_NarrowAndPageByKey()
    {
        await site.Host.InScopeAsync(async (_, db) =>
        {
            for (var i = 0; i < 120; i++)
            {
                db.Audit.Add(Events.Make(new DateTime(2024, 5, 1 + (i % 2), 3, 0, 0, DateTimeKind.Utc), "filter-test"));
            }

            return await db.SaveChangesAsync();
        });
        var admin = await site.SignInAsync("admin");

        var first = await admin.GetAsync("/admin/audit?act=filter-test&from=2024-05-01&to=2024-05-01");
        Assert.Equal(50, first.QuerySelectorAll("tbody tr").Length);
        var next = await admin.GetAsync(new Uri(new Uri(first.Url), first.QuerySelector("a[rel=next]")!.GetAttribute("href")!).PathAndQuery);
        Assert.Equal(10, next.QuerySelectorAll("tbody tr").Length);
        Assert.Null(next.QuerySelector("a[rel=next]"));
        Assert.Contains("没有符合条件的记录", (await admin.GetAsync("/admin/audit?object=SDYQ-0000")).Text(), StringComparison.Ordinal);
        Assert.Contains("没有符合条件的记录", (await admin.GetAsync("/admin/audit?from=2024-05-03&to=2024-05-04")).Text(), StringComparison.Ordinal);
        var turned = await admin.GetAsync("/admin/audit?from=2024-05-04&to=2024-05-03");
        Assert.Equal(HttpStatusCode.BadRequest, turned.StatusCode);
        Assert.Contains("止日不能早于起日", turned.QuerySelector("#To-error")!.TextContent, StringComparison.Ordinal);
        using var sheet = await admin.Http.GetAsync(new Uri("/admin/audit?handler=Export&act=filter-test", UriKind.Relative));
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.Content.Headers.ContentType!.MediaType);
        Assert.Equal("120 条", await site.QueryAsync(db => db.Audit.Where(a => a.Action == "export-audit").OrderByDescending(a => a.Id).Select(a => a.Detail).FirstAsync()));
    }
}
