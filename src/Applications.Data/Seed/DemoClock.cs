namespace Applications.Data.Seed;

/// <summary>Lets the seed live through a batch's past at its own pace.</summary>
internal sealed class DemoClock(DateTime start) : TimeProvider
{
    public DateTime Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
}
