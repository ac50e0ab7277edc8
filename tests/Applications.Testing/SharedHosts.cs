using Applications.Testing.Databases;

namespace Applications.Testing;

/// <summary>One host a provider for a whole test class (a class fixture), started when first asked for. Tests on it use applications of their own.</summary>
public class SharedHosts : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<string, AppHost> hosts = [];

    public async Task<AppHost> GetAsync(string provider)
    {
        await gate.WaitAsync();
        try
        {
            if (!hosts.TryGetValue(provider, out var host))
            {
                hosts[provider] = host = await AppHost.StartAsync(provider, Options);
            }

            return host;
        }
        finally
        {
            gate.Release();
        }
    }

    public Task<AppHost> GetAsync() => GetAsync(TestDatabases.Sqlite);

    protected virtual AppHostOptions Options { get; } = new();

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.Values)
        {
            await host.DisposeAsync();
        }

        gate.Dispose();
        GC.SuppressFinalize(this);
    }
}
