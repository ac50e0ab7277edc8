using System.Diagnostics;

namespace Applications.Benchmarks.Load;

/// <summary>What a load was answered with.</summary>
/// <param name="Latencies">Milliseconds, sorted.</param>
internal sealed record LoadResult(int Count, double Seconds, IReadOnlyList<double> Latencies)
{
    public double PerSecond => Count / Seconds;

    public double Percentile(double share) => Latencies.Count == 0 ? 0 : Latencies[Math.Min(Latencies.Count - 1, (int)(Latencies.Count * share))];
}

/// <summary>Many connections, each sending its next request when the last is answered, until they run out or the time is up.</summary>
internal static class LoadRun
{
    /// <param name="requests">The requests of each connection.</param>
    /// <param name="longest">When to stop sending.</param>
    /// <param name="answered">Told of every answer with the expected status: connection, index of the request.</param>
    /// <exception cref="InvalidOperationException">An answer had another status.</exception>
    public static async Task<LoadResult> RunAsync(
        int port, IReadOnlyList<IEnumerable<byte[]>> requests, int status, TimeSpan longest, Action<int, int, HttpConnection>? answered = null)
    {
        var connections = await Task.WhenAll(requests.Select(_ => HttpConnection.OpenAsync(port)));
        try
        {
            var began = Stopwatch.GetTimestamp();
            var latencies = await Task.WhenAll(requests.Select((own, i) => Task.Run(() => OneAsync(i, own, began))));
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            List<double> sorted = [.. latencies.SelectMany(l => l).Order()];
            return new LoadResult(sorted.Count, seconds, sorted);
        }
        finally
        {
            foreach (var connection in connections)
            {
                connection.Dispose();
            }
        }

        async Task<List<double>> OneAsync(int index, IEnumerable<byte[]> own, long began)
        {
            var connection = connections[index];
            var taken = new List<double>(4096);
            foreach (var request in own)
            {
                if (Stopwatch.GetElapsedTime(began) > longest)
                {
                    break;
                }

                var sent = Stopwatch.GetTimestamp();
                await connection.SendAsync(request);
                taken.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (connection.Status != status)
                {
                    throw new InvalidOperationException($"Answer {connection.Status} where {status} was expected.");
                }

                answered?.Invoke(index, taken.Count - 1, connection);
            }

            return taken;
        }
    }
}
