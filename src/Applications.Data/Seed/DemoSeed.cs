namespace Applications.Data.Seed;

/// <summary>Plants the demonstration data on an empty database.</summary>
public static class DemoSeed
{
    public static Task PlantAsync(IServiceProvider services, CancellationToken ct) => Task.CompletedTask;
}
