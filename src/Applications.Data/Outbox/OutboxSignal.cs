namespace Applications.Data.Outbox;

/// <summary>Wakes the outbox worker of this process after a commit. Losing a wake-up loses nothing: the recurring job looks anyway.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim pending = new(0, 1);

    public void Nudge()
    {
        try
        {
            pending.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake.
        }
    }

    public void Dispose() => pending.Dispose();

    /// <summary>Waits for a nudge, <paramref name="longest"/> at most.</summary>
    public Task<bool> WaitAsync(TimeSpan longest, CancellationToken ct) => pending.WaitAsync(longest, ct);
}
