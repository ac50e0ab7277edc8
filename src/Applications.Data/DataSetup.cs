using Applications.Data.Accounts;
using Applications.Data.Calendars;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Data.Experts;
using Applications.Data.Outbox;
using Applications.Data.Providers.Postgres;
using Applications.Data.Providers.Sqlite;
using Applications.Data.Providers.SqlServer;
using Applications.Data.Similarity;
using Applications.Data.Trail;
using Applications.Data.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Applications.Data;

/// <summary>Which database the system stands on.</summary>
public enum DatabaseProvider
{
    Sqlite,
    Postgres,
    SqlServer,
}

public static class DataSetup
{
    /// <summary>Registers the model over one provider and everything that stands on it alone.</summary>
    public static IServiceCollection AddApplicationsData(this IServiceCollection services, DatabaseProvider provider, string connectionString)
    {
        switch (provider)
        {
            case DatabaseProvider.Sqlite:
                services.AddDbContextPool<ApplicationsDbContext, SqliteDbContext>(o => SqliteDbContext.Configure(o, connectionString));
                break;
            case DatabaseProvider.Postgres:
                services.AddDbContextPool<ApplicationsDbContext, PostgresDbContext>(o => PostgresDbContext.Configure(o, connectionString));
                break;
            case DatabaseProvider.SqlServer:
                services.AddDbContextPool<ApplicationsDbContext, SqlServerDbContext>(o => SqlServerDbContext.Configure(o, connectionString));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(provider));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DefinitionCatalog>();
        services.AddSingleton<CalendarSource>();
        services.AddSingleton<NumberAllocator>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<SimilarityIndex>();
        services.AddScoped<DrawPool>();
        services.AddScoped<AssignmentPool>();
        services.AddScoped<PanelStore>();
        services.AddScoped<CaseTexts>();
        services.AddScoped<TextComparer>();
        services.AddScoped<DefinitionPublisher>();
        services.AddScoped<VersionPublisher>();
        services.AddScoped<EditionSource>();
        services.AddScoped<CaseMigration>();
        services.AddScoped<FlowCommands>();
        services.AddScoped<FlowFacts>();
        services.AddScoped<FlowEffects>();
        services.AddScoped<ConflictFacts>();
        services.AddScoped<WorkflowHost>();
        services.AddScoped<ApprovalHost>();
        services.AddScoped<DelegationSource>();
        services.AddScoped<TitleHost>();
        services.AddScoped<CommandPipeline>();
        services.AddScoped<AuditWriter>();
        services.AddScoped<AuditSealer>();
        services.AddScoped<TrailChecker>();
        return services;
    }
}
