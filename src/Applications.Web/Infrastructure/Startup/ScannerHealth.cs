using Applications.Web.Files;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>A silent virus scanner keeps files from being submitted; everything else goes on.</summary>
public sealed class ScannerHealth(FileScans scans) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(scans.DownSince is { } since ? HealthCheckResult.Degraded($"The virus scanner has not answered since {since:u}.") : HealthCheckResult.Healthy());
}
