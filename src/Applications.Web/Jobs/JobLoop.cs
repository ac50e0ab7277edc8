using Applications.Data.Outbox;
using Applications.Web.Infrastructure.Startup;
using Hangfire;
using Microsoft.Extensions.Options;

namespace Applications.Web.Jobs;

/// <summary>Registers the recurring jobs, and works at once when a commit of this process left something to do.</summary>
public sealed partial class JobLoop(
    OutboxSignal signal, DrainOutbox drain, FireTimers timers, StartTitles titles, ScanFiles scan, SolveAssignments solve, IRecurringJobManager jobs, IOptions<JobSettings> settings, ILogger<JobLoop> logger) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Value.Enabled)
        {
            return;
        }

        jobs.AddOrUpdate<DrainOutbox>("drain-outbox", job => job.ExecuteAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<FireTimers>("fire-timers", job => job.ExecuteAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<StartTitles>("start-titles", job => job.ExecuteAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<CompareTexts>("compare-texts", job => job.ExecuteAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<SolveAssignments>("solve-assignments", job => job.ExecuteAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<SealAudit>("seal-audit", job => job.ExecuteAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<ClearUploads>("clear-uploads", job => job.ExecuteAsync(CancellationToken.None), Cron.Hourly());
        jobs.AddOrUpdate<Remind>("remind", job => job.ExecuteAsync(CancellationToken.None), Cron.Hourly());
        var solving = Task.FromResult(0);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Takes seconds of one core: mail and timers do not wait for it.
                if (solving.IsCompleted)
                {
                    var before = solving;
                    solving = Task.Run(() => solve.ExecuteAsync(stoppingToken), stoppingToken);
                    await before;
                }

                await timers.ExecuteAsync(stoppingToken);
                await drain.ExecuteAsync(stoppingToken);
                await titles.ExecuteAsync(stoppingToken);
                await scan.ExecuteAsync(stoppingToken);
                await signal.WaitAsync(LongestSleep, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop must outlive whatever one round runs into; the recurring job tries the same again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailed(logger, e);
                await Task.Delay(LongestSleep, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of the job loop failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
