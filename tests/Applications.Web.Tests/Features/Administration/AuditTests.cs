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
    public async Task Objects_AreNamedAndFoundAndLinked()
    {
        var (expert, draw, meeting, batch) = await site.QueryAsync(async db => (
            await db.Experts.Where(e => db.Users.Any(u => u.UserName == "zhuanjia33" && u.ScopeId == e.Id)).Select(e => new { e.Id, e.Name }).SingleAsync(),
            await db.Draws.Select(d => new { d.Id, d.Number }).FirstAsync(), await db.Meetings.Select(m => new { m.Id, m.Number }).FirstAsync(), await db.Batches.Select(b => new { b.Id, b.Name }).FirstAsync()));
        await site.QueryAsync(async db =>
        {
            foreach (var (kind, id) in new[] { ("expert", expert.Id), ("draw", draw.Id), ("meeting", meeting.Id), ("batch", batch.Id), ("expert", Guid.Parse("01a2252c000070008000000000beef42")) })
            {
                db.Audit.Add(new Domain.Trail.AuditEvent { At = new DateTime(2023, 5, 1, 3, 0, 0, DateTimeKind.Utc), UserName = "某人", Role = "pool", Action = "named-test", ObjectType = kind, ObjectId = id.ToString("N") });
            }

            return await db.SaveChangesAsync();
        });
        var inspector = await site.SignInAsync("jijian");
        var all = await inspector.GetAsync("/admin/audit?act=named-test");

        Assert.Equal(
            ["专家 …00beef42", $"批次 {batch.Name}", $"评审会议 {meeting.Number}", $"专家抽取 {draw.Number}", $"专家 {expert.Name}"],
            all.QuerySelectorAll("tbody td[data-label=对象]").Select(t => t.TextContent.Trim()));
        Assert.Equal(
            [$"/admin/batches/{batch.Id}", $"/meetings/{meeting.Id}", $"/draws/{draw.Id}", $"/experts/{expert.Id}"], all.QuerySelectorAll("tbody a").Select(a => a.GetAttribute("href")));
        foreach (var text in new[] { expert.Name, draw.Number, meeting.Number, batch.Name })
        {
            Assert.Contains(text, Assert.Single((await inspector.GetAsync($"/admin/audit?act=named-test&object={Uri.EscapeDataString(text)}")).QuerySelectorAll("tbody tr")).TextContent, StringComparison.Ordinal);
        }

        // From the expert's card to what was done about him.
        var card = await inspector.GetAsync($"/experts/{expert.Id}");
        var about = await inspector.GetAsync(card.QuerySelector("#acts a")!.GetAttribute("href")!);
        Assert.All(about.QuerySelectorAll("tbody td[data-label=对象]"), t => Assert.Contains(expert.Name, t.TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(about.QuerySelectorAll("tbody tr"));
        Assert.Null((await (await site.SignInAsync("zhuanjiaku")).GetAsync($"/experts/{expert.Id}")).QuerySelector("a[href^='/admin/audit']"));

        // The administrator reads names, without links to pages that are not his.
        var admin = await (await site.SignInAsync("admin")).GetAsync("/admin/audit?act=named-test");
        Assert.Contains(expert.Name, admin.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(admin.QuerySelectorAll("tbody a"));
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
        Assert.Contains("同意专家入库", first.QuerySelectorAll("#Act optgroup[label=专家库] option").Select(o => o.TextContent));
        Assert.Contains("登录", first.QuerySelectorAll("#Act optgroup[label=账号] option").Select(o => o.TextContent));
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
