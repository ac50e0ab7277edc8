using Applications.Data;
using Applications.Web.Jobs;
using Applications.Web.Mail;
using Hangfire;
using Hangfire.PostgreSql;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>Recurring jobs and how mail leaves the house.</summary>
public static class JobSetup
{
    public static void AddJobsAndMail(
        this IServiceCollection services, IConfiguration configuration, DatabaseProvider provider, string connectionString, string root)
    {
        services.AddOptions<MailSettings>().BindConfiguration("Mail").ValidateDataAnnotations().ValidateOnStart();
        services.PostConfigure<MailSettings>(m => m.PickupFolder = Path.Combine(root, "mail"));
        services.AddScoped<LetterWriter>();
        services.AddScoped<MailDelivery>();
        services.AddSingleton<DrainOutbox>();
        services.AddSingleton<FireTimers>();
        services.AddSingleton<StartTitles>();
        services.AddSingleton<CompareTexts>();
        services.AddSingleton<SolveAssignments>();
        services.AddSingleton<Remind>();
        services.AddSingleton<SealAudit>();
        services.AddSingleton<ClearUploads>();
        services.AddSingleton<ScanFiles>();

        services.AddHangfire(h =>
        {
            switch (provider)
            {
                case DatabaseProvider.Postgres:
                    h.UsePostgreSqlStorage(o => o.UseNpgsqlConnection(connectionString));
                    break;
                case DatabaseProvider.SqlServer:
                    h.UseSqlServerStorage(connectionString);
                    break;
                default:
                    h.UseInMemoryStorage();
                    break;
            }
        });
        if (configuration.GetValue("Jobs:Enabled", true))
        {
            services.AddHangfireServer(o => o.WorkerCount = 2);
            services.AddHostedService<JobLoop>();
        }
    }
}
