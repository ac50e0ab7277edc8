using System.Text.Json;
using Applications.Data.Outbox;
using Applications.Domain.Accounts;
using Applications.Domain.Trail;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Commands;

/// <summary>
/// Runs a command: once per key, in one <c>SaveChanges</c>, with its audit event, again from the start when another writer came between.
/// Handlers change tracked entities and return; they never save themselves.
/// </summary>
public sealed class CommandPipeline(ApplicationsDbContext db, TimeProvider clock, OutboxSignal outbox)
{
    private const int MostTries = 60;

    /// <param name="key">The caller's idempotency key; the same key of the same account gets the first answer again.</param>
    /// <param name="command">Stable name, also the audit event's action.</param>
    /// <param name="about">What the audit event is about: kind and id.</param>
    /// <param name="work">Loads, decides, changes; may run several times.</param>
    /// <param name="detail">What the audit event says beside the act, for example a reason.</param>
    public async Task<T> RunAsync<T>(
        Actor actor, Guid? key, string command, (string Kind, Guid? Id) about, Func<CancellationToken, Task<T>> work, CancellationToken ct, string? detail = null)
    {
        // What changed is looked for once, before the commit, and not again at every touch of the tracker.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return await RetryAsync(actor, key, command, about, work, detail, ct);
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    private async Task<T> RetryAsync<T>(
        Actor actor, Guid? key, string command, (string Kind, Guid? Id) about, Func<CancellationToken, Task<T>> work, string? detail, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await work(ct);
                Record(actor, key, command, about, detail, result);
                db.ChangeTracker.DetectChanges();
                TextLengths.Require(db);
                await db.SaveChangesAsync(ct);
                outbox.Nudge();
                return result;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                db.ChangeTracker.Clear();

                // The second of two equal clicks cannot succeed: its key is taken, or what it wants was done. So only a failure asks for the first answer.
                if (key is { } given && actor.UserId is { } user && await FindAsync<T>(user, given, ct) is { Found: true } earlier)
                {
                    return earlier.Result;
                }

                // Somebody else changed a row we read. Whether that matters is for the handler to say, on what is there now.
                if (attempt == MostTries || !IsRace(e))
                {
                    throw;
                }
            }

            await Task.Delay(Random.Shared.Next(1, Math.Min(50, 4 * attempt)), ct);
        }
    }

    private static bool IsRace(Exception e) => e is DbUpdateConcurrencyException || (e is DbUpdateException failed && UniqueViolation.Is(failed));

    private void Record<T>(Actor actor, Guid? key, string command, (string Kind, Guid? Id) about, string? detail, T result)
    {
        var now = UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime);
        if (key is { } given && actor.UserId is { } user)
        {
            db.Idempotency.Add(new IdempotencyRecord
            {
                Key = given,
                UserId = user,
                Command = command,
                Result = JsonSerializer.Serialize(result, ApplicationsDbContext.Json),
                At = now,
            });
        }

        db.Audit.Add(new AuditEvent
        {
            At = now,
            UserId = actor.UserId,
            UserName = actor.Name,
            Role = actor.Role,
            Ip = actor.Ip,
            Action = command,
            ObjectType = about.Kind,
            ObjectId = about.Id?.ToString("N"),
            Detail = detail,
        });
    }

    private async Task<(bool Found, T Result)> FindAsync<T>(Guid user, Guid key, CancellationToken ct)
    {
        var result = await db.Idempotency.AsNoTracking()
            .Where(r => r.UserId == user && r.Key == key)
            .Select(r => r.Result)
            .SingleOrDefaultAsync(ct);
        return result is null ? (false, default!) : (true, JsonSerializer.Deserialize<T>(result, ApplicationsDbContext.Json)!);
    }
}
