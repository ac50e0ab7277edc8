using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Files;

/// <summary>Uploads in parts as the page's script sends them: gaps, repeats, cuts, wrong hashes, abandoned ones.</summary>
public sealed class PartsTests(PartsTests.Hosts hosts) : IClassFixture<PartsTests.Hosts>
{
    private const string Field = "creditReport";

    [Fact]
    public async Task Parts_InOrder_MakeTheFileWithItsHash()
    {
        var (sender, content) = await BeginAsync();

        var (status, state) = await sender.PutAsync(0, content[..1000], content.Length);
        Assert.Equal((HttpStatusCode.Accepted, 1000L), (status, state.GetProperty("received").GetInt64()));
        (status, state) = await sender.PutAsync(1000, content[1000..], content.Length);

        Assert.Equal(HttpStatusCode.Created, status);
        var file = await hosts.Host.InScopeAsync((_, db) => db.Attachments.SingleAsync(a => a.Id == state.GetProperty("fileId").GetGuid()));
        Assert.Equal((Hash(content), content.LongLength, 4), (file.Sha256, file.Size, file.Pages));
        Assert.Empty(Directory.GetFiles(Path.Combine(hosts.Host.StorageRoot, "uploads"), sender.UploadId.ToString("N")));
    }

    [Fact]
    public async Task Part_ThatDoesNotContinue_IsToldWhereToGoOn()
    {
        var (sender, content) = await BeginAsync();
        await sender.PutAsync(0, content[..1000], content.Length);

        foreach (var from in new[] { 0, 500, 1500 })
        {
            var (status, state) = await sender.PutAsync(from, content[from..(from + 100)], content.Length);
            Assert.Equal((HttpStatusCode.Conflict, 1000L), (status, state.GetProperty("received").GetInt64()));
        }
    }

