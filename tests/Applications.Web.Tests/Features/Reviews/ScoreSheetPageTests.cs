using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Applications.Domain.Reviews;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Reviews;

/// <summary>An expert at a sheet: what is wrong is told all at once, suggestions never overwrite, a locked sheet leads on.</summary>
public sealed class ScoreSheetPageTests
{
    private const string Opinion = "研发投入持续增长，成果转化情况良好，数据与审计报告一致，建议予以支持；不足之处是高层次人才偏少，应继续引进。";

    [Fact]
    public async Task Sheet_WithSeveralFaults_TellsEachAtItsFieldAtOnceAndKeepsWhatWasTyped()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (expert, page, reviewId) = await OpenAsync(host);
        var fields = Fields(page);

        var refused = await expert.PostAsync(page, "form[action*=Score]", (fields[0].Name!, "99"), (fields[1].Name!, "两分"), (fields[2].Name!, "1.3"), ("action", "lock"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var after = Fields(refused);
        Assert.Equal(["99", "两分", "1.3"], after.Take(3).Select(f => f.Value));
        string Told(int field) => after[field].Closest(".field")!.QuerySelector(".field-error")!.TextContent;
        string Title(int field) => after[field].Closest(".criterion")!.QuerySelector("h3")!.FirstChild!.TextContent.Trim();
        Assert.Contains($"“{Title(0)}”应在 0 至 2 分之间，现为 99 分", Told(0), StringComparison.Ordinal);
        Assert.Contains($"“{Title(1)}”填写的“两分”不是数字，请填 0 至 4 分", Told(1), StringComparison.Ordinal);
        Assert.Contains($"“{Title(2)}”以 0.5 分为一档", Told(2), StringComparison.Ordinal);
        Assert.All(Enumerable.Range(3, after.Count - 3), i => Assert.Contains($"请为“{Title(i)}”打分", Told(i), StringComparison.Ordinal));
        Assert.Contains("合计（尚未保存）", refused.QuerySelector("[data-total]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("{}", (await ReadAsync(host, reviewId)).Scores);
    }

    [Fact]
    public async Task Suggestions_FillOnlyWhatIsEmpty_AndSayHowMany()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (expert, page, reviewId) = await OpenAsync(host);
        var suggestible = page.QuerySelectorAll(".criterion:has([data-adopt]) input").Cast<IHtmlInputElement>().ToList();
        var own = suggestible[0];
        Assert.NotEqual("0.5", own.Closest(".criterion")!.QuerySelector("[data-adopt]")!.GetAttribute("data-adopt"));

        var filled = await expert.PostAsync(page, "form[action*=Score]", (own.Name!, "0.5"), ("action", "suggest"));

        Assert.Contains($"已在 {suggestible.Count - 1} 个空白项填入建议分", filled.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("0.5", Fields(filled).Single(f => f.Name == own.Name).Value);
        Assert.All(
            filled.QuerySelectorAll(".criterion:has([data-adopt])").Where(c => c.QuerySelector("input")!.GetAttribute("name") != own.Name),
            c => Assert.Equal(c.QuerySelector("[data-adopt]")!.GetAttribute("data-adopt"), ((IHtmlInputElement)c.QuerySelector("input")!).Value));
        var kept = JsonSerializer.Deserialize<Dictionary<string, int>>((await ReadAsync(host, reviewId)).Scores)!;
        Assert.Equal(50, kept[own.Name!["Scores[".Length..^1]]);

        var again = await expert.PostAsync(filled, "form[action*=Score]", ("action", "suggest"));
        Assert.Contains("没有空白的项可填", again.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_ShowsTheTotalAndTheNextFile()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (expert, page, reviewId) = await OpenAsync(host);
        var values = Fields(page).Select(f => (f.Name!, "1")).ToList();

        var locked = await expert.PostAsync(page, "form[action*=Score]", [.. values, ("Comment", Opinion), ("action", "lock")]);

        var review = await ReadAsync(host, reviewId);
        Assert.Equal(ReviewState.Locked, review.State);
        Assert.Contains($"合计 {review.Total!.Value / 100m:0.##} 分", locked.Body!.TextContent, StringComparison.Ordinal);
        var next = locked.QuerySelectorAll("a").Single(a => a.TextContent.StartsWith("评下一个：", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await expert.GetAsync(next.GetAttribute("href")!)).StatusCode);
        Assert.DoesNotContain(review.CaseId.ToString(), next.GetAttribute("href")!, StringComparison.Ordinal);
        Assert.NotNull(locked.QuerySelector("form[action*=Reopen]"));

        var list = await expert.GetAsync("/reviews?State=Locked");
        Assert.All(list.QuerySelectorAll("tbody tr"), row => Assert.Contains("已锁定", row.TextContent, StringComparison.Ordinal));
        Assert.Contains(list.QuerySelectorAll("tbody tr"), row => row.QuerySelector($"a[href*='{review.CaseId}']") is not null && row.TextContent.Contains($"{review.Total!.Value / 100m:0.##}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sheet_HasTheFileBesideIt()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (expert, page, reviewId) = await OpenAsync(host);
        var review = await ReadAsync(host, reviewId);
        var (name, files) = await host.InScopeAsync(async (_, db) => (
            await db.Applications.Where(a => a.Id == review.CaseId).Select(a => a.EnterpriseName).SingleAsync(),
            await db.Attachments.CountAsync(a => a.CaseId == review.CaseId && a.RemovedAt == null)));

        var file = page.QuerySelector("#filed")!;

        Assert.Contains(name, file.QuerySelector(".dl-pairs")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(file.QuerySelectorAll("table tbody tr"));
        Assert.Equal(files, file.QuerySelectorAll(".files > li").Length);
        Assert.Equal(HttpStatusCode.OK, (await expert.Http.GetAsync(new Uri(file.QuerySelector(".files a")!.GetAttribute("href")!, UriKind.Relative))).StatusCode);
        Assert.Empty(file.QuerySelectorAll("input, textarea, select"));
    }

    [Fact]
    public async Task Conflict_FoundWhileScoring_FreesTheSeat()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (expert, page, reviewId) = await OpenAsync(host);

        var empty = await expert.PostAsync(page, "form[action*=Declare]", ("conflict", "true"), ("Reason", ""));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        await expert.PostAsync(empty, "form[action*=Declare]", ("conflict", "true"), ("Reason", "核对附件时发现为本人指导过的项目"));

        var review = await ReadAsync(host, reviewId);
        Assert.Equal((ReviewState.Declined, "核对附件时发现为本人指导过的项目"), (review.State, review.ConflictReason));

        // The audit tells the two declarations apart.
        var about = review.CaseId.ToString("N");
        var (number, acts) = await host.InScopeAsync(async (_, db) => (
            await db.Applications.Where(a => a.Id == review.CaseId).Select(a => a.Number!).SingleAsync(),
            await db.Audit.Where(a => a.ObjectId == about && a.UserName == review.ExpertName).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
        Assert.Equal(["declare-free", "step-aside"], acts);
        var rows = (await (await FormClient.SignInAsync(host, "jijian")).GetAsync($"/admin/audit?object={number}&account={Uri.EscapeDataString(review.ExpertName)}")).QuerySelectorAll("tbody td[data-label=操作]").Select(t => t.TextContent.Trim());
        Assert.Equal(["专家声明回避", "专家声明无利害关系"], rows);
    }

    private static List<IHtmlInputElement> Fields(IDocument page) => [.. page.QuerySelectorAll("input[name^='Scores[']").Cast<IHtmlInputElement>()];

    private static Task<Review> ReadAsync(AppHost host, Guid id) => host.InScopeAsync((_, db) => db.Reviews.AsNoTracking().SingleAsync(r => r.Id == id));

    /// <summary>An untouched sheet of an expert who has more than one file, declared free of conflict.</summary>
    private static async Task<(FormClient Expert, IDocument Page, Guid Review)> OpenAsync(AppHost host)
    {
        var (id, user, review) = await host.InScopeAsync(async (_, db) =>
        {
            var one = await (
                from r in db.Reviews
                join u in db.Users on (Guid?)r.ExpertId equals u.ScopeId
                join b in db.Batches on r.BatchId equals b.Id
                where b.ProgrammeKey == "one-enterprise-one-technology" && r.State == ReviewState.Assigned
                    && db.Reviews.Count(o => o.ExpertId == r.ExpertId && o.State == ReviewState.Assigned) > 1
                orderby r.Id
                select new { r.CaseId, u.UserName, r.Id }).FirstAsync();
            return (one.CaseId, one.UserName!, one.Id);
        });
        var expert = await FormClient.SignInAsync(host, user);
        return (expert, await expert.PostAsync(await expert.GetAsync($"/reviews/{id}"), "form[action*=Declare]", ("conflict", "false")), review);
    }
}
