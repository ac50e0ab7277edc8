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
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

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
        IReadOnlyList<IEnumerable<byte[]>> requests = [.. Enumerable.Range(0, Connections).Select(c => Endless(pages, c * pages.Length / Connections))];
        _ = await LoadRun.RunAsync(server.Port, requests, 200, WarmUp);
        var cpu = server.CpuTime;
        var load = await LoadRun.RunAsync(server.Port, requests, 200, Time);
        cpu = server.CpuTime - cpu;
        return
        [
            new($"{what}, signed in, Postgres, {Connections} connections", load.PerSecond, "/s", Bound.AtLeast, target),
            new("  median", load.Percentile(0.5), "ms"),
            new("  99th percentile", load.Percentile(0.99), "ms"),
            new("  server processor time each", cpu.TotalMilliseconds / load.Count, "ms"),
        ];
    }

    private static IEnumerable<byte[]> Endless(byte[][] pages, int from)
    {
        for (var i = from; ; i++)
        {
            yield return pages[i % pages.Length];
        }
    }
}
