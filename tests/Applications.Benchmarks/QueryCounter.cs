using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Applications.Benchmarks;

/// <summary>Counts the commands that Entity Framework sends from this process while it lives.</summary>
internal sealed class QueryCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private int count;

    public QueryCounter() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public int Count => count;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this, name => name == RelationalEventId.CommandExecuted.Name));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value) => Interlocked.Increment(ref count);

    public void OnCompleted()
    {
        // Listeners live as long as the process.
    }

    public void OnError(Exception error)
    {
        // Listeners report none.
    }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());
}
