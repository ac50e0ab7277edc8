using Applications.Benchmarks.Bulk;
using Applications.Benchmarks.Load;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Data;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Benchmarks;

/// <summary>Applications filed through the real page: antiforgery, idempotency key, the whole form checked, filing frozen, journal and audit written.</summary>
internal sealed class SubmitBenchmark : IBenchmark
{
    private const int Connections = 32;
    private const int Drafts = Connections * 60;
    private const int WarmUps = Connections * 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public string Name => "submit";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program) =>
        [.. await OnAsync(program, TestDatabases.Postgres, 200), .. await OnAsync(program, TestDatabases.Sqlite, 150)];

    private static async Task<IReadOnlyList<Figure>> OnAsync(WebProgram program, string provider, double target)
    {
        await using var database = await TestDatabases.CreateAsync(provider);
        using var root = new TemporaryFolder();
        await using var server = await WebServer.StartAsync(program, root.Path, database);
        await using var db = Databases.Open(database);
        var owners = await AddDraftsAsync(db, provider, Connections, Drafts + WarmUps);
        var posts = await Task.WhenAll(owners.Select(o => FormsAsync(server.Port, o.UserName, o.Drafts)));

        _ = await LoadRun.RunAsync(server.Port, [.. posts.Select(p => p.Take(WarmUps / Connections))], 302, Longest);
        var acknowledged = new int[Connections];
        var cpu = server.CpuTime;
        var load = await LoadRun.RunAsync(
            server.Port, [.. posts.Select(p => p.Skip(WarmUps / Connections))], 302, Longest, (connection, _, _) => acknowledged[connection]++);
        cpu = server.CpuTime - cpu;

        await VerifyAsync(db, WarmUps + acknowledged.Sum());
        return
        [
            new($"submit, {provider}, {Connections} connections", load.PerSecond, "/s", Bound.AtLeast, target),
            new("  99th percentile", load.Percentile(0.99), "ms", Bound.AtMost, 500),
            new("  median", load.Percentile(0.5), "ms"),
            new("  server processor time each", cpu.TotalMilliseconds / load.Count, "ms"),
        ];
    }

    /// <summary>Complete drafts, dealt out to so many enterprises.</summary>
    internal static async Task<List<(string UserName, List<Guid> Drafts)>> AddDraftsAsync(ApplicationsDbContext db, string provider, int people, int count)
    {
        var draft = await db.Applications.SingleAsync(a => a.SubmittedAt == null && a.Result == null
            && db.Batches.Any(b => b.Id == a.BatchId && b.ProgrammeKey == "one-enterprise-one-technology"));
        var users = await db.Users.Where(u => u.UserName!.StartsWith("qiye") && u.ScopeId != draft.EnterpriseId)
            .OrderBy(u => u.UserName).Take(people).Select(u => new { u.UserName, u.ScopeId }).ToListAsync();
        await BulkCases.AddDraftsAsync(db, provider, draft.Id, [.. users.Select(u => u.ScopeId!.Value)], count);
        var drafts = await db.Applications.Where(a => a.SubmittedAt == null && a.Id != draft.Id && a.BatchId == draft.BatchId).Select(a => new { a.Id, a.EnterpriseId }).ToListAsync();
        return [.. users.Select(u => (u.UserName!, drafts.Where(d => d.EnterpriseId == u.ScopeId).Select(d => d.Id).ToList()))];
    }

    /// <summary>Opens the page of every draft, as one must, and makes of it the request that its button sends.</summary>
    internal static async Task<List<byte[]>> FormsAsync(int port, string userName, IEnumerable<Guid> drafts)
    {
        using var session = await Session.SignInAsync(port, userName);
        List<byte[]> posts = [];
        foreach (var draft in drafts)
        {
            var html = await session.GetAsync($"/cases/{draft}/submit");
            posts.Add(HttpRequests.Post($"/cases/{draft}/submit", session.Cookies,
            [
                ("IdempotencyKey", Session.Value(html, "IdempotencyKey")),
                ("Version", Session.Value(html, "Version")),
                (Session.TokenField, Session.TokenOf(html)),
            ]));
        }

        return posts;
    }

    /// <summary>Every submission that was acknowledged is there, once, with its number, filing, journal line and audit event.</summary>
    private static async Task VerifyAsync(ApplicationsDbContext db, int acknowledged)
    {
        var since = DateTime.UtcNow.AddMinutes(-10);
        var cases = await db.Applications.CountAsync(a => a.SubmittedAt > since && a.FilingRound == 1);
        var numbers = await db.Applications.Where(a => a.SubmittedAt > since).Select(a => a.Number).Distinct().CountAsync();
        var filings = await db.Filings.CountAsync(f => f.FiledAt > since);
        var lines = await db.Journal.CountAsync(j => j.At > since && j.Outcome == "Submit");
        var audits = await db.Audit.CountAsync(a => a.At > since && a.Action == "submit-application");
        if (new[] { cases, numbers, filings, lines, audits }.Any(found => found != acknowledged))
        {
            throw new InvalidOperationException(
                $"{acknowledged} submissions were acknowledged; found {cases} cases, {numbers} numbers, {filings} filings, {lines} journal lines, {audits} audit events.");
        }
    }
}
