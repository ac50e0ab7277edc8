using System.Globalization;
using System.Net;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Definitions;

/// <summary>What the pages of versions say, and that a rehearsal leaves no trace.</summary>
public sealed class DefinitionPagesTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Fact]
    public async Task Show_Counts_AreThoseOfTheDatabase()
    {
        var host = await hosts.GetAsync();
        var (stage, count, batch, ofBatch) = await host.InScopeAsync(async (_, db) =>
        {
            var own = db.Applications.Where(a => a.Result == null && db.Batches.Any(b => b.Id == a.BatchId && b.CaseDefinitionId == NextVersion.First));
            var most = await own.GroupBy(a => a.Stage).Select(g => new { g.Key, Count = g.Count() }).OrderByDescending(g => g.Count).FirstAsync();
            var first = await own.Where(a => a.Stage == most.Key).Select(a => a.BatchId).FirstAsync();
            return (most.Key, most.Count, first, await db.Applications.CountAsync(a => a.Result == null && a.Stage == most.Key && a.BatchId == first));
        });
        var officer = await FormClient.SignInAsync(host, "jingban");

        var all = await officer.GetAsync($"/admin/definitions/{NextVersion.First}");
        var one = await officer.GetAsync($"/admin/definitions/{NextVersion.First}?Batch={batch}");

        Assert.Equal(count, CountAt(all, stage));
        Assert.Equal(ofBatch, CountAt(one, stage));
        Assert.Contains($"{count} 件", all.QuerySelector("svg.flow desc")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(all.QuerySelectorAll("form.confirm-panel"));

        static int CountAt(AngleSharp.Dom.IDocument page, string stage) => int.Parse(
            page.QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("th .code")?.TextContent == stage).QuerySelector("td:last-child")!.TextContent, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Compare_TwoVersions_ShowsDifferencesInPictureAndList()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        await PublishTests.UploadAsync(host, NextVersion.Make(2).Title("formalCheck", "线上形式审查").Input("formalCheck", "dueDays", 8).Rename("tally", "sumUp").Json(), "2.json");
        var inspector = await FormClient.SignInAsync(host, "jijian");

        var page = await inspector.GetAsync($"/admin/definitions/{NextVersion.Workflow}.v2/compare");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(page.QuerySelectorAll("svg.flow .node.removed title"), t => t.TextContent == "汇总得分：删除");
        Assert.Contains(page.QuerySelectorAll("svg.flow .node.added .mark text"), t => t.TextContent == "＋");
        Assert.Equal(2, page.QuerySelectorAll("svg.flow .node.changed").Length);
        var row = page.QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("th .code")?.TextContent == "formalCheck").TextContent;
        Assert.Contains("时限（工作日）：10", row, StringComparison.Ordinal);
        Assert.Contains("时限（工作日）：8", row, StringComparison.Ordinal);
        Assert.Contains("名称：线上形式审查", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_OnlyVersion_SaysSo()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");

        var page = await officer.GetAsync("/admin/definitions/one-enterprise-one-technology.batch.v2/compare");

        Assert.Contains("没有可比较的版本", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearsal_Season_LeavesNoTraceAndComesOutTheSame()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");
        var before = await RowsAsync(host);
        var path = $"/admin/definitions/rehearsal?Flow={NextVersion.First}&Cases=120&Start=2027-03-01&Seed=5&FilingDays=30&RecommendationDays=15";

        var season = (await officer.GetAsync(path)).QuerySelector("main")!;
        var again = (await officer.GetAsync(path)).QuerySelector("main")!;
        var slower = (await officer.GetAsync(path + "&Days[county]=12")).QuerySelector("main")!;

        Assert.Contains("没有写入任何数据", season.TextContent, StringComparison.Ordinal);
        Assert.Contains("120 件走到结束", season.TextContent, StringComparison.Ordinal);
        Assert.Contains("评审专家共", season.QuerySelector("svg.weeks desc")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(season.TextContent, again.TextContent);
        Assert.NotEqual(season.TextContent, slower.TextContent);

        // Whoever knows better how often a step ends otherwise says so.
        var strict = (await officer.GetAsync(path + "&Odds[formalCheck:NotAccept]=100&Odds[formalCheck:Supplement]=0&Odds[draft:Discard]=0")).QuerySelector("main")!;
        Assert.Contains("不予受理", strict.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(strict.QuerySelectorAll("dt"), d => d.TextContent is "已认定" or "未入选");
        Assert.Equal(before, await RowsAsync(host));
    }

    [Theory]
    [InlineData("Cases=0", "申报件数应在 1 至 2000 之间")]
    [InlineData("Cases=2001", "申报件数应在 1 至 2000 之间")]
    [InlineData("Cases=many", "不能识别")]
    [InlineData("Start=2019-12-31", "2020 年至 2096 年")]
    [InlineData("Start=", "2020 年至 2096 年")]
    [InlineData("FilingDays=400", "申报天数应在")]
    [InlineData("Odds[formalCheck:NotAccept]=101", "比例应为 0 至 100 的整数")]
    [InlineData("Odds[formalCheck:NotAccept]=90", "合计为 115%，不能超过 100%")]
    [InlineData("RecommendationDays=-1", "推荐天数应在")]
    [InlineData("Seed=99999999999999999999", "不能识别")]
    [InlineData("Flow=unheard-of", "请选择要推演的流程版本")]
    [InlineData("Flow=one-enterprise-one-technology.batch.v2", "请选择要推演的流程版本")]
    [InlineData("Flow=one-enterprise-one-technology.form.v1", "请选择要推演的流程版本")]
    [InlineData("Days[city]=-3", "办理天数应在")]
    [InlineData("Days[city]=lots", "办理天数应在")]
    public async Task Rehearsal_BadInput_IsToldAtItsField(string bad, string words)
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");
        Dictionary<string, string> fields = new() { ["Flow"] = NextVersion.First, ["Cases"] = "10", ["Start"] = "2027-03-01", ["Seed"] = "1" };
        var split = bad.Split('=');
        fields[split[0]] = split[1];

        var page = await officer.GetAsync($"/admin/definitions/rehearsal?{string.Join('&', fields.Select(f => $"{f.Key}={f.Value}"))}");

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains(words, page.QuerySelector(".field-error, .error-summary")!.ParentElement!.TextContent + page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private static Task<string> RowsAsync(AppHost host) => host.InScopeAsync(async (_, db) => string.Join(
        ',',
        await db.Applications.CountAsync(), await db.WorkItems.CountAsync(), await db.Journal.CountAsync(), await db.Outbox.CountAsync(), await db.Mails.CountAsync(),
        await db.Timers.CountAsync(), await db.Counters.SumAsync(c => c.Value), await db.Quotas.SumAsync(q => q.Used), await db.Certificates.CountAsync(), await db.Batches.CountAsync()));
}
