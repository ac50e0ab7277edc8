using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Applications.Data.Workflow;
using Applications.Domain.Cases;
using Applications.Domain.Programmes;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Applications.Web.Tests.Programmes;

/// <summary>One batch of one programme on a clock of its own, driven through the API as its people would.</summary>
internal sealed class Season : IAsyncDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 24, 10, 0, 0, TimeSpan.FromHours(8));
    private readonly FakeTimeProvider clock;
    private readonly SampleApplication sample;

    private Season(AppHost host, FakeTimeProvider clock, SampleApplication sample) => (Host, this.clock, this.sample) = (host, clock, sample);

    public AppHost Host { get; }

    public string Batch { get; private set; } = string.Empty;

    public static async Task<Season> OpenAsync(string programme, string filingCloses = "2026-12-10", string recommendationCloses = "2026-12-25")
    {
        var clock = new FakeTimeProvider(Begin);
        var host = await AppHost.StartAsync(TestDatabases.Sqlite, new AppHostOptions { Clock = clock });
        var folder = DefinitionFolders.Find(Path.Combine(AppContext.BaseDirectory, "workflows")).Single(f => f.Key == programme);
        var season = new Season(host, clock, SampleApplication.Parse(folder.Read(SampleApplication.FileName), SampleApplication.FileName));
        var officer = await season.AsAsync("jingban");
        season.Batch = Ok(await officer.PostAsync("batches", new
        {
            programme,
            name = "2026年度验证批次",
            year = 2026,
            documentNumber = "鲁工信技〔2026〕98号",
            opensOn = "2026-11-24",
            filingClosesOn = filingCloses,
            recommendationClosesOn = recommendationCloses,
            quotaPerCity = folder.Read("programme.json").Contains("quotaPerCity", StringComparison.Ordinal) ? 5 : (int?)null,
        })).GetProperty("id").GetString()!;
        return season;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public Task<ApiClient> AsAsync(string user) => ApiClient.SignInAsync(Host, user);

    /// <summary>An enterprise of Jinan that no county checks files the sample: <c>qiye04</c>, <c>qiye08</c> or <c>qiye12</c>.</summary>
    public async Task<string> FileAsync(string user)
    {
        var enterprise = await AsAsync(user);
        var id = Ok(await enterprise.PostAsync("applications", new { batchId = Batch })).GetProperty("id").GetString()!;
        var name = Ok(await enterprise.GetAsync("enterprise")).GetProperty("name").GetString()!;
        var version = Ok(await enterprise.GetAsync($"applications/{id}/draft")).GetProperty("version").GetString();
        var answers = JsonNode.Parse(sample.NewAnswers().ToJson().Replace(sample.Enterprise.Name, name, StringComparison.Ordinal));
        Ok(await enterprise.SendAsync(HttpMethod.Put, $"applications/{id}/answers", JsonContent.Create(new { answers, version }), null));
        foreach (var (field, file) in sample.Files.SelectMany(f => f.Value.Select(v => (f.Key, v.Name))))
        {
            using var content = new ByteArrayContent(file.EndsWith(".pdf", StringComparison.Ordinal) ? Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF\n") : [0x50, 0x4B, 0x03, 0x04, 0, 0, 0, 0, 0, 0]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using var form = new MultipartFormDataContent { { content, "file", file } };
            Ok(await enterprise.SendAsync(HttpMethod.Post, $"applications/{id}/files?field={field}", form, null));
        }

        var draft = Ok(await enterprise.GetAsync($"applications/{id}/draft"));
        Assert.True(draft.GetProperty("maySubmit").GetBoolean(), draft.GetProperty("problems").GetRawText());
        Ok(await enterprise.PostAsync($"applications/{id}/submit", new { version = draft.GetProperty("version").GetString() }));
        return id;
    }

    /// <summary>The city recommends and lists the cases.</summary>
    public async Task RecommendAsync(params string[] ids)
    {
        var city = await AsAsync("shi01");
        foreach (var id in ids)
        {
            Ok(await DecideAsync(city, $"applications/{id}", new { outcome = "Recommend" }));
        }

        var ranks = ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i + 1);
        Ok(await city.PostAsync($"batches/{Batch}/recommendation-list", new { documentNumber = "济工信字〔2026〕1号", ranks }));
    }

    /// <summary>Filed by each of the users, recommended, listed, and found in order by the department.</summary>
    public async Task<IReadOnlyList<string>> CheckedAsync(params string[] users)
    {
        var ids = new List<string>();
        foreach (var user in users)
        {
            ids.Add(await FileAsync(user));
        }

        await RecommendAsync([.. ids]);
        await PassAsync([.. ids]);
        return ids;
    }

    public async Task PassAsync(params string[] ids)
    {
        var officer = await AsAsync("jingban");
        foreach (var id in ids)
        {
            var keys = Ok(await officer.GetAsync($"applications/{id}")).GetProperty("checklist").EnumerateArray().Select(c => c.GetProperty("key").GetString()!);
            Ok(await DecideAsync(officer, $"applications/{id}", new { outcome = "Pass", @checked = keys }));
        }
    }

    /// <param name="before">What happens after the gate was opened and before its cases were told.</param>
    public async Task<ApiAnswer> SeatAsync(Func<Task>? before = null)
    {
        var answer = await PanelDraws.SeatAsync(Host, Batch);
        clock.Advance(TimeSpan.FromMinutes(1));
        await (before?.Invoke() ?? Task.CompletedTask);
        await MoveAsync();
        return answer;
    }

    /// <summary>Everybody on the panel of the round gives <paramref name="share"/> of each criterion's points, down to its step.</summary>
    /// <returns>The keys of the criteria that were asked.</returns>
    public async Task<IReadOnlyList<string>> ScoreAsync(string id, string round, decimal share)
    {
        var experts = await Host.InScopeAsync((_, db) => (
            from r in db.Reviews.AsNoTracking()
            join u in db.Users on r.ExpertId equals u.ScopeId
            where r.CaseId == Guid.Parse(id) && r.Round == round
            select u.UserName!).ToListAsync());
        Assert.Equal(3, experts.Count);
        List<string> keys = [];
        foreach (var user in experts)
        {
            var expert = await AsAsync(user);
            var sheet = Ok(await expert.GetAsync($"reviews/{id}"));
            Assert.Equal(round, sheet.GetProperty("round").GetString());
            Ok(await expert.PostAsync($"reviews/{id}/declaration", new { hasConflict = false, version = sheet.GetProperty("version").GetString() }));
            sheet = Ok(await expert.GetAsync($"reviews/{id}?round={round}"));
            var scores = sheet.GetProperty("criteria").EnumerateArray().ToDictionary(c => c.GetProperty("key").GetString()!, c => Math.Floor(c.GetProperty("weight").GetInt32() * share / c.GetProperty("step").GetDecimal()) * c.GetProperty("step").GetDecimal());
            keys = [.. scores.Keys];
            Ok(await expert.PostAsync($"reviews/{id}/score", new { scores, comment = "方向明确。", @lock = true, version = sheet.GetProperty("version").GetString() }));
        }

        return keys;
    }

    /// <summary>From the proposed list to the announcement, with all signatures.</summary>
    public async Task AnnounceAsync(params string[] selected)
    {
        Ok(await (await AsAsync("jingban")).PostAsync($"batches/{Batch}/proposed-list", new { selected, note = "按排名。" }));
        Ok(await DecideAsync("chuzhang", $"batches/{Batch}", new { outcome = "Approve" }));
        Ok(await DecideAsync("tingling", $"batches/{Batch}", new { outcome = "Approve" }));
        await MoveAsync(10);
        Ok(await DecideAsync("jingban", $"batches/{Batch}", new { outcome = "Announce" }));
        await MoveAsync();
    }

    public async Task<ApiAnswer> DecideAsync(string user, string subject, object decision) => await DecideAsync(await AsAsync(user), subject, decision);

    public async Task MoveAsync(int days = 0)
    {
        clock.Advance(TimeSpan.FromDays(days));
        await Host.Services.GetRequiredService<FireTimers>().ExecuteAsync(CancellationToken.None);
        await Host.Services.GetRequiredService<FireTimers>().ExecuteAsync(CancellationToken.None);
        await Host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);
    }

    public Task<Application> CaseAsync(string id) => Host.InScopeAsync((_, db) => db.Applications.AsNoTracking().SingleAsync(a => a.Id == Guid.Parse(id)));

    public async Task<string> BatchStagesAsync() => string.Join(
        ' ', (await Host.InScopeAsync((_, db) => db.Batches.AsNoTracking().SingleAsync(b => b.Id == Guid.Parse(Batch)))).State.Tokens.Select(t => t.Activity));

    public static JsonElement Ok(ApiAnswer answer)
    {
        Assert.True((int)answer.Status is >= 200 and < 300, $"{answer.Status}: {answer.Text}");
        return answer.Body;
    }

    public static string Code(ApiAnswer answer) => answer.Body.TryGetProperty("code", out var code) ? code.GetString()! : answer.Status.ToString("G") + string.Create(CultureInfo.InvariantCulture, $"{answer.Text}");

    private static async Task<ApiAnswer> DecideAsync(ApiClient client, string subject, object decision)
    {
        var item = Ok(await client.GetAsync(subject)).GetProperty("workItem");
        var body = JsonSerializer.SerializeToNode(decision)!.AsObject();
        body["version"] = item.GetProperty("version").GetString();
        return await client.PostAsync($"work-items/{item.GetProperty("id").GetString()}/complete", body, Guid.NewGuid().ToString());
    }
}
