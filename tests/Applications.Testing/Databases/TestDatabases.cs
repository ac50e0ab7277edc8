using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Applications.Testing.Databases;

/// <summary>
/// Makes empty databases on the providers that this machine has. SQLite is always there, PostgreSQL as <see cref="PostgresServer"/> finds it,
/// SQL Server when <c>APPLICATIONS_TEST_SQLSERVER</c> holds the connection string of a login that may create databases.
/// A test asks <see cref="Unavailable"/> first and skips with the reason: <c>if (TestDatabases.Unavailable(provider) is { } reason) { Assert.Skip(reason); }</c>.
/// </summary>
public static class TestDatabases
{
    public const string Sqlite = "Sqlite";
    public const string Postgres = "Postgres";
    public const string SqlServer = "SqlServer";

    private const string SqlServerVariable = "APPLICATIONS_TEST_SQLSERVER";

    public static IReadOnlyList<string> Providers { get; } = [Sqlite, Postgres, SqlServer];

    private static string? SqlServerConnection =>
        Environment.GetEnvironmentVariable(SqlServerVariable) is { Length: > 0 } given ? given : null;

    /// <summary>Why this machine has no such database, or null when it has.</summary>
    public static string? Unavailable(string provider) => provider switch
    {
        Sqlite => null,
        Postgres => PostgresServer.Shared.Unavailable,
        SqlServer => SqlServerConnection is null ? $"no SQL Server: {SqlServerVariable} is not set" : null,
        _ => throw Unknown(provider),
    };

    /// <exception cref="InvalidOperationException">The provider is not available here, with the reason.</exception>
    public static async Task<TestDatabase> CreateAsync(string provider)
    {
        if (Unavailable(provider) is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        return provider switch
        {
            Sqlite => CreateSqlite(),
            Postgres => await CreatePostgresAsync(PostgresServer.Shared.ConnectionString!),
            SqlServer => await CreateSqlServerAsync(SqlServerConnection!),
            _ => throw Unknown(provider),
        };
    }

    private static TestDatabase CreateSqlite()
    {
        var directory = Directory.CreateTempSubdirectory("applications-test-");
        var connectionString = $"Data Source={Path.Combine(directory.FullName, "applications.db")}";
        return new(Sqlite, connectionString, () =>
        {
            using (var connection = new SqliteConnection(connectionString))
            {
                SqliteConnection.ClearPool(connection);
            }

            directory.Delete(recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<TestDatabase> CreatePostgresAsync(string server)
    {
        var name = UniqueName();
        await RunAsync($"CREATE DATABASE {name}");

        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        return new(Postgres, connectionString, async () =>
        {
            await using (var connection = new NpgsqlConnection(connectionString))
            {
                NpgsqlConnection.ClearPool(connection);
            }

            await RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        });

        async Task RunAsync(string sql)
        {
            await using var source = NpgsqlDataSource.Create(server);
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<TestDatabase> CreateSqlServerAsync(string server)
    {
        var name = UniqueName();
        await RunAsync($"CREATE DATABASE {name}");

        var connectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ConnectionString;
        return new(SqlServer, connectionString, async () =>
        {
            await using (var connection = new SqlConnection(connectionString))
            {
                SqlConnection.ClearPool(connection);
            }

            await RunAsync($"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {name}");
        });

        async Task RunAsync(string sql)
        {
            await using var connection = new SqlConnection(server);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static string UniqueName() => $"test_{Guid.NewGuid():n}";

    private static ArgumentException Unknown(string provider) => new($"No provider is called {provider}.", nameof(provider));
}
