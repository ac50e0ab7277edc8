namespace Applications.Testing.Databases;

/// <summary>An empty database of one test class, gone when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly Func<Task> _drop;

    internal TestDatabase(string provider, string connectionString, Func<Task> drop)
    {
        Provider = provider;
        ConnectionString = connectionString;
        _drop = drop;
    }

    /// <summary>As the setting <c>Database:Provider</c> names it, see <see cref="TestDatabases"/>.</summary>
    public string Provider { get; }

    public string ConnectionString { get; }

    public async ValueTask DisposeAsync() => await _drop();
}
