using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Assigning;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Jobs;

/// <summary>
/// Computes the assignments that were asked for, one at a time. What is to be done is a row: a node claims it by conditional update, and when it dies another takes over after a
/// while. Taken back by its requester it stops within a second.
/// </summary>
public sealed partial class SolveAssignments(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SolveAssignments> logger)
{
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private int running;

    /// <returns>How many were computed.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref running, 1) == 1)
        {
            return 0;
        }

        try
        {
            var done = 0;
            while (await NextAsync(ct) is { } id)
            {
                await WorkAsync(id, ct);
                done++;
            }

            return done;
        }
        finally
        {
            Interlocked.Exchange(ref running, 0);
        }
    }

    private async Task<Guid?> NextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var id in await db.Assignments.AsNoTracking().Where(a => a.State == AssignmentState.Solving && (a.ClaimedUntil == null || a.ClaimedUntil < now)).OrderBy(a => a.RequestedAt).Select(a => a.Id).ToListAsync(ct))
        {
            var until = now + Claim;
            if (await db.Assignments.Where(a => a.Id == id && a.State == AssignmentState.Solving && (a.ClaimedUntil == null || a.ClaimedUntil < now))
                .ExecuteUpdateAsync(s => s.SetProperty(a => a.ClaimedUntil, until), ct) == 1)
            {
                return id;
            }
        }

        return null;
    }

    private async Task WorkAsync(Guid id, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = WatchAsync(id, stop);
        try
        {
            await SolveAsync(id, stop.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Taken back meanwhile.
        }
        catch (RuleBrokenException e)
        {
            await SaveAsync(id, a => a.Fail(e.Message), ct);
        }
#pragma warning disable CA1031 // Whatever goes wrong is told to the requester; the others that wait go on.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, id, e);
            await SaveAsync(id, a => a.Fail("计算没有完成，请撤回后重新生成；系统管理员可在日志中查看原因。"), ct);
        }
        finally
        {
            await stop.CancelAsync();
            await watching;
        }
    }

    private async Task SolveAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var asked = await scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>().Assignments.AsNoTracking().SingleAsync(a => a.Id == id, ct);
        var snapshot = await scope.ServiceProvider.GetRequiredService<AssignmentPool>().TakeAsync(asked.Cases, asked.Order, id.ToString("N"), ct);
        var (plan, found) = await Task.Run(
            () =>
            {
                var problem = new AssignmentPlan(asked.Order, snapshot);
                return (problem, problem.Solve(ct));
            },
            ct);
        var why = AssignmentShortage.Explain(asked.Order, snapshot, found);
        var record = why is null ? AssignmentRecord.Of(asked.Number, asked.Title, asked.Order, snapshot, plan.Seed, found, UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime)) : null;
        await SaveAsync(
            id,
            a =>
            {
                if (record is null)
                {
                    a.Fail(why!);
                }
                else
                {
                    a.Propose(record);
                }
            },
            ct);
    }

    /// <summary>Writes the outcome, unless the requester has taken it back.</summary>
    private async Task SaveAsync(Guid id, Action<FileAssignment> outcome, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        await scope.ServiceProvider.GetRequiredService<CommandPipeline>().RunAsync(
            Actor.System, null, "solve-assignment", ("assignment", id),
            async c =>
            {
                var one = await db.Assignments.SingleAsync(a => a.Id == id, c);
                if (one.State == AssignmentState.Solving)
                {
                    outcome(one);
                    one.Version = Guid.NewGuid();
                }

                return one.State == AssignmentState.Proposed;
            },
            ct);
    }

    /// <summary>Stops the computation when nobody wants it any more, and keeps the claim while it lasts.</summary>
    private async Task WatchAsync(Guid id, CancellationTokenSource stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Look, stop.Token);
                await using var scope = scopes.CreateAsyncScope();
                var until = clock.GetUtcNow().UtcDateTime + Claim;
                if (await scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>().Assignments.Where(a => a.Id == id && a.State == AssignmentState.Solving)
                    .ExecuteUpdateAsync(s => s.SetProperty(a => a.ClaimedUntil, until), stop.Token) == 0)
                {
                    await stop.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Done, or stopped.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Assignment {Id} could not be computed.")]
    private static partial void LogFailed(ILogger logger, Guid id, Exception exception);
}
