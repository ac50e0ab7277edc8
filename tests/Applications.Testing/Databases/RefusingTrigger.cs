using Applications.Data;
using Microsoft.EntityFrameworkCore;

namespace Applications.Testing.Databases;

/// <summary>A trigger in the database itself that refuses every row written to one table, so that a unit of work breaks in the middle of its last round trip.</summary>
public static class RefusingTrigger
{
    public static Task SetAsync(AppHost host, string table) => RunAsync(host, table, host?.Database.Provider switch
    {
        TestDatabases.Sqlite =>
        [
            $"CREATE TRIGGER refuse_insert BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'refused'); END",
            $"CREATE TRIGGER refuse_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'refused'); END",
        ],
        TestDatabases.Postgres =>
        [
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$ LANGUAGE plpgsql",
            $"CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()",
        ],
        _ => throw new NotSupportedException("No trigger is written for this provider."),
    });

    public static Task DropAsync(AppHost host, string table) => RunAsync(host, table, host?.Database.Provider switch
    {
        TestDatabases.Sqlite => ["DROP TRIGGER refuse_insert", "DROP TRIGGER refuse_update"],
        _ => [$"DROP TRIGGER refuse ON {table}"],
    });

    private static async Task RunAsync(AppHost host, string table, string[] statements)
    {
        var known = await host.InScopeAsync((_, db) => Task.FromResult(Tables(db)));
        if (!known.Contains(table))
        {
            throw new ArgumentException($"The model has no table {table}.", nameof(table));
        }

        foreach (var statement in statements)
        {
            await host.InScopeAsync((_, db) => db.Database.ExecuteSqlRawAsync(statement));
        }
    }

    private static HashSet<string> Tables(ApplicationsDbContext db) => [.. db.Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>()];
}
