using Applications.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>Ready means: the database answers.</summary>
public sealed class DatabaseHealth(ApplicationsDbContext db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The database does not answer.");
}
