using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Applications.Data.Providers.Postgres;

/// <summary>PostgreSQL, for one node or several.</summary>
public sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : ApplicationsDbContext(options)
{
    /// <summary>Most statements a connection keeps prepared; more than the program has.</summary>
    private const int MostPrepared = 200;

    public static void Configure(DbContextOptionsBuilder options, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);

        // A statement is parsed and planned once a connection, not once a request. A pooler that hands out another session per transaction
        // needs Max Auto Prepare=0 in the connection string.
        // (ContainsKey says yes to every keyword that exists; Keys holds those that were given.)
        if (!settings.Keys.Cast<string>().Contains("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = MostPrepared;
            settings.AutoPrepareMinUsages = 2;
        }

        // Nothing here changes a session, so there is nothing to reset when its connection goes back to the pool.
        settings.NoResetOnClose = true;
        options.UseNpgsql(settings.ConnectionString);
    }
}

/// <summary>For dotnet-ef.</summary>
public sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresDbContext>
{
    public PostgresDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresDbContext>();
        PostgresDbContext.Configure(options, "Host=localhost;Database=design");
        return new PostgresDbContext(options.Options);
    }
}
