using Applications.Domain.Similarity;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Similarity;

/// <summary>
/// This node's index of all filed texts: loaded by the first comparison, afterwards only what was written since. It takes about 1.2 KB a text of 3,000
/// letters; nothing while nobody compares, and it is let go after <see cref="Idle"/> without a comparison.
/// </summary>
public sealed class SimilarityIndex(TimeProvider clock) : IDisposable
{
    /// <summary>Rows may become visible in another order than they were stamped, and nodes' clocks differ: so far back is read again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>How many texts enter the index at once.</summary>
    private const int Part = 5_000;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<Guid, DateTime> known = [];
    private FingerprintIndex index = new();
    private DateTime newest = DateTime.MinValue;
    private DateTime usedAt;

    /// <summary>The index with all that is committed now.</summary>
    public async Task<FingerprintIndex> GetAsync(ApplicationsDbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        await gate.WaitAsync(ct);
        try
        {
            usedAt = clock.GetUtcNow().UtcDateTime;
            var since = newest == DateTime.MinValue ? newest : newest - Overlap;
            var part = new List<(Guid, uint[])>();
            var rows = db.CaseTexts.AsNoTracking().Where(t => t.IndexedAt >= since);
            await foreach (var text in rows.Select(t => new { t.CaseId, t.IndexedAt, t.Marks }).AsAsyncEnumerable().WithCancellation(ct))
            {
                if (known.TryGetValue(text.CaseId, out var at) && at >= text.IndexedAt)
                {
                    continue;
                }

                known[text.CaseId] = text.IndexedAt;
                newest = text.IndexedAt > newest ? text.IndexedAt : newest;
                part.Add((text.CaseId, Fingerprint.FromBytes(text.Marks)));
                if (part.Count == Part)
                {
                    index.Add(part);
                    part = [];
                }
            }

            index.Add(part);
            return index;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Lets the index go when nobody has asked for it for a while.</summary>
    public async Task ReleaseIdleAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (clock.GetUtcNow().UtcDateTime - usedAt > Idle)
            {
                (index, newest) = (new FingerprintIndex(), DateTime.MinValue);
                known.Clear();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
