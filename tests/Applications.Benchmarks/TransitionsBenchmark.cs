using System.Diagnostics;
using Applications.Benchmarks.Bulk;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Domain.Accounts;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Features.WorkItems.Complete;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Benchmarks;

/// <summary>
/// Work items completed by the real handler, pipeline and workflow host, each with its commit, against the least that could be done by hand:
/// one transaction that takes a waiting row away, moves the case if nobody else did, puts the next waiting row and writes four lines of record.
/// </summary>
internal sealed class TransitionsBenchmark : IBenchmark
{
    private const int Parallel = 4;
    private const int WarmUps = 2_000;
    private const int Moves = 4_000;
    private const int ManyCases = 100_000;

    public string Name => "transitions";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        // Both are warmed before either is measured: the compiler still betters the code long after the first thousand moves, and the first to run would pay for it.
        await using var few = await Running.PrepareAsync(TestDatabases.Postgres, WarmUps + Moves);
        await using var many = await Running.PrepareAsync(TestDatabases.Postgres, ManyCases);
        await many.MoveAsync(Moves, Parallel);
        await few.MoveAsync(WarmUps, Parallel);
        var engine = await few.MoveAsync(Moves, Parallel);
        var atMany = await many.MoveAsync(Moves, Parallel);

        await using var floor = await TransitionFloor.PrepareAsync(few.ConnectionString, WarmUps + Moves);
        await RunAsync(floor.Cases[..WarmUps], Parallel, floor.MoveAsync);
        var byHand = await RunAsync(floor.Cases[WarmUps..], Parallel, floor.MoveAsync);

        await using var embedded = await Running.PrepareAsync(TestDatabases.Sqlite, WarmUps + (2 * Moves));
        await embedded.MoveAsync(WarmUps, Parallel);
        var alone = await embedded.MoveAsync(Moves, 1);
        var together = await embedded.MoveAsync(Moves, Parallel);
        return
        [
            new($"transitions, Postgres, {Parallel} parallel, of the floor", engine.PerSecond / byHand.PerSecond, "×", Bound.AtLeast, 0.7),
            new("  processor time each", engine.CpuEach, "ms", Bound.AtMost, 2),
            new($"  among {ManyCases} running cases, of the rate among {WarmUps + Moves}", atMany.PerSecond / engine.PerSecond, "×", Bound.AtLeast, 0.9),
            new($"  SQLite, {Parallel} callers, of the rate of 1", together.PerSecond / alone.PerSecond, "×", Bound.AtLeast, 1),
            new("  transitions", engine.PerSecond, "/s"),
            new("  floor", byHand.PerSecond, "/s"),
            new("  floor, processor time each", byHand.CpuEach, "ms"),
            new($"  SQLite, {Parallel} callers", together.PerSecond, "/s"),
        ];
    }

    /// <summary>A program with cases that wait for one and the same county.</summary>
    private sealed class Running(TestDatabase database, AppHost host, Queue<(Guid Id, Guid Version)> items, Actor actor) : IAsyncDisposable
    {
        public string ConnectionString => database.ConnectionString;

        public static async Task<Running> PrepareAsync(string provider, int cases)
        {
            var database = await TestDatabases.CreateAsync(provider);
            var host = new AppHost(database);
            var (items, actor) = await host.InScopeAsync(async (_, db) =>
            {
                var source = await db.WorkItems.Where(w => w.Activity == "countyCheck" && w.ClosedAt == null).OrderBy(w => w.Id).FirstAsync();
                await BulkCases.AddCopiesAsync(db, provider, source.CaseId!.Value, cases);
                var county = await db.Applications.Where(a => a.Id == source.CaseId).Select(a => a.CountyId).SingleAsync();
                var user = await db.Users.SingleAsync(u => u.Role == Roles.County && u.ScopeId == county);
                var open = await db.WorkItems.AsNoTracking()
                    .Where(w => w.Activity == "countyCheck" && w.ClosedAt == null && w.CaseId != source.CaseId && w.Holder == source.Holder)
                    .OrderBy(w => w.Id).Select(w => new { w.Id, w.Version }).Take(WarmUps + (2 * Moves)).ToListAsync();
                return (new Queue<(Guid, Guid)>(open.Select(w => (w.Id, w.Version))), new Actor(user.Id, user.DisplayName, user.Role, user.ScopeId));
            });
            return new Running(database, host, items, actor);
        }

        /// <summary>Completes the next <paramref name="count"/> work items.</summary>
        public Task<(double PerSecond, double CpuEach)> MoveAsync(int count, int callers) =>
            TransitionsBenchmark.RunAsync([.. Enumerable.Range(0, count).Select(_ => items.Dequeue())], callers, async item =>
            {
                await using var scope = host.Services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<CompleteWorkItemHandler>().HandleAsync(
                    new CompleteWorkItem(item.Id, "Forward", null, item.Version, null, null, Guid.NewGuid()), actor, CancellationToken.None);
            });

        public async ValueTask DisposeAsync() => await host.DisposeAsync();
    }

    private static async Task<(double PerSecond, double CpuEach)> RunAsync<T>(IReadOnlyList<T> work, int callers, Func<T, Task> move)
    {
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(lane => Task.Run(async () =>
        {
            for (var i = lane; i < work.Count; i += callers)
            {
                await move(work[i]);
            }
        })));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        self.Refresh();
        return (work.Count / seconds, (self.TotalProcessorTime - cpu).TotalMilliseconds / work.Count);
    }
}
