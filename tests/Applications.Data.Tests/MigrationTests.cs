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
        var statements = Statements().Split(script).Select(s => s.Trim().TrimEnd(';')).ToList();

        // A model takes tables whole: what later migrations add stands in the table it is added to.
        var added = statements.Select(s => AddColumn().Match(s)).Where(m => m.Success).ToLookup(m => m.Groups["table"].Value, m => m.Groups["column"].Value);
        var tables = 0;
        foreach (var text in statements)
        {
            if (CreateTable().Match(text) is { Success: true } table)
            {
                model.AddObjects(table.Value + string.Concat(added[table.Groups["table"].Value].Select(c => $"{c},")) + text[table.Length..]);
                tables++;
            }
            else if (text.StartsWith("CREATE INDEX", StringComparison.Ordinal) || text.StartsWith("CREATE UNIQUE INDEX", StringComparison.Ordinal))
            {
                model.AddObjects(text);
            }
        }

        Assert.True(tables > 20, $"Only {tables} tables were found in the script.");
        Assert.DoesNotContain(model.Validate(), m => m.MessageType == Microsoft.SqlServer.Dac.DacMessageType.Error);
    }

    [GeneratedRegex(@";\s*\n(?:GO\s*\n)?|^\s*GO\s*$", RegexOptions.Multiline)]
    private static partial Regex Statements();

    [GeneratedRegex(@"^CREATE TABLE (?<table>\[\w+\]) \(")]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"^ALTER TABLE (?<table>\[\w+\]) ADD (?<column>\[.*)$", RegexOptions.Singleline)]
    private static partial Regex AddColumn();
}
