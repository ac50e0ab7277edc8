using System.Globalization;
using System.Net;
using Applications.Domain.Calendars;
using Applications.Domain.Workflow;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Draws;

/// <summary>Rounds that wait for experts: found from the lists, told why not before the press, and asked for with a day that seals the names.</summary>
public sealed class WaitingRoundTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Theory]
    [InlineData("/draws", "/draws/new")]
    [InlineData("/assignments", "/assignments/new")]
    public async Task List_WithRoundsWaiting_LeadsToTheRequestOfThoseThatAreReady(string list, string request)
    {
        var host = await hosts.GetAsync();
        var (ready, behind) = await BatchesAsync(host);
        var rounds = (await (await FormClient.SignInAsync(host, "jingban")).GetAsync(list)).QuerySelector("[aria-labelledby=rounds]")!;

        Assert.NotNull(rounds.QuerySelector($"a[href='{request}?BatchId={ready}']"));
        Assert.Null(rounds.QuerySelector($"a[href='{request}?BatchId={behind}']"));
        Assert.NotNull(rounds.QuerySelector($"a[href='/admin/batches/{behind}']"));
        Assert.Contains("未完成形式审查", rounds.TextContent, StringComparison.Ordinal);
        Assert.Null((await (await FormClient.SignInAsync(host, "jijian")).GetAsync(list)).QuerySelector("[aria-labelledby=rounds]"));
    }

    [Fact]
    public async Task Batch_WithFilesStillChecked_NamesThemInsteadOfTheButton()
    {
        var host = await hosts.GetAsync();
        var (ready, behind) = await BatchesAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var unfinished = await host.InScopeAsync((_, db) => db.Applications.Where(a => a.BatchId == behind && a.Result == null && a.Stage != "awaitReview").Select(a => new { a.Id, a.StageTitle }).ToListAsync());

        foreach (var path in new[] { $"/admin/batches/{behind}", $"/draws/new?BatchId={behind}", $"/assignments/new?BatchId={behind}" })
        {
            var page = await officer.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Null(page.QuerySelector($"a[href='/draws/new?BatchId={behind}']"));
            var links = page.QuerySelectorAll("main a[href^='/cases/']").Select(a => a.GetAttribute("href")).ToList();
            Assert.NotEmpty(links);
            Assert.All(links, l => Assert.Contains(unfinished, u => l == $"/cases/{u.Id}"));
        }

        Assert.NotNull((await officer.GetAsync($"/admin/batches/{ready}")).QuerySelector($"a[href='/draws/new?BatchId={ready}']"));
    }

    [Theory]
    [InlineData("/draws/new")]
    [InlineData("/assignments/new")]
    public async Task Request_Opened_ProposesADayThatSealsTheNames(string path)
    {
        var host = await hosts.GetAsync();
        var (ready, _) = await BatchesAsync(host);

        var form = await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"{path}?BatchId={ready}");

        var expected = WorkCalendar.BuiltIn.AddWorkingDays(ChinaTime.Today(TimeProvider.System), 3);
        Assert.Equal(expected.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), form.QuerySelector("[name='Form.SessionOn']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task AssignmentRequest_Opened_DerivesTheMostFromFilesAndPool()
    {
        var host = await hosts.GetAsync();
        var (ready, _) = await BatchesAsync(host);

        var form = await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/assignments/new?BatchId={ready}");

        Assert.Equal("5", form.QuerySelector("[name='Form.MostLoad']")!.GetAttribute("value"));
        Assert.Contains("建议 5 件", form.QuerySelector("#order")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 5, 60, 5)]
    [InlineData(500, 5, 100, 38)]
    [InlineData(5000, 5, 600, 63)]
    [InlineData(10, 3, 0, 45)]
    public void LoadShare_OfFilesAndPool_LeavesHalfAsMuchAgain(int files, int perFile, int experts, int most) =>
        Assert.Equal(most, new Applications.Web.Features.Assignments.Request.LoadShare(files, perFile, experts).Most);

    /// <summary>A batch that can be asked for, and one whose files are still being checked.</summary>
    private static async Task<(Guid Ready, Guid Behind)> BatchesAsync(AppHost host) => (
        await PlantedBatches.FindAsync(host, PlantedBatches.ReadyForDefence),
        await host.InScopeAsync((_, db) => db.WorkItems.Where(w => w.Task == Tasks.AssignPanel && w.ClosedAt == null && w.CaseId == null && db.Applications.Any(a => a.BatchId == w.BatchId && a.Stage == "formalCheck")).Select(w => w.BatchId).FirstAsync()));
}
