using System.Diagnostics;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Data.Workflow;
using Applications.Domain.Programmes;

namespace Applications.Benchmarks;

/// <summary>One enterprise's record against the conditions of every programme there is, warm, on one thread: what 我能申报什么 works out for each visit.</summary>
internal sealed class EligibilityBenchmark : IBenchmark
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(4);

    public string Name => "eligibility";

    public Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        var folders = DefinitionFolders.Find(Path.Combine(AppContext.BaseDirectory, "workflows"))
            .Select(f => (Folder: ProgrammeFolder.Parse(f.Key, f.Read), Sample: SampleApplication.Parse(f.Read(SampleApplication.FileName), SampleApplication.FileName)))
            .ToList();
        Measure(folders, Warm);
        var times = Measure(folders, Measured);
        var rules = folders.Sum(f => f.Folder.Programme.Eligibility.Count);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new($"eligibility of one enterprise, {folders.Count} programmes, {rules} rules: middle", times[times.Count / 2], "ms", Bound.AtMost, 5),
            new("  99 % below", times[times.Count * 99 / 100], "ms"),
        ]);
    }

    private static List<double> Measure(List<(ProgrammeFolder Folder, SampleApplication Sample)> folders, TimeSpan time)
    {
        var scope = folders[0].Sample.Scope;
        var clock = Stopwatch.StartNew();
        List<double> times = [];
        while (clock.Elapsed < time)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var (folder, _) in folders)
            {
                SelfCheck.Run(folder.Programme, folder.Form, folder.Programme.RuleSets[^1], scope);
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return times;
    }
}
