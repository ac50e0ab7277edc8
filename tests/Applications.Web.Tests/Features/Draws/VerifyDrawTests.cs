using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Applications.Domain.Reviews.Draws;
using Applications.Testing;

namespace Applications.Web.Tests.Features.Draws;

/// <summary>The page that draws again from a file.</summary>
public sealed class VerifyDrawTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private static readonly DrawRecord Record = ExpertDraw.Run(
        new DrawRequest
        {
            Number = "CQ-1",
            Title = "核验",
            Rules = new DrawRules(),
            Panels = [new PanelRequest { Key = "1", Title = "第一组", Size = 3 }],
        },
        [.. Enumerable.Range(1, 9).Select(i => new DrawCandidate { Id = $"e{i}", Name = $"专家{i}", Employer = $"单位{i}", CityCode = "370100" })],
        ExpertDraw.NewSeed(),
        string.Empty,
        new DateTime(2026, 5, 6, 4, 0, 0, DateTimeKind.Utc));

    [Fact]
    public async Task Verify_RecordAsDownloaded_HoldsInEveryCheck()
    {
        var page = await UploadAsync(DrawRecordJson.Write(Record), Record.Commitment.Digest);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("核验一致", page.QuerySelector("#outcome h2")!.TextContent);
        Assert.Equal(["一致", "一致", "一致", "一致", "一致", "不适用"], page.QuerySelectorAll("td .tag").Select(t => t.TextContent.Trim()));
    }

    [Fact]
    public async Task Verify_OneByteAltered_SaysWhat()
    {
        var page = await UploadAsync(DrawRecordJson.Write(Record).Replace("专家3", "专家4", StringComparison.Ordinal), null);

        Assert.Contains("处不符", page.QuerySelector("#outcome h2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("专家库快照的摘要", page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("只查写法", page.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        var again = page.QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("th")!.TextContent == "重新抽取");
        Assert.Contains("是否与记录相同", again.TextContent, StringComparison.Ordinal);
        Assert.DoesNotMatch("e[0-9]\\)", again.TextContent);
    }

    [Fact]
    public async Task Verify_WithoutThePublishedDigest_SaysThatThisWasNotCompared()
    {
        var page = await UploadAsync(DrawRecordJson.Write(Record), null);

        Assert.Equal("记录自身一致；未与事先公布的承诺摘要核对", page.QuerySelector("#outcome h2")!.TextContent);
        Assert.Contains("未核", page.QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("th")!.TextContent == "事先公布的承诺").TextContent, StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("pre"), p => Assert.NotNull(p.Closest("details:not([open])")));
    }

    [Theory]
    [InlineData(null, null, "请选择抽取记录文件")]
    [InlineData("{}", "abc", "承诺摘要是 64 位")]
    public async Task Verify_NotWhatIsAskedFor_IsRefusedAtTheField(string? file, string? digest, string words)
    {
        var page = await UploadAsync(file, digest);

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains(words, page.QuerySelector(".field-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NoRecordAtAll_IsSaidInWords()
    {
        var page = await UploadAsync("%PDF-1.4", null);

        Assert.Contains("不是完整的抽取记录。第 1 行第 1 个字符处", page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qiye02")]
    [InlineData("shi01")]
    [InlineData("zhuanjia01")]
    public async Task Verify_OutsideTheDepartment_IsClosed(string user)
    {
        var client = await FormClient.SignInAsync(await hosts.GetAsync(), user);

        Assert.Null((await client.GetAsync("/draws/verify")).QuerySelector("[name=Record]"));
    }

    private async Task<IDocument> UploadAsync(string? json, string? digest)
    {
        var client = await FormClient.SignInAsync(await hosts.GetAsync(), "jijian");
        var token = ((IHtmlInputElement)(await client.GetAsync("/draws/verify")).QuerySelector("main [name=__RequestVerificationToken]")!).Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent(digest ?? string.Empty), "Digest" } };
        if (json is not null)
        {
            var file = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            file.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            form.Add(file, "Record", "抽取记录.json");
        }

        return await client.SendAsync("/draws/verify", form);
    }
}
