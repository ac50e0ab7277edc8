using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Tables;
using Applications.Testing;
using Applications.Web.Tests.Features.Administration;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;

namespace Applications.Web.Tests.Features.Tables;

/// <summary>Rows of a table: moved and copied without scripts, out to a spreadsheet, and in from one after a look by line and column.</summary>
public sealed class TablePageTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Fact]
    public async Task RowButtons_WithoutScripts_MoveCopyAndRemoveWhatWasTyped()
    {
        var (host, draft, owner) = await DraftAsync();
        var page = await owner.GetAsync($"/cases/{draft.CaseId}/edit/equipment");
        var before = await NamesAsync(host, draft);
        var second = page.QuerySelectorAll("#equipment [data-rows-body] > tr")[1];

        page = await owner.PostAsync(page, "form.card", (second.QuerySelector("[value^='up:']")!.GetAttribute("name")!, second.QuerySelector("[value^='up:']")!.GetAttribute("value")!));
        Assert.Equal([before[1], before[0], .. before[2..]], await NamesAsync(host, draft));

        var first = page.QuerySelectorAll("#equipment [data-rows-body] > tr")[0];
        var name = first.QuerySelector("input.input")!.GetAttribute("name")!;
        page = await owner.PostAsync(page, "form.card", (name, "改过又复制的"), (RowAction.ButtonName, first.QuerySelector("[value^='copy:']")!.GetAttribute("value")!));
        Assert.Equal(["改过又复制的", "改过又复制的", before[0], .. before[2..]], await NamesAsync(host, draft));

        await owner.PostAsync(page, "form.card", (RowAction.ButtonName, page.QuerySelector("#equipment [value^='remove:']")!.GetAttribute("value")!));
        Assert.Equal(["改过又复制的", before[0], .. before[2..]], await NamesAsync(host, draft));
    }

    [Fact]
    public async Task Sheet_OfAnEmptyTable_HasHeadingsUnitsAndWhatMayStandThere()
    {
        var (host, draft, owner) = await DraftAsync();
        await host.InScopeAsync(async (_, db) =>
        {
            var application = await db.Applications.SingleAsync(a => a.Id == draft.CaseId);
            var answers = Answers.Parse(application.Answers);
            answers["equipment"] = new System.Text.Json.Nodes.JsonArray();
            application.SaveAnswers(answers.ToJson(), "test", application.CreatedAt);
            return await db.SaveChangesAsync();
        });

        using var sheet = new MemoryStream(await owner.Http.GetByteArrayAsync(new Uri($"/cases/{draft.CaseId}/tables/equipment?handler=Sheet", UriKind.Relative)));

        var lines = sheet.Query().Cast<IDictionary<string, object?>>().ToList();
        Assert.Single(lines);
        Assert.Contains("购置日期", lines[0].Values);
        Assert.Contains(lines[0].Values, h => h?.ToString()!.EndsWith("（万元）", StringComparison.Ordinal) == true);
        var help = sheet.Query(sheetName: "填写说明").Cast<IDictionary<string, object?>>().Select(r => string.Join(' ', r.Values)).ToList();
        Assert.Contains(help, h => h.Contains("购置日期 是 日期，例如 2024-05-31", StringComparison.Ordinal));
        Assert.Contains(help, h => h.Contains("数字，单位万元", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_WithFaults_NamesLineAndColumnInWordsAndTakesNothing()
    {
        var (host, draft, owner) = await DraftAsync();
        var before = await NamesAsync(host, draft);
        var rows = await ExportedAsync(owner, draft);
        rows[0]["购置日期"] = "去年买的";
        rows[1][Money(rows)] = "很贵";
        rows[1]["购置日期"] = "2199-01-01";

        var looked = await SendAsync(owner, draft, rows, append: false);

        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        var faults = looked.QuerySelectorAll("table:has(caption) tbody tr").Select(r => (r.Children[0].TextContent, r.Children[1].TextContent, r.Children[2].TextContent, r.Children[3].TextContent)).ToList();
        Assert.Contains(("E2", "购置日期", "去年买的", "购置日期应为日期，例如 2024-05-31。"), faults);
        Assert.Contains(faults, f => f.Item1 == "D3" && f.Item2 == Money(rows) && f.Item4.Contains("应为数字", StringComparison.Ordinal));
        Assert.Contains(("E3", "购置日期", "2199-01-01", "购置日期不能晚于今天。"), faults);
        Assert.Null(looked.QuerySelector("form[action*=Take]"));
        Assert.Equal(before, await NamesAsync(host, draft));
    }

    [Fact]
    public async Task Import_Sound_AppendsOrReplacesAfterBeingLookedAt()
    {
        var (host, draft, owner) = await DraftAsync();
        var before = await NamesAsync(host, draft);
        var rows = (await ExportedAsync(owner, draft))[..2];
        var heading = rows[0].Keys.First();
        rows[0][heading] = "导入的仪器甲";
        rows[1][heading] = "导入的仪器乙";
        rows[0]["购置日期"] = new DateTime(2024, 5, 31);
        rows[1]["购置日期"] = "2024年6月1日";

        var looked = await SendAsync(owner, draft, rows, append: true);
        Assert.Contains("可以导入：2 行", looked.Text(), StringComparison.Ordinal);
        Assert.Equal(before, await NamesAsync(host, draft));
        var done = await owner.PostAsync(looked, "form[action*=Take]");
        Assert.Contains("已导入 2 行", done.Text(), StringComparison.Ordinal);
        Assert.Equal([.. before, "导入的仪器甲", "导入的仪器乙"], await NamesAsync(host, draft));
        Assert.Equal(["2024-05-31", "2024-06-01"], (await RowsAsync(host, draft)).TakeLast(2).Select(r => r["boughtOn"]!.GetValue<string>()));

        done = await owner.PostAsync(await SendAsync(owner, draft, rows, append: false), "form[action*=Take]");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(["导入的仪器甲", "导入的仪器乙"], await NamesAsync(host, draft));
    }

    [Fact]
    public async Task Import_AfterAColleagueSaved_IsRefusedAndTakesNothing()
    {
        var (host, draft, owner) = await DraftAsync();
        var rows = await ExportedAsync(owner, draft);
        var looked = await SendAsync(owner, draft, rows, append: true);
        await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).ExecuteUpdateAsync(s => s.SetProperty(a => a.Version, Guid.NewGuid())));

        var refused = await owner.PostAsync(looked, "form[action*=Take]");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(rows.Count, (await RowsAsync(host, draft)).Count);
    }

    [Fact]
    public async Task Import_NoSpreadsheetOtherHeadingsOrAForeignTicket_SaysWhatToDo()
    {
        var (_, draft, owner) = await DraftAsync();

        var broken = await SendAsync(owner, draft, "这不是表格"u8.ToArray(), append: true);
        var other = await SendAsync(owner, draft, [new Dictionary<string, object?> { ["名字"] = "甲" }], append: true);
        var nothing = await owner.PostAsync(await owner.GetAsync($"/cases/{draft.CaseId}/tables/equipment"), "form[enctype]");

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], [broken.StatusCode, other.StatusCode, nothing.StatusCode]);
        Assert.Contains("不是有效的 Excel", broken.Text(), StringComparison.Ordinal);
        Assert.Contains("没有找到要导入的工作表", other.Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"/cases/{draft.CaseId}/tables/centreName")).StatusCode);
        var looked = await SendAsync(owner, draft, await ExportedAsync(owner, draft), append: true);
        var forged = await owner.PostAsync(looked, "form[action*=Take]", ("Ticket", new string('a', 64)));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains("表格已失效", forged.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CodeList_LookedUp_IsFoundByWordsAndKeptByTheBrowser()
    {
        var (_, _, owner) = await DraftAsync();

        var page = await owner.GetAsync("/lists/industries?q=变压器&under=C&under=I65");
        Assert.Contains("C3821", page.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/lists/unknown")).StatusCode);

        var identity = await owner.GetAsync("/enterprise/identity");
        var address = identity.QuerySelector("[data-code-list]")!.GetAttribute("data-code-list")!;
        using var answer = await owner.Http.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("变压器、整流器和电感器制造", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Matches("^C\\d{4} ", identity.QuerySelector("[data-code-list]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Identity_WithAnIndustryByName_IsStoredAsCode_AndAnUnknownOneIsRefusedAtTheField()
    {
        var (host, draft, owner) = await DraftAsync();
        var page = await owner.GetAsync("/enterprise/identity");

        var refused = await owner.PostAsync(page, "form[data-unsaved]", ("Input.Industry", "C38"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("应选到小类", refused.QuerySelector(".field.has-error")!.TextContent, StringComparison.Ordinal);

        var saved = await owner.PostAsync(page, "form[data-unsaved]", ("Input.Industry", "C3821 变压器、整流器和电感器制造"));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal("C3821", await host.InScopeAsync(async (_, db) => (await db.Enterprises.AsNoTracking().SingleAsync(e => e.Id == draft.EnterpriseId)).Profile.Industry));
    }

    private async Task<(AppHost Host, Draft Draft, FormClient Owner)> DraftAsync()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        return (host, draft, await FormClient.SignInAsync(host, draft.UserName));
    }

    private static async Task<IReadOnlyList<System.Text.Json.Nodes.JsonObject>> RowsAsync(AppHost host, Draft draft) =>
        Answers.Parse(await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.Answers).SingleAsync())).Rows("equipment");

    private static async Task<List<string>> NamesAsync(AppHost host, Draft draft) => [.. (await RowsAsync(host, draft)).Select(r => r["name"]!.GetValue<string>())];

    private static string Money(List<Dictionary<string, object?>> rows) => rows[0].Keys.First(k => k.EndsWith("（万元）", StringComparison.Ordinal));

    private static async Task<List<Dictionary<string, object?>>> ExportedAsync(FormClient owner, Draft draft)
    {
        using var sheet = new MemoryStream(await owner.Http.GetByteArrayAsync(new Uri($"/cases/{draft.CaseId}/tables/equipment?handler=Sheet", UriKind.Relative)));
        return [.. sheet.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().Select(r => new Dictionary<string, object?>(r))];
    }

    private static async Task<IDocument> SendAsync(FormClient owner, Draft draft, List<Dictionary<string, object?>> rows, bool append)
    {
        using var sheet = new MemoryStream();
        await sheet.SaveAsAsync(rows);
        return await SendAsync(owner, draft, sheet.ToArray(), append);
    }

    private static async Task<IDocument> SendAsync(FormClient owner, Draft draft, byte[] file, bool append)
    {
        var page = await owner.GetAsync($"/cases/{draft.CaseId}/tables/equipment");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("form[enctype] [name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(append ? "true" : "false"), "Append" },
        };
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        content.Add(part, "Upload", "equipment.xlsx");
        return await owner.SendAsync($"/cases/{draft.CaseId}/tables/equipment", content);
    }
}
