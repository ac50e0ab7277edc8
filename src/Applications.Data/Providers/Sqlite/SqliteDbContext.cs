using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Applications.Data.Providers.Sqlite;

/// <summary>The embedded default: one file, one node.</summary>
public sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : ApplicationsDbContext(options)
{
    // SQLite has one writer. Waiting in line here is fair and costs nothing; losing the race inside SQLite costs a polling sleep.
    private static readonly SemaphoreSlim Writer = new(1, 1);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await Writer.WaitAsync(cancellationToken);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            Writer.Release();
        }
    }

    public static void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, Pooling = true }.ToString());
}

/// <summary>For dotnet-ef.</summary>
public sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteDbContext>
{
    public SqliteDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteDbContext>();
        SqliteDbContext.Configure(options, "Data Source=design.db");
        return new SqliteDbContext(options.Options);
    }
}
