using Applications.Data;
using Applications.Data.Providers.Postgres;
using Applications.Data.Providers.Sqlite;
using Applications.Data.Providers.SqlServer;
using Applications.Testing.Databases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Applications.Testing;

/// <summary>What a test sets differently from the program as it is.</summary>
public sealed record AppHostOptions
{
    /// <summary>In place of the machine's clock.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Configuration keys and their values.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Look on, or break in, where the program speaks to its database.</summary>
    public IReadOnlyList<IInterceptor> Interceptors { get; init; } = [];

    /// <summary>For tests that break things on purpose: what the host then logs says nothing new.</summary>
    public bool Quiet { get; init; }
}

/// <summary>The real program with its demonstration data on a database of its own. Jobs are off: tests call them.</summary>
public sealed class AppHost : WebApplicationFactory<Program>
{
    private readonly TestDatabase database;
    private readonly AppHostOptions options;
    private readonly string root;
    private readonly bool owner;

    public AppHost(TestDatabase database, AppHostOptions? options = null)
        : this(database, options ?? new AppHostOptions(), Directory.CreateTempSubdirectory("applications-").FullName, owner: true)
    {
    }

    private AppHost(TestDatabase database, AppHostOptions options, string root, bool owner) =>
        (this.database, this.options, this.root, this.owner) = (database, options, root, owner);

    public static async Task<AppHost> StartAsync(string provider, AppHostOptions? options = null)
    {
        var host = new AppHost(await TestDatabases.CreateAsync(provider), options);
        _ = host.Services;
        return host;
    }

    public TestDatabase Database => database;

    /// <summary>The folder with uploads and picked-up mail.</summary>
    public string StorageRoot => root;

    /// <summary>Another node on the same database and files. Dispose it before this one.</summary>
    public AppHost StartTwin(AppHostOptions? other = null)
    {
        var twin = new AppHost(database, other ?? options, root, owner: false);
        _ = twin.Services;
        return twin;
    }

    /// <summary>Runs <paramref name="work"/> on a scope of its own.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, ApplicationsDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>());
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Storage:Root", root);
        builder.UseSetting("Database:Provider", database.Provider);
        builder.UseSetting("ConnectionStrings:Applications", database.ConnectionString);
        builder.UseSetting("Jobs:Enabled", "false");
        builder.UseSetting("Logging:LogLevel:Default", options.Quiet ? "None" : "Warning");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", options.Quiet ? "None" : "Warning");

        // What the database refuses is tried again or comes out as the host's own error.
        builder.UseSetting("Logging:LogLevel:Microsoft.EntityFrameworkCore", "None");

        foreach (var (key, value) in options.Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(Replace);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (owner)
        {
            await database.DisposeAsync();
            Directory.Delete(root, recursive: true);
        }
    }

    private void Replace(IServiceCollection services)
    {
        if (options.Clock is { } clock)
        {
            services.Replace(ServiceDescriptor.Singleton(clock));
        }

        services.ConfigureDbContext<SqliteDbContext>(Intercept);
        services.ConfigureDbContext<PostgresDbContext>(Intercept);
        services.ConfigureDbContext<SqlServerDbContext>(Intercept);
    }

    private void Intercept(DbContextOptionsBuilder builder) => builder.AddInterceptors(options.Interceptors);
}
