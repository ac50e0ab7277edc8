using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Applications.Data.Providers.SqlServer;

/// <summary>SQL Server, for one node or several.</summary>
public sealed class SqlServerDbContext(DbContextOptions<SqlServerDbContext> options) : ApplicationsDbContext(options)
{
    public static void Configure(DbContextOptionsBuilder options, string connectionString) => options.UseSqlServer(connectionString);
}

/// <summary>For dotnet-ef.</summary>
public sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerDbContext>
{
    public SqlServerDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqlServerDbContext>();
        SqlServerDbContext.Configure(options, "Server=localhost;Database=design");
        return new SqlServerDbContext(options.Options);
    }
}
