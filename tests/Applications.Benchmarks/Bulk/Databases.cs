using Applications.Data;
using Applications.Data.Providers.Postgres;
using Applications.Data.Providers.Sqlite;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Benchmarks.Bulk;

/// <summary>The benchmark's own view of a database that a server works on.</summary>
internal static class Databases
{
    public static ApplicationsDbContext Open(TestDatabase database)
    {
        if (database.Provider == TestDatabases.Postgres)
        {
            var postgres = new DbContextOptionsBuilder<PostgresDbContext>();
            PostgresDbContext.Configure(postgres, database.ConnectionString);
            return new PostgresDbContext(postgres.Options);
        }

        var sqlite = new DbContextOptionsBuilder<SqliteDbContext>();
        SqliteDbContext.Configure(sqlite, database.ConnectionString);
        return new SqliteDbContext(sqlite.Options);
    }
}
