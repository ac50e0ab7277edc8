using System.Globalization;
using System.Net;
using Applications.Domain.Reviews;
using Applications.Domain.Rubrics;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Reviews;

/// <summary>评分分析: beside the result, never instead of it.</summary>
public sealed class AnalysisPageTests
{
    [Fact]
    public async Task Page_ASheetFarOff_IsFlaggedNamedAndChangesNoResult()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (batch, file, before) = await host.InScopeAsync(async (_, db) =>
        {
            var one = await db.Applications.AsNoTracking().Where(a => a.Score != null && db.Reviews.Count(r => r.CaseId == a.Id && r.Total != null) >= 5).OrderBy(a => a.Number).FirstAsync();
            var sheet = await db.Reviews.Where(r => r.CaseId == one.Id && r.Total != null).OrderBy(r => r.Id).FirstAsync();
            await db.Reviews.Where(r => r.Id == sheet.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Total, 2000));
            return (one.BatchId, (one.EnterpriseName, Sheet: sheet.ExpertName, Totals: await db.Reviews.Where(r => r.CaseId == one.Id && r.Round == sheet.Round && r.Total != null).Select(r => r.Total!.Value).ToListAsync()), await ScoresAsync(db, one.BatchId));
        });
        var officer = await FormClient.SignInAsync(host, "jingban");

        var page = await officer.GetAsync($"/admin/batches/{batch}/scores");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var row = page.QuerySelectorAll("caption").Single(c => c.TextContent.Contains("全部项目", StringComparison.Ordinal)).Closest("table")!
            .QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("th")!.TextContent.Contains(file.EnterpriseName, StringComparison.Ordinal));
        Assert.Contains("极差", row.TextContent, StringComparison.Ordinal);
        Assert.Equal((ScoreTally.Tally(file.Totals).Mean / 100m).ToString("0.00", CultureInfo.InvariantCulture), row.QuerySelector("[data-label=得分]")!.TextContent);
        var look = page.QuerySelectorAll("#queue li").First(l => l.TextContent.Contains("单份评分偏离", StringComparison.Ordinal));
        Assert.Contains(file.Sheet, look.TextContent, StringComparison.Ordinal);
        Assert.Contains(file.EnterpriseName, look.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await host.InScopeAsync((_, db) => ScoresAsync(db, batch)));

        // The same sheets give the same page; another line, or one that is no number, is answered.
        Assert.Equal(page.QuerySelector("main")!.TextContent, (await officer.GetAsync($"/admin/batches/{batch}/scores")).QuerySelector("main")!.TextContent);
        Assert.Contains("前 1 名", (await officer.GetAsync($"/admin/batches/{batch}/scores?Places=1")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.GetAsync($"/admin/batches/{batch}/scores?Places=many")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/admin/batches/{batch}/scores?Round=unheard-of")).StatusCode);
    }

    [Fact]
    public async Task Queue_WhatAPersonFoundOut_IsKeptBesideTheScores()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.Overdue);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var path = $"/admin/batches/{batch}/scores";
        var (page, other) = (await officer.GetAsync(path), await officer.GetAsync(path));
        var (before, waiting) = (await host.InScopeAsync((_, db) => ScoresAsync(db, batch)), page.QuerySelectorAll("#queue li").Count(l => l.TextContent.Contains("待核实", StringComparison.Ordinal)));
        var pair = page.QuerySelectorAll("#queue li").First(l => l.TextContent.Contains("两人评分雷同", StringComparison.Ordinal));
        Assert.True(pair.QuerySelectorAll("tbody tr").Length >= 5);
        var key = pair.QuerySelector("[name=Key]")!.GetAttribute("value")!;
        var form = $"form:has([name=Key][value='{key}'])";

        var empty = await officer.PostAsync(page, form, ("Verdict", ""), ("Note", " "));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal(2, empty.QuerySelectorAll($"details[open] {form} .field-error").Length);
        var done = await officer.PostAsync(page, form, ("Verdict", "Referred"), ("Note", "两人承认商量过分数"));

        Assert.Contains("已记录核实结论：移送纪检监察", done.Body!.TextContent, StringComparison.Ordinal);
        var kept = done.QuerySelectorAll("#queue li").Single(l => l.QuerySelector("[name=Key]")!.GetAttribute("value") == key);
        Assert.Contains("两人承认商量过分数", kept.TextContent, StringComparison.Ordinal);
        Assert.Equal(waiting - 1, done.QuerySelectorAll("#queue li").Count(l => l.TextContent.Contains("待核实", StringComparison.Ordinal)));
        Assert.Equal(before, await host.InScopeAsync((_, db) => ScoresAsync(db, batch)));
        Assert.Equal(("Referred", "两人承认商量过分数"), await host.InScopeAsync((_, db) => db.AnomalyFindings.Where(f => f.BatchId == batch && f.Key == key).Select(f => new ValueTuple<string, string>(f.Verdict.ToString(), f.Note)).SingleAsync()));

        // A page from before somebody concluded does not overwrite it; those who only read have no form.
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PostAsync(other, form, ("Verdict", "Explained"), ("Note", "没有问题"))).StatusCode);
        var inspector = await (await FormClient.SignInAsync(host, "jijian")).GetAsync(path);
        Assert.Contains("移送纪检监察", inspector.QuerySelector("#queue")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(inspector.QuerySelectorAll("#queue form"));
    }

    [Fact]
    public async Task Queue_AChangePastTheDeadline_IsInIt()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.Overdue);
        await host.InScopeAsync(async (_, db) =>
        {
            var sheet = await db.Reviews.Where(r => r.BatchId == batch && r.FormerTotal != null && r.Total != null).OrderBy(r => r.Id).FirstAsync();
            await db.Reviews.Where(r => r.Id == sheet.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.FormerTotal, sheet.Total - 900));
            var seat = sheet.ExpertId.ToString("N");
            return await db.WorkItems.Where(w => w.CaseId == sheet.CaseId && w.Participant == seat).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, sheet.LockedAt!.Value.AddHours(-1)));
        });

        var page = await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/admin/batches/{batch}/scores");

        Assert.Contains(page.QuerySelectorAll("#queue li"), l => l.TextContent.Contains("截止后将评分由", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_BeforeAnySheetIsLocked_SaysWhatComes()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await host.InScopeAsync((_, db) => db.Batches.Where(b => !db.Reviews.Any(r => r.BatchId == b.Id && r.State == ReviewState.Locked)).Select(b => b.Id).FirstAsync());

        var page = await (await FormClient.SignInAsync(host, "jijian")).GetAsync($"/admin/batches/{batch}/scores");

        Assert.Contains("还没有锁定的评分", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<string> ScoresAsync(Applications.Data.ApplicationsDbContext db, Guid batch) =>
        string.Join(',', (await db.Applications.AsNoTracking().Where(a => a.BatchId == batch).OrderBy(a => a.Id).ToListAsync()).Select(a => $"{a.Score}{a.ScoreFlagged}{a.Version}"));
}
