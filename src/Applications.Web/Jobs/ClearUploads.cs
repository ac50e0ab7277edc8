using Applications.Data;
using Applications.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Jobs;

/// <summary>Clears away uploads that nobody went on with, and parts that no upload knows. Several nodes may run it at once.</summary>
public sealed class ClearUploads(IServiceScopeFactory scopes, UploadParts parts, TimeProvider clock)
{
    /// <returns>How many uploads were cleared away.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();

        // Listed before the rows are read: a part that comes meanwhile has its row already, and is not taken for a stray.
        var lying = parts.All();
        var now = clock.GetUtcNow().UtcDateTime;
        var cleared = await db.Uploads.Where(u => u.ExpiresAt < now).ExecuteDeleteAsync(ct);
        var wanted = (await db.Uploads.Where(u => u.FileId == null).Select(u => u.Id).ToListAsync(ct)).ToHashSet();
        foreach (var id in lying.Where(id => !wanted.Contains(id)))
        {
            parts.Delete(id);
        }

        return cleared;
    }
}
