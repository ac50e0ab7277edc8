using Applications.Data;
using Applications.Domain.Cases;
using Applications.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Jobs;

/// <summary>Shows new files to the virus scanner. While it is down they wait, and that is told; nothing is taken for clean because nobody looked.</summary>
public sealed partial class ScanFiles(IServiceScopeFactory scopes, Clamd clamd, FileScans scans, IFileStore store, TimeProvider clock, ILogger<ScanFiles> logger)
{
    private const int Part = 50;
    private int running;

    /// <returns>How many files were judged.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        if (!clamd.IsConfigured || Interlocked.Exchange(ref running, 1) == 1)
        {
            return 0;
        }

        try
        {
            var judged = 0;
            foreach (var id in await WaitingAsync(ct))
            {
                judged += await JudgeAsync(id, ct) ? 1 : 0;
            }

            scans.Note(answers: true);
            return judged;
        }
        catch (ScannerDownException e)
        {
            if (scans.DownSince is null)
            {
                LogDown(logger, e);
            }

            scans.Note(answers: false);
            return 0;
        }
        finally
        {
            Interlocked.Exchange(ref running, 0);
        }
    }

    private async Task<List<Guid>> WaitingAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await FileScans.Waiting(scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>()).AsNoTracking()
            .OrderBy(a => a.AddedAt).Select(a => a.Id).Take(Part).ToListAsync(ct);
    }

    private async Task<bool> JudgeAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        if (await db.Attachments.SingleOrDefaultAsync(a => a.Id == id && a.Scan == null, ct) is not { } file || store.Open(file.Sha256) is not { } content)
        {
            return false;
        }

        await using (content)
        {
            var (verdict, note) = await clamd.ScanAsync(content, ct);
            file.Judge(verdict, note, clock.GetUtcNow().UtcDateTime);
            if (verdict == ScanVerdict.Infected)
            {
                LogInfected(logger, file.FileName, file.CaseId, note);
            }
        }

        await db.SaveChangesAsync(ct);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The virus scanner does not answer; uploaded files wait and cannot be submitted.")]
    private static partial void LogDown(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file {FileName} of case {CaseId} is infected: {Finding}.")]
    private static partial void LogInfected(ILogger logger, string fileName, Guid caseId, string? finding);
}
