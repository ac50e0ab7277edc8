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
        var (tables, indexes) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        foreach (var text in Statements().Split(script).Select(s => s.Trim().TrimEnd(';')))
        {
            if (Shape().Match(text) is { Success: true } shape)
            {
                Apply(shape, text, tables, indexes);
            }
        }

        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        foreach (var text in tables.Values.Concat(indexes.Values))
        {
            model.AddObjects(text);
        }

        Assert.True(tables.Count > 20, $"Only {tables.Count} tables were found in the script.");
        Assert.DoesNotContain(model.Validate(), m => m.MessageType == Microsoft.SqlServer.Dac.DacMessageType.Error);
    }

    /// <summary>The model knows no changes, only what there is in the end: a column that is added goes into its table, an index that is dropped goes.</summary>
    private static void Apply(Match shape, string text, Dictionary<string, string> tables, Dictionary<string, string> indexes)
    {
        var name = shape.Groups["name"].Value;
        switch (shape.Groups["what"].Value)
        {
            case "CREATE TABLE":
                tables.Add(name, text);
                break;
            case "ALTER TABLE":
                var columns = tables[name].IndexOf('(', StringComparison.Ordinal) + 1;
                tables[name] = tables[name].Insert(columns, text[shape.Length..] + ",");
                break;
            case "DROP INDEX":
                Assert.True(indexes.Remove(name), $"{name} is dropped and was never made.");
                break;
            default:
                indexes.Add(name, text);
                break;
        }
    }

    [GeneratedRegex(@"^(?<what>CREATE TABLE|CREATE (UNIQUE )?INDEX|DROP INDEX|ALTER TABLE(?=\s\[\w+\] ADD \[)) \[(?<name>\w+)\]( ADD )?")]
    private static partial Regex Shape();

    [GeneratedRegex(@";\s*\n(?:GO\s*\n)?|^\s*GO\s*$", RegexOptions.Multiline)]
    private static partial Regex Statements();
}
