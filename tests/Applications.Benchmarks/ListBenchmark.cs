using System.Diagnostics;
using Applications.Benchmarks.Bulk;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Benchmarks;

/// <summary>The department's list, filtered, over 1,000 and over 100,000 cases: the same queries, and hardly more time.</summary>
internal sealed class ListBenchmark : IBenchmark
{
    private const int Few = 1_000;
    private const int Many = 100_000;
    private const int Rounds = 60;

    public string Name => "list";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        await using var host = new AppHost(await TestDatabases.CreateAsync(TestDatabases.Postgres));
        var client = await FormClient.SignInAsync(host, "jingban");
        var filters = await host.InScopeAsync(async (_, db) =>
        {
            // A late batch, so that the copies hold as many of it as of the others.
            var batch = await db.Applications.Where(a => a.StageTitle == "专家评审").Select(a => a.BatchId).FirstAsync();
            return new (string Name, string Path)[]
            {
                ("unfiltered", "/cases"),
                ("by batch", $"/cases?batch={batch}"),
                ("by stage", $"/cases?stage={Uri.EscapeDataString("省级形式审查")}"),
                ("by batch and stage", $"/cases?batch={batch}&stage={Uri.EscapeDataString("专家评审")}"),
                ("by name", $"/cases?q={Uri.EscapeDataString("精密机械")}"),
                ("by a number that few have", "/cases?q=COPY-77"),
            };
        });

        await AddAsync(host, Few);
        _ = await MeasureAsync(client, filters); // until all code is compiled as well as it will be
        var few = await MeasureAsync(client, filters);
        await AddAsync(host, Many - Few);
        var many = await MeasureAsync(client, filters);
        return
        [
            .. filters.SelectMany((f, i) => new Figure[]
            {
                new($"list {f.Name}, {Many:N0} cases against {Few:N0}", many[i].Milliseconds / few[i].Milliseconds, "×", Bound.AtMost, 1.5),
                new("  median", many[i].Milliseconds, "ms"),
                new($"  more queries than with {Few:N0}", many[i].Queries - few[i].Queries, "", Bound.AtMost, 0),
            }),
            new("list, queries a page", many.Max(m => m.Queries), ""),
        ];
    }

    private static Task AddAsync(AppHost host, int count) => host.InScopeAsync(async (_, db) =>
    {
        await BulkCases.AddSubmittedAsync(db, count);
        return true;
    });

    private static async Task<List<(double Milliseconds, int Queries)>> MeasureAsync(FormClient client, IEnumerable<(string Name, string Path)> filters)
    {
        List<(double, int)> results = [];
        foreach (var (_, path) in filters)
        {
            List<double> taken = [];
            var queries = 0;
            for (var round = -5; round < Rounds; round++)
            {
                using var counter = new QueryCounter();
                var began = Stopwatch.GetTimestamp();
                using var response = await client.Http.GetAsync(new Uri(path, UriKind.Relative));
                response.EnsureSuccessStatusCode();
                _ = await response.Content.ReadAsByteArrayAsync();
                if (round >= 0)
                {
                    taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    queries = Math.Max(queries, counter.Count);
                }
            }

            taken.Sort();
            results.Add((taken[Rounds / 2], queries));
        }

        return results;
    }
}
