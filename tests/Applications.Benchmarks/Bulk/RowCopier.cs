using Applications.Data;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Applications.Benchmarks.Bulk;

/// <summary>
/// Multiplies rows inside the database: every column is copied but those that are given an expression. In expressions <c>t</c> is the row,
/// <c>c</c> its line in the table <c>copies</c>: <c>c.source</c>, <c>c.id</c> (new), <c>c.n</c> (1, 2, 3… over all copies).
/// </summary>
internal sealed class RowCopier(ApplicationsDbContext db, string provider)
{
    /// <summary>An expression for a new id.</summary>
    public string NewId { get; } = provider == TestDatabases.Postgres
        ? "gen_random_uuid()"
        : "(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6)))";

    /// <summary>Says which rows are to be copied, <paramref name="count"/> times in all, in turn.</summary>
    public async Task PlanAsync(IReadOnlyList<Guid> sources, int count)
    {
        var cast = provider == TestDatabases.Postgres ? "::uuid" : "";
        await RunAsync("DROP TABLE IF EXISTS copies");
        await RunAsync($"""
            CREATE TABLE copies AS
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}),
                 sources(i, id) AS (VALUES {string.Join(", ", sources.Select((id, i) => $"({i}, '{id.ToString().ToUpperInvariant()}'{cast})"))})
            SELECT n, sources.id AS source, {NewId} AS id FROM numbers JOIN sources ON sources.i = n % {sources.Count}
            """);
        await RunAsync("CREATE INDEX copies_source ON copies (source)");
    }

    /// <param name="link">The column that holds the source's id.</param>
    /// <param name="where">Which of the rows; empty for all.</param>
    /// <param name="values">Property name and SQL expression.</param>
    /// <param name="join">A further table that expressions speak of.</param>
    public async Task CopyAsync<T>(string link, string where = "", string join = "", params (string Property, string Sql)[] values)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        var columns = entity.GetProperties()
            .Select(p => (Name: p.GetColumnName(table)!, Sql: values.FirstOrDefault(v => v.Property == p.Name).Sql))
            .Select(p => (p.Name, Sql: p.Sql ?? $"t.\"{p.Name}\""))
            .ToList();
        await RunAsync($"""
            INSERT INTO {table.Name} ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))})
            SELECT {string.Join(", ", columns.Select(c => c.Sql))}
            FROM {table.Name} t JOIN copies c ON c.source = t."{link}" {join} {(where.Length > 0 ? $"WHERE {where}" : "")}
            """);
    }

    public async Task RunAsync(string sql)
    {
        // A plain command: raw SQL of EF would read braces in JSON as parameters.
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
