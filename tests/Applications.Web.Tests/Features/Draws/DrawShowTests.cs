using Applications.Domain.Reviews.Draws;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Draws;

/// <summary>A finished draw as it is read: the printed record, why him, why not him.</summary>
public sealed class DrawShowTests
{
    [Fact]
    public async Task Record_OfADraw_NamesEmployersAndOffersThePrintButton()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (draw, record, employers) = await DrawnAsync(host);
        var page = await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync($"/draws/{draw.Id}/record");

        var seats = page.QuerySelectorAll("[aria-label$=席位] td[data-label=单位]").Select(c => c.TextContent).ToList();
        var excluded = page.QuerySelectorAll("[aria-label=未参加抽取的专家] tbody tr").Select(r => (r.QuerySelector("th")!.TextContent, r.QuerySelector("[data-label=原因]")!.TextContent)).ToList();
        Assert.NotEmpty(excluded);
        Assert.Equal(DrawAbsences.Excluded(record).Select(e => (e.Expert.Name, e.Text)), excluded);
        Assert.Equal(record.Panels[0].Seats.Select(s => employers[s.ExpertId]), seats);
        Assert.DoesNotContain("信用代码", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(employers[record.Panels[0].Reserves[0].ExpertId], page.QuerySelector("td[data-label=备选]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("打印", page.QuerySelector("button[data-print]")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector($"a[href='/draws/verify?Digest={draw.Commitment!.Digest}']"));
        var verify = await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync($"/draws/verify?Digest={draw.Commitment.Digest}");
        Assert.Equal(draw.Commitment.Digest, verify.QuerySelector("[name=Digest]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Show_WhyHim_TellsChanceEmployerCityAndSpecialityAndTheWitness()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (draw, record, employers) = await DrawnAsync(host);
        var page = await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync($"/draws/{draw.Id}");

        var choices = System.Numerics.BigInteger.Parse(record.Panels[0].Choices, System.Globalization.CultureInfo.InvariantCulture).ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
        var member = record.MembersOf(draw.Groups[0].Key).First(m => record.Request.Panels[0].Appointed.All(a => a.ExpertId != m.Id));
        var row = page.QuerySelectorAll(".link-list li").Single(l => l.TextContent.Contains(employers[member.Id], StringComparison.Ordinal)).TextContent;
        Assert.Contains($"以相等概率从 {choices} 种合规组合中抽出", row, StringComparison.Ordinal);
        Assert.Contains(member.Specialities[0] + " ", row, StringComparison.Ordinal);
        Assert.DoesNotContain("中等概率", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(record.Witness, page.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_WhyNotHim_ListsThoseLeftOutByReasonAndFindsByEmployer()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (draw, record, employers) = await DrawnAsync(host);
        var head = await FormClient.SignInAsync(host, "chuzhang");
        var key = draw.Groups[0].Key;
        var absent = DrawAbsences.Of(record, key);
        var page = await head.GetAsync($"/draws/{draw.Id}");

        foreach (var kind in absent.CountBy(a => a.Kind))
        {
            var link = page.QuerySelector($"#absent-{key} a[href*='Why={kind.Key}']")!;
            Assert.Contains($"{kind.Value} 人", link.ParentElement!.TextContent, StringComparison.Ordinal);
            var listed = (await head.GetAsync(link.GetAttribute("href")!)).QuerySelectorAll($"#absent-{key} tbody tr");
            var expected = absent.Where(a => a.Kind == kind.Key).Take(30).ToList();
            Assert.Equal(expected.Select(a => a.Text), listed.Select(r => r.QuerySelector("td")!.TextContent));
            Assert.All(expected.Zip(listed), p => Assert.Contains(p.First.Expert.Name, p.Second.TextContent, StringComparison.Ordinal));
        }

        var wanted = absent[0].Expert;
        var found = await head.GetAsync($"/draws/{draw.Id}?Panel={key}&Q={Uri.EscapeDataString(employers[wanted.Id])}");
        Assert.Contains(found.QuerySelectorAll($"#absent-{key}[open] tbody tr"), r => r.TextContent.Contains(wanted.Name, StringComparison.Ordinal));
        Assert.All(found.QuerySelectorAll($"#absent-{key} tbody tr"), r => Assert.Contains(employers[wanted.Id], r.TextContent, StringComparison.Ordinal));
        Assert.Contains("没有符合条件的", (await head.GetAsync($"/draws/{draw.Id}?Panel={key}&Q=查无此人")).QuerySelector($"#absent-{key}")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>A draw that a witness spoke at, its record, and the employer of each expert by name.</summary>
    private static Task<(PanelDraw Draw, DrawRecord Record, Dictionary<string, string> Employers)> DrawnAsync(AppHost host) => host.InScopeAsync(async (_, db) =>
    {
        var (draw, record) = (await db.Draws.AsNoTracking().Where(d => d.Record != null).OrderBy(d => d.Number).ToListAsync()).Select(d => (d, DrawRecordJson.Read(d.Record!))).First(d => d.Item2.Witness.Length > 0);
        return (draw, record, await db.Experts.AsNoTracking().ToDictionaryAsync(e => e.Id.ToString("N"), e => e.Employer));
    });
}
