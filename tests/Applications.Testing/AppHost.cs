using Applications.Data;
using Applications.Testing.Databases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Testing;

/// <summary>The real program with its demonstration data on a database of its own. Jobs are off: tests call them.</summary>
public sealed class AppHost(TestDatabase database) : WebApplicationFactory<Program>
{
    private readonly string root = Directory.CreateTempSubdirectory("applications-").FullName;

    public static async Task<AppHost> StartAsync(string provider)
    {
        var host = new AppHost(await TestDatabases.CreateAsync(provider));
        _ = host.Services;
        return host;
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
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }
}
