using Applications.Benchmarks.Bulk;
using Applications.Benchmarks.Load;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Benchmarks;

/// <summary>Pages of an officer who is signed in, over 2,000 cases.</summary>
internal sealed class PagesBenchmark : IBenchmark
{
    private const int Connections = 32;
    private const int Cases = 2_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // By count and not by time: a busy machine must not be measured with code that is not yet compiled as well as it will be.
    private const int WarmUps = 4_000;
    private const int Requests = 8_000;

    public string Name => "pages";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        await using var database = await TestDatabases.CreateAsync(TestDatabases.Postgres);
        using var root = new TemporaryFolder();
        await using var server = await WebServer.StartAsync(program, root.Path, database);
        await using var db = Databases.Open(database);
        await BulkCases.AddSubmittedAsync(db, Cases);
        var ids = await db.Applications.Where(a => a.SubmittedAt != null).Select(a => a.Id).ToListAsync();
        using var officer = await Session.SignInAsync(server.Port, "jingban");
        return
        [
            .. await MeasureAsync(server, "case page", 900, [.. ids.Select(id => HttpRequests.Get($"/cases/{id}", officer.Cookies))]),
            .. await MeasureAsync(server, "list of 50 rows", 400, [HttpRequests.Get("/cases", officer.Cookies)]),
            .. await MeasureAsync(server, "desk", null, [HttpRequests.Get("/desk", officer.Cookies)]),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(WebServer server, string what, double? target, byte[][] pages)
    {
        _ = await LoadRun.RunAsync(server.Port, Share(pages, WarmUps), 200, Longest);
        var cpu = server.CpuTime;
        var load = await LoadRun.RunAsync(server.Port, Share(pages, Requests), 200, Longest);
        cpu = server.CpuTime - cpu;
        return
        [
            new($"{what}, signed in, Postgres, {Connections} connections", load.PerSecond, "/s", Bound.AtLeast, target),
            new("  median", load.Percentile(0.5), "ms"),
            new("  99th percentile", load.Percentile(0.99), "ms"),
            new("  server processor time each", cpu.TotalMilliseconds / load.Count, "ms"),
        ];
    }

    /// <summary>So many requests over all connections, each connection beginning at another page.</summary>
    private static List<IEnumerable<byte[]>> Share(byte[][] pages, int count) =>
        [.. Enumerable.Range(0, Connections).Select(c => Enumerable.Range(c * pages.Length / Connections, count / Connections).Select(i => pages[i % pages.Length]))];
}
