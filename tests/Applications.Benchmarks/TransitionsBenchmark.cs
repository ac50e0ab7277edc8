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
    private const int Moves = 4000;

    public string Name => "transitions";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        var database = await TestDatabases.CreateAsync(TestDatabases.Postgres);
        await using var host = new AppHost(database);
        var (items, actor) = await host.InScopeAsync(async (_, db) =>
        {
            var source = await db.WorkItems.Where(w => w.Activity == "countyCheck" && w.ClosedAt == null).OrderBy(w => w.Id).FirstAsync();
            await BulkCases.AddCopiesAsync(db, TestDatabases.Postgres, source.CaseId!.Value, WarmUps + Moves);
            var county = await db.Applications.Where(a => a.Id == source.CaseId).Select(a => a.CountyId).SingleAsync();
            var user = await db.Users.SingleAsync(u => u.Role == Roles.County && u.ScopeId == county);
            var open = await db.WorkItems.AsNoTracking()
                .Where(w => w.Activity == "countyCheck" && w.ClosedAt == null && w.CaseId != source.CaseId && w.Holder == source.Holder)
                .Select(w => new { w.Id, w.Version }).ToListAsync();
            return (open.ConvertAll(w => (w.Id, w.Version)), new Actor(user.Id, user.DisplayName, user.Role, user.ScopeId));
        });

        await RunAsync(items[..WarmUps], MoveAsync);
        var engine = await RunAsync(items[WarmUps..(WarmUps + Moves)], MoveAsync);

        await using var floor = await TransitionFloor.PrepareAsync(database.ConnectionString, WarmUps + Moves);
        await RunAsync(floor.Cases[..WarmUps], floor.MoveAsync);
        var byHand = await RunAsync(floor.Cases[WarmUps..], floor.MoveAsync);
        return
        [
            new($"transitions, Postgres, {Parallel} parallel, of the floor", engine.PerSecond / byHand.PerSecond, "×", Bound.AtLeast, 0.5),
            new("  transitions", engine.PerSecond, "/s"),
            new("  processor time each", engine.CpuEach, "ms"),
            new("  floor", byHand.PerSecond, "/s"),
            new("  floor, processor time each", byHand.CpuEach, "ms"),
        ];

        async Task MoveAsync((Guid Id, Guid Version) item)
        {
            await using var scope = host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CompleteWorkItemHandler>().HandleAsync(
                new CompleteWorkItem(item.Id, "Forward", null, item.Version, null, null, Guid.NewGuid()), actor, CancellationToken.None);
        }
    }

    private static async Task<(double PerSecond, double CpuEach)> RunAsync<T>(IReadOnlyList<T> work, Func<T, Task> move)
    {
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Parallel).Select(lane => Task.Run(async () =>
        {
            for (var i = lane; i < work.Count; i += Parallel)
            {
                await move(work[i]);
            }
        })));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        self.Refresh();
        return (work.Count / seconds, (self.TotalProcessorTime - cpu).TotalMilliseconds / work.Count);
    }
}
