namespace Applications.Benchmarks.Serving;

/// <summary>An installation's folder, gone when disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("applications-benchmark-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
