using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.BadInput;

/// <summary>Uploads through a real socket: the in-memory server knows no limits of a body.</summary>
public sealed class UploadTests(UploadTests.Server server) : IClassFixture<UploadTests.Server>
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF\n");

    [Fact]
    public async Task Upload_ProperFile_IsKeptAndShown()
    {
        var (client, draft, page) = await PageAsync();

        var answer = await UploadAsync(client, page, "creditReport", "信用报告.pdf", Pdf);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("信用报告.pdf", answer.QuerySelector("#creditReport")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(draft, "信用报告.pdf"));
    }

    [Fact]
    public async Task Upload_ProgramNamedPdf_IsRefusedAtTheField()
    {
        var (client, draft, page) = await PageAsync();

        var answer = await UploadAsync(client, page, "creditReport", "报告.pdf", [.. "MZ"u8, .. new byte[2000]]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("内容与扩展名不符", answer.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(draft, "报告.pdf"));
    }

    [Theory]
    [InlineData("程序.exe", "类型不在允许范围内")]
    [InlineData("无扩展名", "类型不在允许范围内")]
    public async Task Upload_KindNotAccepted_IsRefusedAtTheField(string name, string words)
    {
        var (client, _, page) = await PageAsync();

        var answer = await UploadAsync(client, page, "creditReport", name, Pdf);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, answer.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_EmptyFile_IsRefusedAtTheField()
    {
        var (client, _, page) = await PageAsync();

        var answer = await UploadAsync(client, page, "creditReport", "空.pdf", []);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("空.pdf", answer.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_NothingChosen_IsRefusedInWords()
    {
        var (client, _, page) = await PageAsync();
        var form = page.QuerySelectorAll("form").First(f => f.QuerySelector("[name=field][value=creditReport]") is not null);
        form.Id = "here";

        var answer = await client.PostAsync(page, "#here");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("请先选择要上传的文件", answer.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(51)]
    [InlineData(60)]
    [InlineData(90)]
    public async Task Upload_FarTooLarge_IsRefusedInWordsOnAPage(int megabytes)
    {
        var (client, draft, page) = await PageAsync();
        var large = new byte[megabytes * 1024 * 1024];
        Pdf.CopyTo(large, 0);

        var answer = await UploadAsync(client, page, "creditReport", "很大.pdf", large);

        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, answer.StatusCode.ToString());
        Assert.Contains("50 MB", answer.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(answer.QuerySelector("h1"));
        Assert.Equal(0, await CountAsync(draft, "很大.pdf"));
    }

    [Fact]
    public async Task Upload_ManyAtOnceOneWrong_KeepsTheGoodOnes()
    {
        var (client, draft, page) = await PageAsync();

        var answer = await UploadAsync(client, page, "ipCertificates", [("一.pdf", Pdf), ("二.pdf", [.. "MZ"u8, .. new byte[100]])]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("二.pdf", answer.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(draft, "一.pdf"));
    }

    [Fact]
    public async Task Save_OneFieldOfFiveMegabytes_IsRefusedInWords()
    {
        var (client, _, _) = await PageAsync("centre");
        var page = await client.GetAsync(Path);

        var answer = await client.PostAsync(page, "form.card", ("mechanism", new string('a', 5 * 1024 * 1024)));

        Assert.True((int)answer.StatusCode is >= 400 and < 500, answer.StatusCode.ToString());
        Assert.NotNull(answer.QuerySelector("h1"));
    }

    [Fact]
    public async Task Save_TwoThousandRows_KeepsThemAndSaysTheyAreTooMany()
    {
        var (client, draft, _) = await PageAsync("equipment");
        var page = await client.GetAsync(Path);
        var rows = Enumerable.Range(0, 2000).SelectMany(i => new (string, string)[]
        {
            ("equipment.index", $"q{i}"), ($"equipment[q{i}].name", $"设备{i}"), ($"equipment[q{i}].quantity", "1"), ($"equipment[q{i}].unitPrice", "1.5"),
            ($"equipment[q{i}].boughtOn", "2024-01-01"), ($"equipment[q{i}].invoiceNo", $"{i:00000000}"),
        });

        var answer = await client.PostAsync(page, "form.card", [.. rows]);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("500", answer.QuerySelector("#equipment .field-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("设备1999", ((IHtmlInputElement)answer.QuerySelector("[name='equipment[q1999].name']")!).Value);
        var stored = await server.Host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.Answers).SingleAsync());
        Assert.Contains("设备1999", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_FarTooLarge_IsAProblem()
    {
        var draft = (await Drafts.MakeAsync(server.Host, 1))[0];
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", draft.Token);
        var large = new byte[90 * 1024 * 1024];
        using var content = new MultipartFormDataContent { { new ByteArrayContent(large), "file", "很大.pdf" } };

        using var answer = await http.PostAsync(new Uri($"/api/v1/applications/{draft.CaseId}/files?field=creditReport", UriKind.Relative), content);

        Assert.True((int)answer.StatusCode is >= 400 and < 500, answer.StatusCode.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private string Path { get; set; } = string.Empty;

    private async Task<(FormClient Client, Draft Draft, IDocument Page)> PageAsync(string section = "attachments")
    {
        var draft = (await Drafts.MakeAsync(server.Host, 1))[0];
        await server.Host.InScopeAsync((_, db) => db.Attachments.Where(a => a.CaseId == draft.CaseId && a.FieldKey == "creditReport").ExecuteDeleteAsync());
        var client = await FormClient.SignInAsync(server.Address, draft.UserName);
        Path = $"/cases/{draft.CaseId}/edit/{section}";
        return (client, draft, await client.GetAsync(Path));
    }

    private Task<int> CountAsync(Draft draft, string name) =>
        server.Host.InScopeAsync((_, db) => db.Attachments.CountAsync(a => a.CaseId == draft.CaseId && a.FileName == name));

    private Task<IDocument> UploadAsync(FormClient client, IDocument page, string field, string name, byte[] content) =>
        UploadAsync(client, page, field, [(name, content)]);

    private async Task<IDocument> UploadAsync(FormClient client, IDocument page, string field, (string Name, byte[] Content)[] files)
    {
        var form = page.QuerySelectorAll("form").First(f => f.QuerySelector($"[name=field][value={field}]") is not null);
        using var content = new MultipartFormDataContent();
        foreach (var input in form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]"))
        {
            content.Add(new StringContent(input.Value), $"\"{input.Name}\"");
        }

        foreach (var (name, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"files\"", FileName = $"\"{name}\"", FileNameStar = name };
            content.Add(part);
        }

        return await client.SendAsync($"{Path}?handler=Upload", content);
    }

    /// <summary>The host behind a real Kestrel.</summary>
    public sealed class Server : IAsyncLifetime
    {
        public AppHost Host { get; private set; } = null!;

        public Uri Address { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = new AppHost(await TestDatabases.CreateAsync(TestDatabases.Sqlite));
            Host.UseKestrel(0);
            Host.StartServer();
            Address = Host.ClientOptions.BaseAddress;
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
