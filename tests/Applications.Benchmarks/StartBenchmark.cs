using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;

namespace Applications.Benchmarks;

/// <summary>From the start of the program to its first page: on an empty folder, and again on what that left.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    public string Name => "start";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        using var root = new TemporaryFolder();
        var (empty, emptyCpu) = await OnceAsync(program, root.Path);
        var (existing, existingCpu) = await OnceAsync(program, root.Path);
        return
        [
            new("start on an empty folder", empty, "s", Bound.AtMost, 5),
            new("  processor time", emptyCpu, "s"),
            new("start with data", existing, "s", Bound.AtMost, 2),
            new("  processor time", existingCpu, "s"),
        ];
    }

    private static async Task<(double Seconds, double Cpu)> OnceAsync(WebProgram program, string root)
    {
        await using var server = await WebServer.StartAsync(program, root);
        return (server.StartedIn.TotalSeconds, server.CpuTime.TotalSeconds);
    }
}
