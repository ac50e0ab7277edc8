using Npgsql;

namespace Applications.Benchmarks;

/// <summary>The hand-written transaction that a transition is held against, on tables of its own that carry about what the real ones carry.</summary>
internal sealed class TransitionFloor : IAsyncDisposable
{
    private static readonly string Text = new('x', 200);
    private readonly NpgsqlDataSource source;

    private TransitionFloor(NpgsqlDataSource source, IReadOnlyList<(Guid, Guid)> cases) => (this.source, Cases) = (source, [.. cases]);

    /// <summary>Ids and versions.</summary>
    public List<(Guid Id, Guid Version)> Cases { get; }

    public static async Task<TransitionFloor> PrepareAsync(string connectionString, int count)
    {
        // Statements prepare themselves after their second use, as a careful hand would have them.
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 });
        await using var command = source.CreateCommand("""
            CREATE TABLE floor_cases (id uuid PRIMARY KEY, version uuid NOT NULL, stage text NOT NULL, state text NOT NULL, since timestamptz NOT NULL);
            CREATE TABLE floor_waits (id uuid PRIMARY KEY, case_id uuid NOT NULL, holder text NOT NULL, due timestamptz NOT NULL);
            CREATE INDEX ON floor_waits (case_id);
            CREATE TABLE floor_log (id uuid PRIMARY KEY, case_id uuid NOT NULL, kind text NOT NULL, line text NOT NULL, at timestamptz NOT NULL);
            """);
        await command.ExecuteNonQueryAsync();
        List<(Guid, Guid)> cases = [.. Enumerable.Range(0, count).Select(_ => (Guid.CreateVersion7(), Guid.NewGuid()))];
        await using var fill = source.CreateCommand("""
            INSERT INTO floor_cases SELECT id, version, 'first', repeat('x', 400), now() FROM unnest($1, $2) AS given(id, version);
            """);
        fill.Parameters.Add(new() { Value = cases.Select(c => c.Item1).ToArray() });
        fill.Parameters.Add(new() { Value = cases.Select(c => c.Item2).ToArray() });
        await fill.ExecuteNonQueryAsync();
        await using var waits = source.CreateCommand("INSERT INTO floor_waits SELECT gen_random_uuid(), id, 'holder', now() FROM floor_cases; ANALYZE");
        await waits.ExecuteNonQueryAsync();
        return new TransitionFloor(source, cases);
    }

    public async Task MoveAsync((Guid Id, Guid Version) one)
    {
        var now = DateTime.UtcNow;
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync("DELETE FROM floor_waits WHERE case_id = $1", one.Id);
        await RunAsync(
            "UPDATE floor_cases SET version = $3, stage = $4, state = $5, since = $6 WHERE id = $1 AND version = $2",
            one.Id, one.Version, Guid.NewGuid(), "second", Text, now);
        await RunAsync("INSERT INTO floor_waits VALUES ($1, $2, $3, $4)", Guid.CreateVersion7(), one.Id, "next", now);
        foreach (var kind in (string[])["journal", "audit", "idempotency", "outbox"])
        {
            await RunAsync("INSERT INTO floor_log VALUES ($1, $2, $3, $4, $5)", Guid.CreateVersion7(), one.Id, kind, Text, now);
        }

        await transaction.CommitAsync();

        async Task RunAsync(string sql, params object[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (var value in values)
            {
                command.Parameters.Add(new() { Value = value });
            }

            if (await command.ExecuteNonQueryAsync() != 1)
            {
                throw new InvalidOperationException("Somebody else was first.");
            }
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
