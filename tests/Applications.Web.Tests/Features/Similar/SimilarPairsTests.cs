using System.Net;
using Applications.Data.Similarity;
using Applications.Testing;
using Applications.Web.Infrastructure.Workbooks;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Similar;

/// <summary>All pairs that share words, in one list for the department: filtered, by key, handed out as a file, judged where they stand.</summary>
public sealed class SimilarPairsTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task List_OfPairs_IsFilteredSortedAndPagedByKey(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (batch, names) = await SetAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");
        async Task<List<string>> ListAsync(string terms)
        {
            var all = new List<string>();
            for (var next = $"/similar?batch={batch}&{(terms.Contains("least", StringComparison.Ordinal) ? terms : $"least=0&{terms}")}"; next is not null;)
            {
                var page = await officer.GetAsync(next);
                Assert.Equal(HttpStatusCode.OK, page.StatusCode);
                all.AddRange(page.QuerySelectorAll("tbody tr td:nth-child(3)").Select(c => c.TextContent));
                next = page.QuerySelector("p.actions a[href*='after=']")?.GetAttribute("href");
            }

            return all;
        }

        var every = await ListAsync("");
        Assert.Equal(60, every.Count);
        Assert.Equal(every.OrderByDescending(p => int.Parse(p.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture)), every);
        var usual = (await officer.GetAsync($"/similar?batch={batch}")).QuerySelectorAll("tbody tr td:nth-child(3)").Select(c => c.TextContent).ToList();
        Assert.Equal(every.Where(p => int.Parse(p.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture) >= 30), usual);
        Assert.Equal(60, (await ListAsync("newest=true")).Count);
        Assert.Equal(every.Count(p => int.Parse(p.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture) >= 50), (await ListAsync("least=50")).Count);
        Assert.Equal(61, (await ListAsync("withOwn=true")).Count);
        Assert.Equal(3, (await ListAsync("verdict=Suspected")).Count);
        Assert.Equal(2, (await ListAsync("verdict=Reasonable")).Count);
        Assert.Equal(55, (await ListAsync("verdict=Open")).Count);
        Assert.Equal(2, (await ListAsync($"q={Uri.EscapeDataString(names[1])}")).Count);

        var file = await officer.Http.GetByteArrayAsync(new Uri($"/similar?handler=Export&batch={batch}&least=0&verdict=Suspected", UriKind.Relative));
        var rows = WorkbookReader.Read(new MemoryStream(file)).Sheets[0].Rows;
        Assert.Equal(4, rows.Count);
        Assert.All(rows.Skip(1), r => Assert.Superset(new HashSet<string> { "疑似重复", "照抄", "王经办" }, r.Cells.Values.Select(c => c.Text).ToHashSet()));
        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Audit.CountAsync(a => a.Action == "export-similar")));
    }

    [Fact]
    public async Task List_ForOthersThanTheDepartment_IsClosed()
    {
        var host = await hosts.GetAsync();
        foreach (var user in new[] { "shi01", "qiye01", "zhuanjia01", "admin" })
        {
            Assert.Null((await (await FormClient.SignInAsync(host, user)).GetAsync("/similar")).QuerySelector("form.filter"));
        }
    }

    [Fact]
    public async Task Case_WithJudgedPairs_SaysSoToTheDepartmentOnly()
    {
        var host = await hosts.GetAsync();
        var (_, _) = await SetAsync(host);
        var (caseId, cityId) = await host.InScopeAsync(async (_, db) =>
        {
            var id = await db.SimilarPairs.Where(p => p.Verdict == SimilarityVerdict.Suspected).Select(p => p.CaseId).FirstAsync();
            db.CaseTexts.Add(new CaseText { CaseId = id, Round = 1, Characters = 1, Marks = [], IndexedAt = DateTime.UtcNow, ComparedAt = DateTime.UtcNow });
            await db.SaveChangesAsync();
            return (id, await db.Applications.Where(a => a.Id == id).Select(a => a.CityId).SingleAsync());
        });
        var city = await host.InScopeAsync((_, db) => db.Users.Where(u => u.Role == "city" && u.ScopeId == cityId).Select(u => u.UserName!).FirstAsync());

        Assert.Contains("疑似重复 1 件", (await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync($"/cases/{caseId}")).QuerySelector("#similar")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("疑似重复", (await (await FormClient.SignInAsync(host, city)).GetAsync($"/cases/{caseId}")).QuerySelector("#similar")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>A case that resembles sixty others and one of its own, in the open batch.</summary>
    private static async Task<(Guid Batch, IReadOnlyList<string> Names)> SetAsync(AppHost host)
    {
        var cases = await Drafts.MakeAsync(host, 61, submit: true);
        return await host.InScopeAsync(async (_, db) =>
        {
            await db.SimilarPairs.ExecuteDeleteAsync();
            for (var i = 1; i <= 60; i++)
            {
                var judged = i <= 5;
                db.SimilarPairs.Add(new SimilarPair
                {
                    CaseId = cases[i].CaseId,
                    OtherId = cases[i - 1].CaseId,
                    Round = 1,
                    OtherRound = 1,
                    IsOwn = false,
                    Share = i * 100,
                    Characters = 100 + i,
                    FoundAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i),
                    Verdict = judged ? (i <= 3 ? SimilarityVerdict.Suspected : SimilarityVerdict.Reasonable) : null,
                    Word = judged ? "照抄" : null,
                    JudgedByName = judged ? "王经办" : null,
                    JudgedAt = judged ? new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc) : null,
                });
            }

            db.SimilarPairs.Add(new SimilarPair { CaseId = cases[1].CaseId, OtherId = cases[60].CaseId, Round = 1, OtherRound = 1, IsOwn = true, Share = 9000, Characters = 9, FoundAt = DateTime.UnixEpoch });
            await db.SaveChangesAsync();
            var ids = cases.Select(c => c.EnterpriseId).ToList();
            var names = await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name);
            return (cases[0].BatchId, (IReadOnlyList<string>)[.. cases.Select(c => names[c.EnterpriseId]).Reverse()]);
        });
    }
}
