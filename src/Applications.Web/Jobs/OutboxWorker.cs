using System.Text.Json;
using Applications.Data;
using Applications.Data.Outbox;
using Applications.Data.Workflow;
using Applications.Web.Mail;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Jobs;

/// <summary>Works off the outbox: each message is claimed by a conditional update, done, and stamped. Several nodes may run it at once.</summary>
public sealed class DrainOutbox(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int MostAttempts = 10;
    private const int Chunk = 50;
    private const int Part = 20;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <summary>Does all that is due. Returns how many messages were done.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var done = 0;
        while (true)
        {
            var due = await DueAsync(ct);
            foreach (var message in due)
            {
                if (await ClaimAsync(message, ct))
                {
                    await WorkAsync(message, ct);
                    done++;
                }
            }

            // What was put back is due later and what others have is theirs, so the list runs dry.
            if (due.Count == 0)
            {
                return done;
            }
        }
    }

    private async Task<List<OutboxMessage>> DueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow().UtcDateTime;
        return await scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>().Outbox.AsNoTracking()
            .Where(m => m.DoneAt == null && m.ParkedAt == null && m.DueAt <= now && (m.ClaimedUntil == null || m.ClaimedUntil < now))
            .OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(Part).ToListAsync(ct);
    }

    /// <summary>True for one of all those who try.</summary>
    private async Task<bool> ClaimAsync(OutboxMessage message, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow().UtcDateTime;
        var until = now + Claim;
        return await scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>().Outbox
            .Where(m => m.Id == message.Id && m.DoneAt == null && (m.ClaimedUntil == null || m.ClaimedUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ClaimedUntil, until).SetProperty(m => m.Attempts, m => m.Attempts + 1), ct) == 1;
    }

    private async Task WorkAsync(OutboxMessage message, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        try
        {
            switch (message.Kind)
            {
                case OutboxKinds.SignalCases:
                    await SignalAsync(Read<SignalCases>(message), ct);
                    break;
                case OutboxKinds.SendLetter:
                    await scope.ServiceProvider.GetRequiredService<LetterWriter>().WriteAsync(message.Id, Read<SendLetter>(message), ct);
                    break;
                case OutboxKinds.DeliverMail:
                    await scope.ServiceProvider.GetRequiredService<MailDelivery>().DeliverAsync(Read<DeliverMail>(message).MailId, ct);
                    break;
                default:
                    throw new InvalidOperationException($"No handler for outbox kind '{message.Kind}'.");
            }

            var now = clock.GetUtcNow().UtcDateTime;
            await db.Outbox.Where(m => m.Id == message.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.DoneAt, now), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            await PutBackAsync(db, message, e, ct);
        }
    }

    private async Task PutBackAsync(ApplicationsDbContext db, OutboxMessage message, Exception e, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var attempts = message.Attempts + 1;
        var again = now + TimeSpan.FromSeconds(15 * Math.Pow(2, Math.Min(attempts, 9)));
        var error = e.Message.Length > 2000 ? e.Message[..2000] : e.Message;
        DateTime? parked = attempts >= MostAttempts ? now : null;
        await db.Outbox.Where(m => m.Id == message.Id).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.LastError, error).SetProperty(m => m.DueAt, again)
                .SetProperty(m => m.ClaimedUntil, (DateTime?)null).SetProperty(m => m.ParkedAt, parked), ct);
    }

    /// <summary>
    /// Opens a gate for every running case of the batch, a bounded number of them in a transaction: a crash in between leaves the rest for the next run,
    /// which finds them still waiting. Where a person came between, the cases of that transaction are moved one by one.
    /// </summary>
    private async Task SignalAsync(SignalCases signal, CancellationToken ct)
    {
        for (var last = Guid.Empty; ;)
        {
            await using var listing = scopes.CreateAsyncScope();
            var ids = await listing.ServiceProvider.GetRequiredService<ApplicationsDbContext>().Applications.AsNoTracking()
                .Where(a => a.BatchId == signal.BatchId && a.Result == null && a.Id.CompareTo(last) > 0)
                .OrderBy(a => a.Id).Select(a => a.Id).Take(Chunk).ToListAsync(ct);
            if (ids.Count == 0)
            {
                return;
            }

            if (!await FlowMover.TryAsync(scopes, (db, services) => MoveAsync(db, services, ids), ct))
            {
                foreach (var id in ids)
                {
                    await FlowMover.RunAsync(scopes, (db, services) => MoveAsync(db, services, [id]), ct);
                }
            }

            last = ids[^1];
        }

        async Task MoveAsync(ApplicationsDbContext db, IServiceProvider services, List<Guid> ids)
        {
            var host = services.GetRequiredService<WorkflowHost>();
            var batch = await db.Batches.SingleAsync(b => b.Id == signal.BatchId, ct);
            foreach (var application in await db.Applications.Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct))
            {
                await host.SignalAsync(FlowSubjects.Of(application, batch), signal.Signal, ct, signal.WaitingSince);
            }
        }
    }

    private static T Read<T>(OutboxMessage message) => JsonSerializer.Deserialize<T>(message.Payload, ApplicationsDbContext.Json)!;
}

/// <summary>Moves flows for the system: a fresh unit of work, one save, again from the start when a person came between.</summary>
internal static class FlowMover
{
    private const int MostTries = 20;

    public static async Task RunAsync(IServiceScopeFactory scopes, Func<ApplicationsDbContext, IServiceProvider, Task> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await OnceAsync(scopes, work, ct);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostTries)
            {
                await Task.Delay(10 * attempt, ct);
            }
        }
    }

    /// <summary>One try for many at once; false when nothing was saved because one of them stood in the way.</summary>
    public static async Task<bool> TryAsync(IServiceScopeFactory scopes, Func<ApplicationsDbContext, IServiceProvider, Task> work, CancellationToken ct)
    {
        try
        {
            await OnceAsync(scopes, work, ct);
            return true;
        }
        catch (Exception e) when (e is DbUpdateException or Domain.Common.RuleBrokenException)
        {
            return false;
        }
    }

    private static async Task OnceAsync(IServiceScopeFactory scopes, Func<ApplicationsDbContext, IServiceProvider, Task> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();

        // Looked for once, at the end: at every touch of the tracker it would cost the square of what is moved.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await work(db, scope.ServiceProvider);
        db.ChangeTracker.DetectChanges();
        await db.SaveChangesAsync(ct);
    }
}
