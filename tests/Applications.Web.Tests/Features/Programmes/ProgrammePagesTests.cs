using System.Net;
using Applications.Testing;

namespace Applications.Web.Tests.Features.Programmes;

/// <summary>The rules of a programme, as a division has to confirm them.</summary>
public sealed class ProgrammePagesTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Theory]
    [InlineData("", "待核", "缺省")]
    [InlineData("?edition=2020-37", "鲁工信技〔2020〕37号 认定条件第2项", "原文")]
    public async Task Page_OfAnEdition_NamesClauseAndTagOfEveryRule(string edition, string clause, string tag)
    {
        var officer = await FormClient.SignInAsync(await hosts.GetAsync(), "jingban");

        var page = await officer.GetAsync($"/admin/programmes/one-enterprise-one-technology{edition}");

        var row = page.QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("td")!.TextContent == "P2-2");
        Assert.Contains(clause, row.TextContent, StringComparison.Ordinal);
        Assert.Equal(tag, row.QuerySelector(".tag")!.TextContent);
        Assert.Contains("所属行业代码、软件著作权、专利", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_UnknownProgramme_IsNotFound()
    {
        var officer = await FormClient.SignInAsync(await hosts.GetAsync(), "jingban");

        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync("/admin/programmes/another")).StatusCode);
    }
}
