using System.Data.Common;
using Applications.Testing.Databases;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Applications.Data.Tests.Testing;

public sealed class TestDatabasesTests
{
    public static TheoryData<string> Providers => [.. TestDatabases.Providers];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Create_Twice_GivesTwoEmptyDatabasesThatGo(string provider)
    {
        if (TestDatabases.Unavailable(provider) is { } reason)
        {
            Assert.Skip(reason);
        }

        string gone;
        await using (var first = await TestDatabases.CreateAsync(provider))
        await using (var second = await TestDatabases.CreateAsync(provider))
        {
            await RunAsync(first, "CREATE TABLE cases (id int)");
            await RunAsync(second, "CREATE TABLE cases (id int)");
            gone = first.ConnectionString;
        }

        if (provider == TestDatabases.Sqlite)
        {
            Assert.False(File.Exists(new SqliteConnectionStringBuilder(gone).DataSource));
            return;
        }

        await using var connection = Connect(provider, gone);
        await Assert.ThrowsAnyAsync<DbException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Create_UnknownProvider_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => TestDatabases.CreateAsync("Oracle"));

    private static async Task RunAsync(TestDatabase database, string sql)
    {
        await using var connection = Connect(database.Provider, database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static DbConnection Connect(string provider, string connectionString) => provider switch
    {
        TestDatabases.Sqlite => new SqliteConnection(connectionString),
        TestDatabases.Postgres => new NpgsqlConnection(connectionString),
        _ => new SqlConnection(connectionString),
    };
}
