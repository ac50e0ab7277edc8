using Applications.Data.Trail;

namespace Applications.Web.Jobs;

/// <summary>Gives the audit events of the last minute their place in the hash chain. Several nodes may run it at once.</summary>
public sealed class SealAudit(IServiceScopeFactory scopes)
{
    /// <returns>How many events were sealed.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AuditSealer>().ExecuteAsync(ct);
    }
}
