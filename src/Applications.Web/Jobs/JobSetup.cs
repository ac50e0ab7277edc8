using Applications.Data;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>Recurring jobs and how mail leaves the house.</summary>
public static class JobSetup
{
    public static void AddJobsAndMail(
        this IServiceCollection services, IConfiguration configuration, DatabaseProvider provider, string connectionString, string root)
    {
    }
}
