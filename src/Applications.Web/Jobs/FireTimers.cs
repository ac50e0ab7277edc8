using Applications.Data;
using Applications.Data.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Jobs;

/// <summary>Tells the engine that time is up, once per timer: the stamp and the move are one save.</summary>
public sealed class FireTimers(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int MostAtOnce = 200;

    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<Guid> due;
        await using (var scope = scopes.CreateAsyncScope())
        {
            due = await scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>().Timers.AsNoTracking()
                .Where(t => t.DoneAt == null && t.DueAt <= now).OrderBy(t => t.DueAt).Select(t => t.Id).Take(MostAtOnce).ToListAsync(ct);
        }

        foreach (var id in due)
        {
            await FlowMover.RunAsync(scopes, async (db, services) =>
            {
                var host = services.GetRequiredService<WorkflowHost>();
                var timer = await db.Timers.SingleAsync(t => t.Id == id, ct);

                // A move to another version may have given more time since the list was made.
                if (timer.DoneAt is not null || timer.DueAt > host.Now)
                {
                    return;
                }

                timer.DoneAt = host.Now;
                if (timer.IsBatch)
                {
                    await host.TimeOutAsync(FlowSubjects.Of(await db.Batches.SingleAsync(b => b.Id == timer.SubjectId, ct)), timer.Token, ct);
                }
                else if (await db.Applications.SingleOrDefaultAsync(a => a.Id == timer.SubjectId, ct) is { } application)
                {
                    await host.TimeOutAsync(FlowSubjects.Of(application, await db.Batches.SingleAsync(b => b.Id == application.BatchId, ct)), timer.Token, ct);
                }
                else
                {
                    await services.GetRequiredService<TitleHost>().TimeOutAsync(await db.Certificates.SingleAsync(c => c.Id == timer.SubjectId, ct), timer.Token, ct);
                }
            }, ct);
        }

        return due.Count;
    }
}
