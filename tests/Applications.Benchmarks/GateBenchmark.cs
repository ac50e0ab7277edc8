using System.Diagnostics;
using System.Text;
using Applications.Benchmarks.Bulk;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Data.Outbox;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Benchmarks;

/// <summary>A batch opens a gate and all its waiting cases go through, each with its work items, journal line and letters; and how many bytes a case's flow takes in the end.</summary>
internal sealed class GateBenchmark : IBenchmark
{
    private const int Cases = 5_000;

    public string Name => "gate";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        List<Figure> figures = [];
        foreach (var provider in new[] { TestDatabases.Postgres, TestDatabases.Sqlite })
        {
            var database = await TestDatabases.CreateAsync(provider);
            await using var host = new AppHost(database, new AppHostOptions { Quiet = true });
            var batch = await host.InScopeAsync(async (_, db) =>
            {
                var source = await db.Applications.Where(a => a.Stage == "awaitNotice" && a.Result == null
                    && db.Batches.Any(b => b.Id == a.BatchId && b.ProgrammeKey == "one-enterprise-one-technology")
                    && db.ProposedLists.Any(l => l.BatchId == a.BatchId)).OrderBy(a => a.Id).FirstAsync();
                await BulkCases.AddCopiesAsync(db, provider, source.Id, Cases);
                db.Send(OutboxKinds.SignalCases, new SignalCases(source.BatchId, "notice"), "benchmark", DateTime.UtcNow);
                await db.SaveChangesAsync();
                return source.BatchId;
            });
            using var self = Process.GetCurrentProcess();
            var (cpu, began) = (self.TotalProcessorTime, Stopwatch.GetTimestamp());
            await using (var scope = host.Services.CreateAsyncScope())
            {
                await scope.ServiceProvider.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);
            }

            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            self.Refresh();
            var moved = await host.InScopeAsync((_, db) => db.Applications.CountAsync(a => a.BatchId == batch && a.Stage == "awaitAnnouncement"));
            if (moved < Cases)
            {
                throw new InvalidOperationException($"Only {moved} of {Cases} cases went through the gate.");
            }

            figures.Add(new($"gate for {Cases:N0} waiting cases, {provider}", seconds, "s", Bound.AtMost, 10));
            figures.Add(new("  processor time each", (self.TotalProcessorTime - cpu).TotalMilliseconds / moved, "ms"));
        }

        figures.Add(new("stored bytes of a case's flow after a full run", await StoredBytesAsync() / 1024.0, "KB", Bound.AtMost, 15));
        return figures;
    }

    /// <summary>State, journal lines and work items of the certified cases of the demonstration, as text; row headers and keys counted with 100 bytes a row.</summary>
    private static async Task<double> StoredBytesAsync()
    {
        var database = await TestDatabases.CreateAsync(TestDatabases.Sqlite);
        await using var host = new AppHost(database, new AppHostOptions { Quiet = true });
        return await host.InScopeAsync(async (_, db) =>
        {
            var done = await db.Applications.AsNoTracking().Where(a => a.Result == "recognised").ToListAsync();
            double total = 0;
            foreach (var one in done)
            {
                var journal = await db.Journal.AsNoTracking().Where(j => j.SubjectId == one.Id).ToListAsync();
                var items = await db.WorkItems.AsNoTracking().Where(w => w.CaseId == one.Id && w.TitleId == null).ToListAsync();
                total += Size(one.State) + journal.Sum(j => 100 + Size(j)) + items.Sum(i => 100 + Size(i));
            }

            return total / done.Count;
        });
    }

    private static int Size<T>(T row) => Encoding.UTF8.GetByteCount(System.Text.Json.JsonSerializer.Serialize(row, Data.ApplicationsDbContext.Json));
}
