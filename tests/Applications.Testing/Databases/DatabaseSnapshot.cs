using System.Globalization;
using Applications.Data;
using Applications.Data.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Applications.Testing.Databases;

/// <summary>
/// Every row of every table of the model as text, to say that nothing at all has changed. Counters are left out: numbers are taken in blocks outside of
/// the command, and one that a failed command took is not used again (README, Decisions).
/// </summary>
public sealed class DatabaseSnapshot
{
    private readonly SortedDictionary<string, List<string>> tables = new(StringComparer.Ordinal);

    public static async Task<DatabaseSnapshot> TakeAsync(ApplicationsDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var snapshot = new DatabaseSnapshot();
        var names = db.Model.GetEntityTypes().Where(e => e.ClrType != typeof(Counter)).Select(e => e.GetTableName()).OfType<string>().Distinct();
        var sql = db.Database.GetService<ISqlGenerationHelper>();
        foreach (var name in names)
        {
            snapshot.tables[name] = await RowsAsync(db, sql.DelimitIdentifier(name));
        }

        return snapshot;
    }

    public static Task<DatabaseSnapshot> TakeAsync(AppHost host) => host.InScopeAsync((_, db) => TakeAsync(db));

    /// <summary>One line a row that is here and not in <paramref name="before"/>, or the other way round.</summary>
    public IReadOnlyList<string> ChangesSince(DatabaseSnapshot before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return [.. tables.SelectMany(t => Differences(t.Key, before.tables[t.Key], t.Value))];
    }

    private static IEnumerable<string> Differences(string table, List<string> before, List<string> after) =>
        before.Except(after).Select(r => $"{table} - {r}").Concat(after.Except(before).Select(r => $"{table} + {r}"))
            .Concat(before.Count != after.Count ? [$"{table}: {before.Count} rows became {after.Count}"] : []);

    private static async Task<List<string>> RowsAsync(ApplicationsDbContext db, string table)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The name comes from the model.
        command.CommandText = $"SELECT * FROM {table}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(string.Join('|', values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
