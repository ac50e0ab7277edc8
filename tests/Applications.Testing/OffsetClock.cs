namespace Applications.Testing;

/// <summary>The time since <paramref name="start"/> as it really passes, plus what a test skips. It never goes back.</summary>
public sealed class OffsetClock(DateTimeOffset start) : TimeProvider
{
    private readonly DateTimeOffset began = TimeProvider.System.GetUtcNow();
    private long skipped;

    public override DateTimeOffset GetUtcNow() => start + (TimeProvider.System.GetUtcNow() - began) + TimeSpan.FromTicks(Interlocked.Read(ref skipped));

    public void SkipTo(DateTime utc)
    {
        var missing = utc - GetUtcNow().UtcDateTime;
        if (missing > TimeSpan.Zero)
        {
            Interlocked.Add(ref skipped, missing.Ticks);
        }
    }
}
