using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Applications.Domain.Programmes;
using Applications.Testing;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Applications.Web.Tests.Api;

/// <summary>An application goes from the call to its certificate without anybody opening a page.</summary>
public sealed class ApiPipelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Pipeline_ByApiAlone_EndsWithACertificate(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var clock = new FakeTimeProvider(Start);
        await using var host = await AppHost.StartAsync(provider, new AppHostOptions { Clock = clock });
        var batch = await OpenAsync(host);
        var id = await FileAsync(host, batch);

        await CompleteAsync(host, "xian01", id, new { outcome = "Forward" });
        await CompleteAsync(host, "shi01", id, new { outcome = "Recommend" });
        Ok(await (await ApiClient.SignInAsync(host, "shi01")).PostAsync($"batches/{batch}/recommendation-list", new { documentNumber = "济工信字〔2026〕1号", ranks = new Dictionary<string, int> { [id] = 1 } }));
        await MoveAsync(host, clock, TimeSpan.FromDays(40));

        var officer = await ApiClient.SignInAsync(host, "jingban");
        var checklist = Ok(await officer.GetAsync($"applications/{id}")).GetProperty("checklist").EnumerateArray().Select(c => c.GetProperty("key").GetString()!).ToList();
        var refused = await TryAsync(officer, $"applications/{id}", new { outcome = "Pass", @checked = checklist.Skip(1) });
        Assert.Equal((HttpStatusCode.Conflict, "checklist-open"), (refused.Status, refused.Body.GetProperty("code").GetString()));
        await CompleteAsync(host, "jingban", id, new { outcome = "Pass", @checked = checklist });
        Ok(await PanelDraws.SeatAsync(host, batch));
        await MoveAsync(host, clock, TimeSpan.Zero);
        await ScoreAsync(host, id);

        Ok(await officer.PostAsync($"batches/{batch}/proposed-list", new { selected = new[] { id } }));
        await DecideBatchAsync(host, "chuzhang", batch, "Return", "请核对排序。");
        Ok(await officer.PostAsync($"batches/{batch}/proposed-list", new { selected = new[] { id }, note = "已核对。" }));
        await DecideBatchAsync(host, "chuzhang", batch, "Approve");
        await DecideBatchAsync(host, "tingling", batch, "Approve");
        var notice = Ok(await officer.GetAsync($"notices/notice-{batch.Replace("-", string.Empty, StringComparison.Ordinal)}"));
        Assert.Single(notice.GetProperty("entries").EnumerateArray());
        await MoveAsync(host, clock, TimeSpan.FromDays(10));
        await DecideBatchAsync(host, "jingban", batch, "Announce");
        await MoveAsync(host, clock, TimeSpan.Zero);

        var (number, name) = await host.InScopeAsync(async (_, db) =>
        {
            var certificate = await db.Certificates.AsNoTracking().SingleAsync(c => c.CaseId == Guid.Parse(id));
            return (certificate.Number, certificate.EnterpriseName);
        });
        var stranger = new ApiClient(host.CreateClient());
        Assert.Equal(name, Ok(await stranger.GetAsync($"certificates/{number}")).GetProperty("enterpriseName").GetString());
        Assert.Equal("recognised", Ok(await (await ApiClient.SignInAsync(host, "qiye01")).GetAsync($"applications/{id}")).GetProperty("result").GetString());
    }

    private static async Task<string> OpenAsync(AppHost host)
    {
        var officer = await ApiClient.SignInAsync(host, "jingban");
        var refused = await officer.PostAsync("batches", new { programme = "one-enterprise-one-technology", name = "", year = 2026, quotaPerCity = -1 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("请填写批次名称。", refused.Text, StringComparison.Ordinal);
        return Ok(await officer.PostAsync("batches", new
        {
            programme = "one-enterprise-one-technology",
            name = "2026年度接口批次",
            year = 2026,
            documentNumber = "鲁工信技〔2026〕99号",
            opensOn = "2026-11-24",
            filingClosesOn = "2026-12-10",
            recommendationClosesOn = "2026-12-25",
            quotaPerCity = 2,
        })).GetProperty("id").GetString()!;
    }

    private static async Task<string> FileAsync(AppHost host, string batch)
    {
        var enterprise = await ApiClient.SignInAsync(host, "qiye01");
        var id = Ok(await enterprise.PostAsync("applications", new { batchId = batch })).GetProperty("id").GetString()!;
        var sample = SampleApplication.Parse(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "workflows", "one-enterprise-one-technology", SampleApplication.FileName)), SampleApplication.FileName);
        var name = Ok(await enterprise.GetAsync("enterprise")).GetProperty("name").GetString()!;
        var version = Ok(await enterprise.GetAsync($"applications/{id}/draft")).GetProperty("version").GetString();
        var answers = JsonNode.Parse(sample.NewAnswers().ToJson().Replace(sample.Enterprise.Name, name, StringComparison.Ordinal));
        Ok(await enterprise.SendAsync(HttpMethod.Put, $"applications/{id}/answers", JsonContent.Create(new { answers, version }), null));
        foreach (var (field, files) in sample.Files)
        {
            foreach (var file in files)
            {
                var isPdf = file.Name.EndsWith(".pdf", StringComparison.Ordinal);
                using var content = new ByteArrayContent(isPdf ? Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF\n") : [0x50, 0x4B, 0x03, 0x04, 0, 0, 0, 0, 0, 0]);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                using var form = new MultipartFormDataContent { { content, "file", file.Name } };
                Ok(await enterprise.SendAsync(HttpMethod.Post, $"applications/{id}/files?field={field}", form, null));
            }
        }

        var draft = Ok(await enterprise.GetAsync($"applications/{id}/draft"));
        Assert.True(draft.GetProperty("maySubmit").GetBoolean(), draft.GetProperty("problems").GetRawText());
        var number = Ok(await enterprise.PostAsync($"applications/{id}/submit", new { version = draft.GetProperty("version").GetString() })).GetProperty("number").GetString();
        Assert.StartsWith("SDYQYJS2026-370100-", number, StringComparison.Ordinal);
        return id;
    }

    private static async Task ScoreAsync(AppHost host, string id)
    {
        var experts = await host.InScopeAsync((_, db) => (
            from r in db.Reviews.AsNoTracking()
            join u in db.Users on r.ExpertId equals u.ScopeId
            where r.CaseId == Guid.Parse(id)
            select u.UserName!).ToListAsync());
        Assert.Equal(3, experts.Count);
        foreach (var user in experts)
        {
            var expert = await ApiClient.SignInAsync(host, user);
            var sheet = Ok(await expert.GetAsync($"reviews/{id}"));
            Ok(await expert.PostAsync($"reviews/{id}/declaration", new { hasConflict = false, version = sheet.GetProperty("version").GetString() }));
            sheet = Ok(await expert.GetAsync($"reviews/{id}"));
            var scores = sheet.GetProperty("criteria").EnumerateArray().ToDictionary(c => c.GetProperty("key").GetString()!, c => Math.Floor(c.GetProperty("weight").GetInt32() * 0.8m / c.GetProperty("step").GetDecimal()) * c.GetProperty("step").GetDecimal());
            Ok(await expert.PostAsync($"reviews/{id}/score", new { scores, comment = "方向明确。", @lock = true, version = sheet.GetProperty("version").GetString() }));
        }
    }

    private static async Task CompleteAsync(AppHost host, string user, string id, object decision) =>
        Ok(await TryAsync(await ApiClient.SignInAsync(host, user), $"applications/{id}", decision));

    private static async Task DecideBatchAsync(AppHost host, string user, string batch, string outcome, string? reason = null) =>
        Ok(await TryAsync(await ApiClient.SignInAsync(host, user), $"batches/{batch}", new { outcome, reason }));

    /// <summary>Reads the open item where the subject shows it and decides it, as a program that follows the description would.</summary>
    private static async Task<ApiAnswer> TryAsync(ApiClient client, string subject, object decision)
    {
        var item = Ok(await client.GetAsync(subject)).GetProperty("workItem");
        var body = JsonSerializer.SerializeToNode(decision)!.AsObject();
        body["version"] = item.GetProperty("version").GetString();
        return await client.PostAsync($"work-items/{item.GetProperty("id").GetString()}/complete", body, Guid.NewGuid().ToString());
    }

    private static async Task MoveAsync(AppHost host, FakeTimeProvider clock, TimeSpan time)
    {
        clock.Advance(time);
        await host.Services.GetRequiredService<FireTimers>().ExecuteAsync(CancellationToken.None);
        await host.Services.GetRequiredService<FireTimers>().ExecuteAsync(CancellationToken.None);
        await host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);
    }

    private static JsonElement Ok(ApiAnswer answer)
    {
        Assert.True((int)answer.Status is >= 200 and < 300, $"{answer.Status}: {answer.Text}");
        return answer.Body;
    }
}
