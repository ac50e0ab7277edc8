using System.Net;
using Applications.Domain.Experts;
using Applications.Testing;
using Applications.Web.Features.Experts.Import;
using Applications.Web.Tests.Features.Administration;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;

namespace Applications.Web.Tests.Features.Experts;

/// <summary>A table of experts is looked at by row and column, and taken over whole or not at all; how often each is drawn is counted.</summary>
public sealed class ImportTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Fact]
    public async Task Import_WithFaults_NamesRowAndColumnAndTakesNobody()
    {
        var host = await hosts.GetAsync();
        var office = await FormClient.SignInAsync(host, "zhuanjiaku");

        var answer = await SendAsync(office, [Row("导入甲"), Row("导入乙", ("出生年份", "七五年"), ("手机号码", "123")), Row("导入甲")]);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([("B3", "出生年份"), ("R3", "手机号码"), ("A4", "姓名")], answer.QuerySelectorAll("tbody tr").Select(r => (r.Children[0].TextContent, r.Children[1].TextContent)));
        Assert.Contains("七五年", answer.Text(), StringComparison.Ordinal);
        Assert.Null(answer.QuerySelector("form[action*=Take]"));
        Assert.False(await host.InScopeAsync((_, db) => db.Experts.AnyAsync(e => e.Name.StartsWith("导入"))));
    }

    [Fact]
    public async Task Import_Sound_TakesAllInWithTheirApproval()
    {
        var host = await hosts.GetAsync();
        var office = await FormClient.SignInAsync(host, "zhuanjiaku");
        var looked = await SendAsync(office, [Row("林批甲"), Row("林批乙", ("所在市", "省外"), ("入库条件", "专业人员"), ("执业资格", "注册会计师"))]);
        Assert.Contains("可以导入：2 人", looked.Text(), StringComparison.Ordinal);

        var done = await office.PostAsync(looked, "form[action*=Take]", ("Approval", "鲁工信法规〔2026〕1号"));

        Assert.Contains("已导入 2 名专家", done.Text(), StringComparison.Ordinal);
        var taken = await host.InScopeAsync((_, db) => db.Experts.AsNoTracking().Where(e => e.Name.StartsWith("林批")).OrderBy(e => e.Name).ToListAsync());
        Assert.All(taken, e => Assert.Equal((ExpertStatus.InPool, "批量导入"), (e.Status, e.Source)));
        Assert.Equal(["000000", "370100"], taken.Select(e => e.CityCode).Order(StringComparer.Ordinal));
        Assert.Equal("138****8000", taken[0].Secrets.Phone!.Mask);
        Assert.Contains("重复", (await SendAsync(office, [Row("林批甲")])).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NoSpreadsheetOrOtherHeadings_SaysWhatToDo()
    {
        var host = await hosts.GetAsync();
        var office = await FormClient.SignInAsync(host, "zhuanjiaku");

        var broken = await SendAsync(office, "这不是表格"u8.ToArray());
        var other = await SendAsync(office, [new Dictionary<string, object?> { ["名字"] = "甲" }]);

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], [broken.StatusCode, other.StatusCode]);
        Assert.Contains("不是有效的 Excel", broken.Text(), StringComparison.Ordinal);
        Assert.Contains("没有找到要导入的工作表“专家”", other.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_OfTheDemonstration_CountsRoundsOnceAndNamesThoseNeverDrawn()
    {
        var host = await hosts.GetAsync();
        var year = await host.InScopeAsync((_, db) => db.Reviews.OrderBy(r => r.AssignedAt).Select(r => r.AssignedAt.Year).FirstAsync());
        var page = await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/experts/use?year={year}");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.NotNull(page.QuerySelector("svg.chart"));
        var first = page.QuerySelector("svg.chart desc")!.TextContent.Split('；')[0];
        var expected = await host.InScopeAsync(async (_, db) => (await db.Reviews.Select(r => new { r.ExpertId, r.BatchId, r.Round }).Distinct().ToListAsync()).GroupBy(r => r.ExpertId).Max(g => g.Count()));
        Assert.EndsWith($" {expected} 场", first, StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> Row(string name, params (string Heading, string Value)[] changes)
    {
        var row = ImportSheet.Columns.ToDictionary(c => c.Heading, c => (object?)c.Example);
        (row["姓名"], row["工作单位"]) = (name, $"{name}的单位");
        foreach (var (heading, value) in changes)
        {
            row[heading] = value;
        }

        return row;
    }

    private static async Task<AngleSharp.Dom.IDocument> SendAsync(FormClient client, IReadOnlyList<Dictionary<string, object?>> rows)
    {
        using var sheet = new MemoryStream();
        await sheet.SaveAsAsync(rows);
        return await SendAsync(client, sheet.ToArray());
    }

    private static Task<AngleSharp.Dom.IDocument> SendAsync(FormClient client, byte[] file) => client.UploadAsync("/experts/import", file);
}