    [Fact]
    public async Task Upload_BegunAgain_GoesOnWhereItStopped()
    {
        var (sender, content) = await BeginAsync();
        await sender.PutAsync(0, content[..1500], content.Length);

        var again = await sender.StartAsync("大文件.pdf", content);
        var other = await sender.StartAsync("另一个.pdf", content);

        Assert.Equal((sender.UploadId, 1500L), (again.GetProperty("id").GetGuid(), again.GetProperty("received").GetInt64()));
        Assert.NotEqual(sender.UploadId, other.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Finish_AskedAgainAfterALostAnswer_GivesTheSameFile()
    {
        var (sender, content) = await BeginAsync();
        var first = (await sender.PutAsync(0, content, content.Length)).State.GetProperty("fileId").GetGuid();

        var (status, state) = await sender.PutAsync(null, [], content.Length);

        Assert.Equal((HttpStatusCode.Created, first), (status, state.GetProperty("fileId").GetGuid()));
        Assert.Equal(1, await hosts.Host.InScopeAsync((_, db) => db.Attachments.CountAsync(a => a.CaseId == sender.Draft.CaseId && a.FieldKey == Field)));
    }

    [Fact]
    public async Task Content_OfAnotherHash_IsRefusedAndThrownAway()
    {
        var (sender, content) = await BeginAsync();
        var damaged = (byte[])content.Clone();
        damaged[500] ^= 1;

        var (status, problem) = await sender.PutAsync(0, damaged, content.Length);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("校验值不符", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await hosts.Host.InScopeAsync((_, db) => db.Uploads.CountAsync(u => u.CaseId == sender.Draft.CaseId)));
        Assert.Equal(0, (await sender.StartAsync("大文件.pdf", content)).GetProperty("received").GetInt64());
        Assert.Equal(0, await hosts.Host.InScopeAsync((_, db) => db.Attachments.CountAsync(a => a.CaseId == sender.Draft.CaseId && a.FieldKey == Field)));
    }

    [Theory]
    [InlineData("程序.exe", 100, "类型不在允许范围内")]
    [InlineData("空.pdf", 0, "空文件")]
    [InlineData("很大.pdf", 50L * 1024 * 1024 + 1, "超过 50 MB")]
    public async Task Upload_ThatCouldNotBeKept_IsRefusedBeforeAnythingIsSent(string name, long size, string words)
    {
        var (sender, _) = await BeginAsync();

        using var answer = await sender.SendAsync(HttpMethod.Post, sender.Cases, JsonContent.Create(new { field = Field, name, size }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(words, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_WithoutTheFormsToken_AreRefused()
    {
        var (sender, content) = await BeginAsync();

        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"{sender.Cases}/{sender.UploadId}", UriKind.Relative)) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentRange = new ContentRangeHeaderValue(0, content.Length - 1, content.Length);
        using var answer = await sender.Client.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, (await sender.StartAsync("大文件.pdf", content)).GetProperty("received").GetInt64());
    }

    [Fact]
    public async Task Job_AfterADay_ClearsWhatNobodyWentOnWith()
    {
        var (sender, content) = await BeginAsync();
        await sender.PutAsync(0, content[..1000], content.Length);
        var part = Path.Combine(hosts.Host.StorageRoot, "uploads", sender.UploadId.ToString("N"));
        var job = hosts.Host.Services.GetRequiredService<ClearUploads>();

        await job.ExecuteAsync(CancellationToken.None);
        Assert.True(File.Exists(part));
        hosts.Clock.SkipTo(hosts.Clock.GetUtcNow().UtcDateTime.AddHours(25));
        await job.ExecuteAsync(CancellationToken.None);

        Assert.False(File.Exists(part));
        Assert.False(await hosts.Host.InScopeAsync((_, db) => db.Uploads.AnyAsync(u => u.Id == sender.UploadId)));
    }

    [Fact]
    public async Task NewVersion_LeavesTheOldOneListedAndReadable()
    {
        var (sender, content) = await BeginAsync();
        var first = (await sender.PutAsync(0, content, content.Length)).State.GetProperty("fileId").GetGuid();
        var newer = Content(3000);
        var upload = await sender.StartAsync("大文件.pdf", newer);
        var second = (await sender.PutAsync(0, newer, newer.Length, upload.GetProperty("id").GetGuid())).State.GetProperty("fileId").GetGuid();

        var page = await sender.Client.GetAsync($"/cases/{sender.Draft.CaseId}/edit/attachments");
        var section = page.QuerySelector($"#{Field}")!;
        Assert.Single(section.QuerySelectorAll(":scope > .files a.file-name"));
        Assert.Contains(second.ToString(), section.QuerySelector(":scope > .files a.file-name")!.GetAttribute("href"), StringComparison.Ordinal);
        var earlier = section.QuerySelector("details.disclosure")!;
        Assert.Contains("以前的版本（1）", earlier.TextContent, StringComparison.Ordinal);
        Assert.Contains(Hash(content), earlier.TextContent, StringComparison.Ordinal);
        Assert.Equal(content, await sender.Client.Http.GetByteArrayAsync(new Uri($"/cases/{sender.Draft.CaseId}/files/{first}", UriKind.Relative)));
    }

    [Fact]
    public async Task Preview_OfAPdf_IsShutInAndNothingElseIsShown()
    {
        var (sender, content) = await BeginAsync();
        var file = (await sender.PutAsync(0, content, content.Length)).State.GetProperty("fileId").GetGuid();

        using var answer = await sender.Client.Http.GetAsync(new Uri($"/cases/{sender.Draft.CaseId}/files/{file}/view", UriKind.Relative));

        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.All(["default-src 'none'", "form-action 'none'", "frame-ancestors 'none'"], part => Assert.Contains(part, policy, StringComparison.Ordinal));
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
    }

    private async Task<(Sender Sender, byte[] Content)> BeginAsync()
    {
        var draft = (await Drafts.MakeAsync(hosts.Host, 1))[0];
        await hosts.Host.InScopeAsync((_, db) => db.Attachments.Where(a => a.CaseId == draft.CaseId && a.FieldKey == Field).ExecuteDeleteAsync());
        var client = await FormClient.SignInAsync(hosts.Host, draft.UserName);
        var page = await client.GetAsync($"/cases/{draft.CaseId}/edit/attachments");
        var sender = new Sender(client, draft, ((IHtmlInputElement)page.QuerySelector("[name=__RequestVerificationToken]")!).Value);
        var content = Content(2500);
        sender.UploadId = (await sender.StartAsync("大文件.pdf", content)).GetProperty("id").GetGuid();
        return (sender, content);
    }

    private static byte[] Content(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        "%PDF-1.4\n1 0 obj<</Type/Pages/Count 4>>endobj\n"u8.CopyTo(bytes);
        return bytes;
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The page's script, in C#.</summary>
    private sealed class Sender(FormClient client, Draft draft, string token)
    {
        public FormClient Client => client;

        public Draft Draft => draft;

        public string Cases => $"/cases/{draft.CaseId}/uploads";

        public Guid UploadId { get; set; }

        public async Task<JsonElement> StartAsync(string name, byte[] content)
        {
            using var answer = await SendAsync(HttpMethod.Post, Cases, JsonContent.Create(new { field = Field, name, size = content.Length, sha256 = Hash(content) }));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }

        public async Task<(HttpStatusCode Status, JsonElement State)> PutAsync(int? from, byte[] part, long total, Guid? upload = null)
        {
            var content = new ByteArrayContent(part);
            content.Headers.ContentRange = from is { } first ? new ContentRangeHeaderValue(first, first + part.Length - 1, total) : new ContentRangeHeaderValue(total);
            using var answer = await SendAsync(HttpMethod.Put, $"{Cases}/{upload ?? UploadId}", content);
            return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
        }

        public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent content)
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
            request.Headers.Add("RequestVerificationToken", token);
            return await client.Http.SendAsync(request);
        }
    }

    public sealed class Hosts : IAsyncLifetime
    {
        public OffsetClock Clock { get; } = new(TimeProvider.System.GetUtcNow());

        public AppHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Host = await AppHost.StartAsync(TestDatabases.Sqlite, new AppHostOptions { Clock = Clock });

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
