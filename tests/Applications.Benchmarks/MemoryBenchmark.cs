using Applications.Benchmarks.Load;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;

namespace Applications.Benchmarks;

/// <summary>What the server holds when nobody asks anything of it: after start and a few pages, half a minute later.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    public string Name => "memory";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        using var root = new TemporaryFolder();
        await using (await WebServer.StartAsync(program, root.Path))
        {
            // Plants the data: a server has some when it starts, and planting leaves garbage that no later start leaves.
        }

        await using var server = await WebServer.StartAsync(program, root.Path);
        using var officer = await Session.SignInAsync(server.Port, "jingban");
        foreach (var path in (string[])["/", "/desk", "/cases", "/notices", "/admin/batches"])
        {
            _ = await officer.GetAsync(path);
        }

        var cpu = server.CpuTime;
        await Task.Delay(Idle);
        return
        [
            new("resident memory, idle", server.ResidentMegabytes, "MB", Bound.AtMost, 200),
            new("  processor time of 30 idle seconds", (server.CpuTime - cpu).TotalMilliseconds, "ms"),
        ];
    }
}
