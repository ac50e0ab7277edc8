using Applications.Data;
using Applications.Data.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Jobs;

/// <summary>Begins the life of every title that has been granted and has none yet, those of earlier years included. One transaction a title; running it twice is running it once.</summary>
public sealed class StartTitles(IServiceScopeFactory scopes, DefinitionCatalog definitions)
{
    private const int MostAtOnce = 200;

    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        List<Guid> waiting;
        var known = definitions.Editions.Keys.ToList();
        await using (var scope = scopes.CreateAsyncScope())
        {
            waiting = await scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>().Certificates.AsNoTracking()
                .Where(c => c.State == null && c.RevokedAt == null && known.Contains(c.ProgrammeKey)).OrderBy(c => c.IssuedAt).ThenBy(c => c.Id).Select(c => c.Id).Take(MostAtOnce).ToListAsync(ct);
        }

        foreach (var id in waiting)
        {
            await FlowMover.RunAsync(
                scopes, async (db, services) => await services.GetRequiredService<TitleHost>().StartAsync(await db.Certificates.SingleAsync(c => c.Id == id, ct), ct), ct);
        }

        return waiting.Count;
    }
}
