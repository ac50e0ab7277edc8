using System.Globalization;
using System.Net;
using System.Text.Json;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Api;

/// <summary>Assignments and the pool over the API: the same steps, the same scope and the same seal as the pages.</summary>
public sealed class AssignmentApiTests
{
    [Fact]
    public async Task Assignment_ByApiAlone_IsAskedExplainedChangedAndApproved()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var officer = await ApiClient.SignInAsync(host, "jingban");
        var id = await AskAsync(host, officer, ChinaTime.Today(TimeProvider.System));
        var path = $"assignments/{id}";
        var shown = Ok(await officer.GetAsync(path));
        Assert.Equal("Proposed", shown.GetProperty("state").GetString());
        Assert.All(shown.GetProperty("certificate").GetProperty("checks").EnumerateArray(), c => Assert.True(c.GetProperty("holds").GetBoolean()));
        var (file, leaving, coming, barred) = await PairAsync(host, id);
        var pair = $"{path}/files/{file}";
        var experts = Ok(await officer.GetAsync(pair)).GetProperty("experts").EnumerateArray().ToDictionary(e => e.GetProperty("number").GetInt32());
        Assert.All(experts.Values, e => Assert.NotEqual(string.Empty, e.GetProperty("because").GetString()));
        Assert.Equal(("Assigned", "Conflict"), (experts[leaving].GetProperty("standing").GetString(), experts[barred].GetProperty("standing").GetString()));
        var conflict = await officer.PostAsync(pair, new { @out = leaving, @in = barred, reason = "试", version = Version(shown) });
        Assert.Equal("change-hindered", conflict.Body.GetProperty("code").GetString());
        Ok(await officer.PostAsync(pair, new { @out = leaving, @in = coming, reason = "更熟悉该工艺", version = Version(shown) }));
        Assert.Equal("更熟悉该工艺", Ok(await officer.GetAsync(path)).GetProperty("certificate").GetProperty("changes")[0].GetProperty("reason").GetString());

