using System.Net;
using System.Text;
using Applications.Data.Workflow;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;
using Applications.Testing;
using Applications.Web.Tests.Features.Administration;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features;

/// <summary>What the demonstration has to show without hours of work, and that it came about as in real use.</summary>
public sealed class DemonstrationTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Fact]
    public async Task OverdueBatch_Opened_ShowsSilenceSubstitutionAvoidanceAndWhatTheScreenFinds()
    {
        var host = await hosts.GetAsync();
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.Overdue);
        var officer = await FormClient.SignInAsync(host, "jingban");

        var silent = await officer.GetAsync($"/admin/batches/{batch}/silent");
        var experts = silent.QuerySelectorAll("section[aria-labelledby^=expert-]").ToList();
        Assert.Equal(3, experts.Count);
        Assert.All(experts, e => Assert.Contains("逾期", e.QuerySelector("h2")!.TextContent, StringComparison.Ordinal));
        Assert.Equal(silent.QuerySelectorAll("form[action*=Replace]").Length, experts.Sum(e => e.QuerySelectorAll("form[action*=Replace]").Length));

        var scores = (await officer.GetAsync($"/admin/batches/{batch}/scores")).Text();
        Assert.Contains("22 个", scores, StringComparison.Ordinal);
        Assert.Contains("单份评分偏离", scores, StringComparison.Ordinal);
        Assert.Contains("两人评分雷同", scores, StringComparison.Ordinal);
        Assert.Contains("锁定后修改的评分 2 份", scores, StringComparison.Ordinal);
        Assert.Contains("极差", scores, StringComparison.Ordinal);

        await host.InScopeAsync(async (_, db) =>
        {
            var assignment = await db.Assignments.AsNoTracking().SingleAsync(a => a.BatchId == batch);
            var change = Assert.Single(AssignmentRecordJson.Read(assignment.Record!).Changes);
            Assert.True(change is { Out: not null, In: not null });
            Assert.Empty(AssignmentVerifier.Verify(Encoding.UTF8.GetBytes(assignment.Record!)).Findings);
            Assert.Single(await db.Reviews.Where(r => r.BatchId == batch && r.State == ReviewState.Declined).ToListAsync());
            Assert.Equal(2, (await db.Applications.AsNoTracking().Where(a => a.BatchId == batch).ToListAsync()).Count(a => a.Avoidances.Count > 0));
            Assert.All(
                (await db.Journal.AsNoTracking().Where(j => db.Applications.Any(a => a.Id == j.SubjectId && a.BatchId == batch)).OrderBy(j => j.Sequence).ToListAsync()).GroupBy(j => j.SubjectId),
                story => Assert.Null(Journal.FirstBroken([.. story])));
            return true;
        });
    }

    [Fact]
    public async Task AssignmentToApprove_Planted_WaitsOnTheHeadsDeskAndCounts()
    {
        var host = await hosts.GetAsync();
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.AssignmentToApprove);
        var (id, record) = await host.InScopeAsync((_, db) => db.Assignments.Where(a => a.BatchId == batch && a.State == AssignmentState.Requested).Select(a => new ValueTuple<Guid, string>(a.Id, a.Record!)).SingleAsync());

        var desk = await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync("/desk");

        Assert.NotNull(desk.QuerySelector($"[aria-labelledby=assignments] a[href='/assignments/{id}']"));
        Assert.Equal(desk.QuerySelectorAll(".desk-row").Length, int.Parse(desk.QuerySelector(".figure dd")!.FirstChild!.TextContent, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(AssignmentVerifier.Verify(Encoding.UTF8.GetBytes(record)).Findings);
    }

    [Fact]
    public async Task Rounds_Planted_LeaveMoreThanOneToAskFor()
    {
        var page = await (await FormClient.SignInAsync(await hosts.GetAsync(), "jingban")).GetAsync("/draws");
        Assert.True(page.QuerySelectorAll("[aria-labelledby=rounds] a[href^='/draws/new']").Length >= 3);
    }

    [Fact]
    public async Task Ratings_WhileSheetsAreOpen_AreRefusedAndThePageSaysWhy()
    {
        var host = await hosts.GetAsync();
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.Overdue);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await officer.GetAsync($"/admin/batches/{batch}/ratings");
        var rows = page.QuerySelectorAll(".rating-sheet tbody tr").ToList();
        var open = rows.FindIndex(r => r.TextContent.Contains("未完成", StringComparison.Ordinal));
        var done = rows.FindIndex(r => !r.TextContent.Contains("未完成", StringComparison.Ordinal));

        Assert.Contains("评审未结束", rows[open].TextContent, StringComparison.Ordinal);
        Assert.Null(rows[open].QuerySelector($"[name='Rows[{open}].Points']"));
        var refused = await officer.PostAsync(page, "main form", ($"Rows[{open}].Points", "90"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("没有完成", refused.Text(), StringComparison.Ordinal);
        Assert.Contains("已保存 1 条", (await officer.PostAsync(page, "main form", ($"Rows[{done}].Points", "90"))).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RatedBatch_Planted_HasARatingForEverybodyWhoJudged()
    {
        var host = await hosts.GetAsync();
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.Rated);
        var experts = await host.InScopeAsync(async (_, db) => (await db.Experts.AsNoTracking().Where(e => db.Reviews.Any(r => r.BatchId == batch && r.ExpertId == e.Id)).ToListAsync()).ConvertAll(e => e.Ratings.Single(r => r.BatchId == batch)));
        Assert.Equal(5, experts.Count);
        Assert.Contains(experts, r => r.Points < 60 && r.Note.Length > 0);
    }

    [Fact]
    public async Task SealedAssignment_ReadByTheOfficer_TellsNothingThatThePoolWouldTurnIntoAName()
    {
        var host = await hosts.GetAsync();
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.AssignmentToApprove);
        var (id, json) = await host.InScopeAsync((_, db) => db.Assignments.Where(a => a.BatchId == batch && a.State == AssignmentState.Requested).Select(a => new ValueTuple<Guid, string>(a.Id, a.Record!)).SingleAsync());
        var record = AssignmentRecordJson.Read(json);
        var file = $"/assignments/{id}/files/{Guid.ParseExact(record.Snapshot.Files[0].Id, "N")}";
        var (officer, head) = (await FormClient.SignInAsync(host, "jingban"), await FormClient.SignInAsync(host, "chuzhang"));

        var page = await officer.GetAsync($"/assignments/{id}");
        var kinds = record.Snapshot.Experts.Select(e => e.Category).ToHashSet();
        Assert.All(page.QuerySelectorAll("td[data-label=情况]"), c => Assert.Contains(c.TextContent.Trim(), kinds));
        Assert.DoesNotContain("相符", (await officer.GetAsync(file)).Text(), StringComparison.Ordinal);
        Assert.Contains("相符", (await head.GetAsync(file)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_AfterAChangeByHand_NoLongerClaimsWhatWasAskedFor()
    {
        var host = await hosts.GetAsync();
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.AssignmentToApprove);
        var record = AssignmentRecordJson.Read(await host.InScopeAsync((_, db) => db.Assignments.Where(a => a.BatchId == batch && a.State == AssignmentState.Requested).Select(a => a.Record!).SingleAsync()));
        var before = new AssignmentReport(record);
        var file = Enumerable.Range(0, record.Snapshot.Files.Count).First(f => before.Hindrances(f, before.Assigned[f][0], null, e => $"{e}").Count == 0);

        var after = new AssignmentReport(before.Change(new AssignmentChange(file, before.Assigned[file][0], null, "试", "某", DateTime.UnixEpoch), e => $"{e}"));

        Assert.DoesNotContain(before.Checks(), c => c.ByHand);
        Assert.True(after.Checks().Single(c => c.Name == "每件专家人数") is { ByHand: true, Holds: true });
    }
}
