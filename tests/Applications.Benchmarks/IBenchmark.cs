using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;

namespace Applications.Benchmarks;

/// <summary>Starts what it needs, measures, and leaves nothing behind.</summary>
internal interface IBenchmark
{
    string Name { get; }

    Task<IReadOnlyList<Figure>> RunAsync(WebProgram program);
}
