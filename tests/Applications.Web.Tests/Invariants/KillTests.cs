using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Applications.Data.Workflow;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Invariants;

/// <summary>Power cuts: the real server is killed again and again while enterprises submit. What was acknowledged is there once; nothing is there by half.</summary>
public sealed class KillTests
{
    private const int Submits = 200;
    private const int Clients = 8;
    private const int Kills = 4;
    private const int Seed = 20261124;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(300);

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Submit_ServerKilledAtRandomMoments_EveryAcknowledgedOneIsThereOnceAndNoneByHalf(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var drafts = await Drafts.MakeAsync(host, Submits);
        await using var server = new ServerProcess(host.Database, host.StorageRoot);
        await server.StartAsync();
        using var stop = new CancellationTokenSource(Limit);
        var acknowledged = new ConcurrentDictionary<Guid, string>();
        var interrupted = 0;

        var killing = KillAsync(server, acknowledged, stop.Token);
        var waiting = new ConcurrentQueue<Draft>(drafts);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(20) };
            while (waiting.TryDequeue(out var draft))
            {
                var (number, retries) = await SubmitAsync(http, draft, stop.Token);
                acknowledged[draft.CaseId] = number;
                Interlocked.Add(ref interrupted, retries);
            }
        })));
        await killing;

        Assert.True(interrupted > 0, "No client ever noticed a kill.");
        Assert.Equal(Submits, acknowledged.Values.Distinct().Count());
        await ExpectWholeAsync(host, drafts, acknowledged);
    }

    /// <summary>Submits under one key until an answer comes, as a careful client would. Returns the number and how often it had to try again.</summary>
    private static async Task<(string Number, int Retries)> SubmitAsync(HttpClient http, Draft draft, CancellationToken ct)
    {
        var key = Guid.NewGuid().ToString();
        for (var retries = 0; ; retries++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/applications/{draft.CaseId}/submit", UriKind.Relative))
                {
                    Content = JsonContent.Create(new { version = draft.Version }),
                };
                request.Headers.Authorization = new("Bearer", draft.Token);
                request.Headers.Add("Idempotency-Key", key);
                using var answer = await http.SendAsync(request, ct);
                var text = await answer.Content.ReadAsStringAsync(ct);
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {text}");
                return (JsonDocument.Parse(text).RootElement.GetProperty("number").GetString()!, retries);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                await Task.Delay(100, ct);
            }
        }
    }

    private static async Task KillAsync(ServerProcess server, ConcurrentDictionary<Guid, string> acknowledged, CancellationToken ct)
    {
#pragma warning disable CA5394 // Moments to kill at; the seed makes them the same in every run.
        var random = new Random(Seed);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var after = ((kill - 1) * Submits / (Kills + 1)) + random.Next(5, 25);
            while (acknowledged.Count < after)
            {
                await Task.Delay(2, ct);
            }

            await Task.Delay(random.Next(0, 40), ct);
            await server.KillAsync();
            await server.StartAsync();
        }
#pragma warning restore CA5394
    }

    private static Task<bool> ExpectWholeAsync(AppHost host, IReadOnlyList<Draft> drafts, ConcurrentDictionary<Guid, string> acknowledged) => host.InScopeAsync(async (_, db) =>
    {
        var ids = drafts.Select(d => d.CaseId).ToList();
        var cases = await db.Applications.AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync();
        var filings = await db.Filings.AsNoTracking().Where(f => ids.Contains(f.CaseId)).ToListAsync();
        var items = await db.WorkItems.AsNoTracking().Where(w => w.CaseId != null && ids.Contains(w.CaseId.Value)).ToListAsync();
        var journal = (await db.Journal.AsNoTracking().Where(j => ids.Contains(j.SubjectId)).ToListAsync()).ToLookup(j => j.SubjectId);
        var letters = await db.Outbox.AsNoTracking().Where(o => o.Kind == "send-letter").Select(o => o.DedupKey).ToListAsync();
        var audit = await db.Audit.AsNoTracking().Where(a => a.Action == "submit-application").Select(a => a.ObjectId).ToListAsync();
        Assert.Equal(Submits, filings.Count);
        Assert.Equal(Submits, cases.Select(c => c.Number).Distinct().Count());
        Assert.Empty(await db.Attachments.Where(a => ids.Contains(a.CaseId) && a.FiledInRound == null).ToListAsync());
        foreach (var one in cases)
        {
            Assert.Equal(acknowledged[one.Id], one.Number);
            Assert.Equal("cityCheck", one.Stage);
            Assert.Equal(1, one.FilingRound);
            Assert.Single(filings, f => f.CaseId == one.Id);
            Assert.Equal(["cityCheck", "draft"], items.Where(w => w.CaseId == one.Id).Select(w => w.Activity).Order());
            Assert.Single(items, w => w.CaseId == one.Id && w.ClosedAt is null);
            var story = journal[one.Id].OrderBy(j => j.Sequence).ToList();
            Assert.Equal(2, story.Count);
            Assert.Null(Journal.FirstBroken(story));
            Assert.Equal(one.JournalHead, story[^1].Hash);
            Assert.Single(letters, l => l.StartsWith($"receipt:{one.Id:N}", StringComparison.Ordinal));
            Assert.Single(audit, a => a == one.Id.ToString("N"));
        }

        return true;
    });
}
