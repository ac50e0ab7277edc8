using Applications.Benchmarks;
using Applications.Benchmarks.Assigning;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;

// dotnet run -c Release --project tests/Applications.Benchmarks -- [names…] [--json FILE] [--program FOLDER]
//                                                             assign DIR --problem A|B --out FILE.csv
if (args is ["assign", ..])
{
    return await AssignCommand.RunAsync(args);
}

IReadOnlyList<IBenchmark> all =
[
    new StartBenchmark(), new SubmitBenchmark(), new TransitionsBenchmark(), new ListBenchmark(), new PagesBenchmark(), new WeightBenchmark(), new MemoryBenchmark(),
    new DecideBenchmark(), new RehearsalBenchmark(), new GateBenchmark(), new NearDuplicatesBenchmark(), new EligibilityBenchmark(), new FormBenchmark(),
    new DrawBenchmark(), new LimitedAssignmentBenchmark(), new ConflictBenchmark(), new CalibrationBenchmark(), new AutosaveBenchmark(),
];
var names = args.Where((a, i) => !a.StartsWith("--", StringComparison.Ordinal) && (i == 0 || !args[i - 1].StartsWith("--", StringComparison.Ordinal))).ToList();
if (names.Find(n => all.All(b => b.Name != n)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"No benchmark is called '{unknown}'. There are: {string.Join(' ', all.Select(b => b.Name))}");
    return 2;
}

var program = new WebProgram(Option("--program"));
var json = Option("--json");

// The in-process host looks beside the program for where the pages' content lies.
Environment.CurrentDirectory = AppContext.BaseDirectory;
List<Figure> figures = [];
foreach (var benchmark in all.Where(b => names.Count == 0 || names.Contains(b.Name)))
{
    await Console.Error.WriteLineAsync($"… {benchmark.Name}");
    figures.AddRange(await benchmark.RunAsync(program));
}

Report.Print(figures, Console.Out);
if (json is not null)
{
    await Report.WriteJsonAsync(figures, json);
}

return figures.Exists(f => f.Holds == false) ? 1 : 0;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? Path.GetFullPath(args[i + 1]) : null;