        Ok(await officer.PostAsync($"{path}/decision", new { decision = "Request", version = Version(Ok(await officer.GetAsync(path))) }));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync($"{path}/decision", new { decision = "Approve", version = Version(Ok(await officer.GetAsync(path))) })).Status);
        var office = await ApiClient.SignInAsync(host, "zhuanjiaku");
        var files = Ok(await office.PostAsync($"{path}/decision", new { decision = "Approve", version = Version(Ok(await office.GetAsync(path))) })).GetProperty("files").GetInt32();
        Assert.Equal(shown.GetProperty("files").GetArrayLength(), files);
        Assert.Equal("Confirmed", Ok(await officer.GetAsync("assignments?state=Confirmed")).GetProperty("items").EnumerateArray().Single(a => a.GetProperty("id").GetGuid() == id).GetProperty("state").GetString());
        var record = await office.Http.GetByteArrayAsync(new Uri($"{ApiClient.Prefix}{path}/record", UriKind.Relative));
        Assert.Empty(AssignmentVerifier.Verify(record, TestContext.Current.CancellationToken).Findings);
        Assert.Equal(files * 3, await host.InScopeAsync((_, db) => db.Reviews.CountAsync(r => r.AssignmentId == id)));
    }

    [Fact]
    public async Task Assignment_BeforeTheSession_GivesTheOfficerNumbersInsteadOfNames()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var officer = await ApiClient.SignInAsync(host, "jingban");
        var id = await AskAsync(host, officer, ChinaTime.Today(TimeProvider.System).AddDays(5));
        var names = await host.InScopeAsync(async (_, db) => AssignmentRecordJson.Read((await db.Assignments.AsNoTracking().SingleAsync(a => a.Id == id)).Record!).Snapshot.Experts.Select(e => e.Name).ToList());
        var shown = Ok(await officer.GetAsync($"assignments/{id}"));
        var explained = Ok(await officer.GetAsync($"assignments/{id}/files/{shown.GetProperty("files")[0].GetProperty("caseId").GetString()}"));

        Assert.False(shown.GetProperty("namesOpen").GetBoolean());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("certificate").GetProperty("seed").ValueKind);
        Assert.All(shown.GetProperty("files").EnumerateArray().SelectMany(f => f.GetProperty("experts").EnumerateArray()), e => Assert.Equal(JsonValueKind.Null, e.GetProperty("because").ValueKind));
        Assert.DoesNotContain(names, n => Plain(shown).Contains(n, StringComparison.Ordinal) || Plain(explained).Contains(n, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"assignments/{id}/record")).Status);
    }

    [Fact]
    public async Task Experts_ByPage_EachOnceAndWithoutPrivateData()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var office = await ApiClient.SignInAsync(host, "zhuanjiaku");
        List<Guid> seen = [];
        for (var path = "experts"; path is not null;)
        {
            var page = Ok(await office.GetAsync(path));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("expert").GetProperty("id").GetGuid()));
            path = page.GetProperty("next").GetString()?[ApiClient.Prefix.Length..];
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        var experts = await host.InScopeAsync((_, db) => db.Experts.AsNoTracking().ToListAsync());
        Assert.Equal(experts.Select(e => e.Id).Order(), seen.Order());
        var used = experts.First(e => e.Id == host.InScopeAsync((_, db) => db.Reviews.Where(r => r.State == ReviewState.Locked).Select(r => r.ExpertId).FirstAsync()).Result);
        var one = Ok(await office.GetAsync($"experts/{used.Id}"));
        Assert.Equal(used.Name, one.GetProperty("expert").GetProperty("name").GetString());
        Assert.NotEqual(0, one.GetProperty("uses").GetArrayLength());
        foreach (var word in new[] { "phone", "identity", "bank", "secret", "birth", "kin", "interest" })
        {
            Assert.DoesNotContain($"\"{word}", one.GetRawText() + Ok(await office.GetAsync("experts")).GetRawText(), StringComparison.OrdinalIgnoreCase);
        }

        var year = ChinaTime.Today(TimeProvider.System).Year;
        Assert.NotEqual(0, Ok(await office.GetAsync($"experts/use?year={year.ToString(CultureInfo.InvariantCulture)}")).GetProperty("experts").GetArrayLength());
        Assert.All(Ok(await office.GetAsync("experts?category=财务")).GetProperty("items").EnumerateArray(), i => Assert.Equal("财务", i.GetProperty("expert").GetProperty("category").GetString()));
    }

    [Theory]
    [InlineData("qiye02")]
    [InlineData("shi01")]
    [InlineData("xian01")]
    [InlineData("zhuanjia01")]
    public async Task Lists_ForThoseOutside_AreNotThere(string user)
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var api = await ApiClient.SignInAsync(host, user);
        foreach (var path in new[] { "assignments", "experts", "experts/use" })
        {
            Assert.Contains((await api.GetAsync(path)).Status, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        }
    }

    private static async Task<Guid> AskAsync(AppHost host, ApiClient officer, DateOnly session)
    {
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.ReadyForDefence);
        var asked = await officer.PostAsync($"batches/{batch}/assignments", new { sessionOn = session, perFile = 3 });
        Assert.Equal(HttpStatusCode.Created, asked.Status);
        await host.Services.GetRequiredService<SolveAssignments>().ExecuteAsync(TestContext.Current.CancellationToken);
        return asked.Body.GetProperty("id").GetGuid();
    }

    /// <summary>A file, and the numbers of one of its experts, of one who may come in his place, and of one in conflict.</summary>
    private static Task<(Guid File, int Out, int In, int Barred)> PairAsync(AppHost host, Guid id) => host.InScopeAsync(async (_, db) =>
    {
        var stored = await db.Assignments.AsNoTracking().SingleAsync(a => a.Id == id);
        var record = AssignmentRecordJson.Read(stored.Record!);
        var numbers = new ExpertNumbers(record.Snapshot, stored.NumberKey);
        var (place, barred) = (record.Snapshot.Bars[0].File, record.Snapshot.Bars[0].Expert);
        var (report, leaving) = (new AssignmentReport(record), record.Assigned()[place][0]);
        return (Guid.ParseExact(record.Snapshot.Files[place].Id, "N"), numbers.Of(leaving), numbers.Of(Enumerable.Range(0, record.Snapshot.Experts.Count).First(e => e != leaving && report.Hindrances(place, leaving, e, x => $"{x}").Count == 0)), numbers.Of(barred));
    });

    private static JsonElement Ok(ApiAnswer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status}: {answer.Text}");
        return answer.Body;
    }

    private static Guid Version(JsonElement shown) => shown.GetProperty("version").GetGuid();

    private static string Plain(JsonElement json) => JsonSerializer.Serialize(json, Readable);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
