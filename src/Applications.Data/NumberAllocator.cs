using System.Collections.Concurrent;
using Applications.Data.Commands;
using Applications.Data.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Data;

/// <summary>
/// Running numbers, unique over all nodes. Taken in blocks on a connection of its own, so that commands which need one do not queue behind each
/// other's transactions; a number taken by a command that then fails, or left over at a restart, is not used again.
/// </summary>
public sealed class NumberAllocator(IServiceScopeFactory scopes)
{
    private const int Block = 10;
    private readonly ConcurrentDictionary<string, Range> ranges = new();

    public async Task<long> NextAsync(string key, CancellationToken ct)
    {
        var range = ranges.GetOrAdd(key, _ => new Range());
        await range.Gate.WaitAsync(ct);
        try
        {
            if (range.Next > range.Last)
            {
                range.Last = await TakeBlockAsync(key, ct);
                range.Next = range.Last - Block + 1;
            }

            return range.Next++;
        }
        finally
        {
            range.Gate.Release();
        }
    }

    private async Task<long> TakeBlockAsync(string key, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        while (true)
        {
            var value = await db.Counters.AsNoTracking().Where(c => c.Key == key).Select(c => (long?)c.Value).SingleOrDefaultAsync(ct);
            if (value is { } present)
            {
                if (await db.Counters.Where(c => c.Key == key && c.Value == present)
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, present + Block), ct) == 1)
                {
                    return present + Block;
                }

                continue;
            }

            db.Counters.Add(new Counter { Key = key, Value = Block });
            try
            {
                await db.SaveChangesAsync(ct);
                return Block;
            }
            catch (DbUpdateException e) when (UniqueViolation.Is(e))
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private sealed class Range
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long Next { get; set; } = 1;

        public long Last { get; set; }
    }
}
