using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Applications.Data.Providers.Postgres;

/// <summary>PostgreSQL, for one node or several.</summary>
public sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : ApplicationsDbContext(options)
{
    public static void Configure(DbContextOptionsBuilder options, string connectionString) => options.UseNpgsql(connectionString);
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
