using Applications.Domain.Trail;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Trail;

/// <summary>
/// Gives audit events consecutive numbers and chains their hashes, after they were written, so that writers do not queue for each other. Each part of the
/// chain is one save together with the chain's end; whoever extends the same end second is refused and begins again.
/// </summary>
public sealed class AuditSealer(ApplicationsDbContext db, TimeProvider clock)
{
    private const int Batch = 500;
    private const int MostTries = 50;

    /// <summary>A command stamps its event before it commits; what is this old is on the table or will be sealed in the next round.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    /// <summary>Seals all that is due. Returns how many events this call sealed.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var total = 0;
        for (var tries = 1; ;)
        {
            db.ChangeTracker.Clear();
            try
            {
                var count = await SealBatchAsync(ct);
                total += count;
                tries = 1;
                if (count < Batch)
                {
                    return total;
                }
            }
            catch (DbUpdateConcurrencyException) when (tries++ < MostTries)
            {
                await Task.Delay(Random.Shared.Next(5, 40), ct);
            }
        }
    }

    private async Task<int> SealBatchAsync(CancellationToken ct)
    {
        var now = UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime);
        var until = now - Rest;

        // The end of the chain first: what another sealer does after this read makes our save fail, never fork.
        var end = await db.AuditSeals.SingleAsync(s => s.Id == AuditSeal.TheOne, ct);
        var events = await db.Audit.Where(a => a.SealNumber == null && a.At <= until).OrderBy(a => a.Id).Take(Batch).ToListAsync(ct);
        if (events.Count == 0)
        {
            return 0;
        }

        foreach (var next in events)
        {
            next.Seal(end.Number + 1, end.Hash);
            (end.Number, end.Hash) = (next.SealNumber!.Value, next.Hash!);
        }

        end.SealedAt = now;
        await db.SaveChangesAsync(ct);
        return events.Count;
    }
}
