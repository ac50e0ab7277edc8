using Applications.Data;
using Applications.Data.Similarity;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Jobs;

/// <summary>
/// Compares what was filed with all other filings, in the background and in the order of filing: what was filed a moment ago, and after an upgrade all
/// that was filed before. What is to be done is read off the rows, so a crash loses nothing and two nodes at once do no harm.
/// </summary>
public sealed partial class CompareTexts(IServiceScopeFactory scopes, SimilarityIndex index, ILogger<CompareTexts> logger)
{
    private const int Part = 50;
    private const int MostTries = 5;

    /// <summary>A filing's row may become visible a little later than its time says.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>The job runs every minute and leaves its thread to others in between.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    private readonly HashSet<(Guid, int)> failed = [];
    private int running;
    private DateTime reached = DateTime.MinValue;

    /// <summary>What the scheduler calls: works for a while; nothing while an earlier call is still at it.</summary>
    /// <returns>How many filings were compared.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct) => await RunAsync(Longest, null, ct);

    /// <summary>Works until nothing is left, from the first filing on.</summary>
    /// <param name="again">Also those that were compared before.</param>
    /// <param name="progress">Told how many are done, now and then.</param>
    public async Task<int> RunAllAsync(bool again, Action<int> progress, CancellationToken ct)
    {
        if (again)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TextComparer>().ForgetAsync(ct);
        }

        reached = DateTime.MinValue;
        return await RunAsync(Timeout.InfiniteTimeSpan, progress, ct);
    }

    private async Task<int> RunAsync(TimeSpan longest, Action<int>? progress, CancellationToken ct)
    {
        if (Interlocked.Exchange(ref running, 1) == 1)
        {
            return 0;
        }

        try
        {
            var (done, began) = (0, Environment.TickCount64);
            while (longest == Timeout.InfiniteTimeSpan || Environment.TickCount64 - began < longest.TotalMilliseconds)
            {
                var waiting = await WaitingAsync(ct);
                if (waiting.Count == 0)
                {
                    break;
                }

                foreach (var (caseId, round, filedAt) in waiting)
                {
                    done += await TryAsync(caseId, round, ct) ? 1 : 0;
                    reached = filedAt;
                }

                progress?.Invoke(done);
            }

            await index.ReleaseIdleAsync(ct);
            return done;
        }
        finally
        {
            Interlocked.Exchange(ref running, 0);
        }
    }

    private async Task<List<(Guid CaseId, int Round, DateTime FiledAt)>> WaitingAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        var since = reached == DateTime.MinValue ? reached : reached - Overlap;
        var waiting = await (
            from f in db.Filings.AsNoTracking()
            where f.FiledAt >= since && !db.CaseTexts.Any(t => t.CaseId == f.CaseId && t.Round >= f.Round && t.ComparedAt != null)
            orderby f.FiledAt, f.Id
            select new { f.CaseId, f.Round, f.FiledAt }).Take(Part + failed.Count).ToListAsync(ct);
        return [.. waiting.Where(w => !failed.Contains((w.CaseId, w.Round))).Select(w => (w.CaseId, w.Round, w.FiledAt))];
    }

    private async Task<bool> TryAsync(Guid caseId, int round, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<TextComparer>().CompareAsync(caseId, ct);
                return true;
            }
            catch (DbUpdateException) when (attempt < MostTries)
            {
                // Another node, or an officer with his word, came between.
                await Task.Delay(20 * attempt, ct);
            }
#pragma warning disable CA1031 // One filing that cannot be read must not keep the others waiting; it is tried again after the next start.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                failed.Add((caseId, round));
                LogFailed(logger, caseId, round, e);
                return false;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The text of case {CaseId}, filing {Round}, could not be compared.")]
    private static partial void LogFailed(ILogger logger, Guid caseId, int round, Exception exception);
}
