using System.Text.RegularExpressions;
using Applications.Data.Providers.Postgres;
using Applications.Data.Providers.Sqlite;
using Applications.Data.Providers.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;

namespace Applications.Data.Tests;

public sealed partial class MigrationTests
{
    [Fact]
    public void Model_OfEveryProvider_HasNoPendingChanges()
    {
        using ApplicationsDbContext sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        using ApplicationsDbContext postgres = new PostgresDesignTimeFactory().CreateDbContext([]);
        using ApplicationsDbContext sqlServer = new SqlServerDesignTimeFactory().CreateDbContext([]);
        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(postgres.Database.HasPendingModelChanges());
        Assert.False(sqlServer.Database.HasPendingModelChanges());
    }

    [Fact]
    public void SqlServer_MigrationScript_IsAValidModel()
    {
        using var db = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var script = db.GetService<IMigrator>().GenerateScript();
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        var tables = 0;
        foreach (var batch in Statements().Split(script))
        {
            var text = batch.Trim().TrimEnd(';');
            if (text.StartsWith("CREATE TABLE", StringComparison.Ordinal) || text.StartsWith("CREATE INDEX", StringComparison.Ordinal) || text.StartsWith("CREATE UNIQUE INDEX", StringComparison.Ordinal))
            {
                model.AddObjects(text);
                tables += text.StartsWith("CREATE TABLE", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        Assert.True(tables > 20, $"Only {tables} tables were found in the script.");
        Assert.DoesNotContain(model.Validate(), m => m.MessageType == Microsoft.SqlServer.Dac.DacMessageType.Error);
    }

    [GeneratedRegex(@";\s*\n(?:GO\s*\n)?|^\s*GO\s*$", RegexOptions.Multiline)]
    private static partial Regex Statements();
}
