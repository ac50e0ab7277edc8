using Applications.Web.Infrastructure.Errors;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>The order in which a request is handled.</summary>
public static class PipelineSetup
{
    public static void UseApplications(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseRequestsWithoutNul();
        app.UseSecurityHeaders();
        app.UseErrors();
        app.UseReadableTooLarge();
        if (app.Environment.IsProduction())
        {
            app.UseHsts();
        }

        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
        app.MapApi();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}
