using System.Diagnostics;
using System.Globalization;
using Applications.Domain.Reviews.Assigning;

namespace Applications.Benchmarks.Assigning;

/// <summary><c>assign DIR --problem A|B --out FILE.csv</c>: the product's own solver on an instance folder, and the proof of what it found.</summary>
internal static class AssignCommand
{
    private const string Usage = "Usage: assign DIR --problem A|B --out FILE.csv";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length < 2 || Option(args, "--problem") is not ("A" or "B") || Option(args, "--out") is not { } target || !File.Exists(Path.Combine(args[1], "meta.json")))
        {
            await Console.Error.WriteLineAsync($"{Usage}; DIR holds meta.json.");
            return 2;
        }

        var clock = Stopwatch.StartNew();
        var folder = new InstanceFolder(args[1]);
        var problem = folder.Problem(Option(args, "--problem")![0]);
        var reading = clock.Elapsed;
        clock.Restart();
        var solution = AssignmentSolver.Find(problem);
        var solving = clock.Elapsed;
        clock.Restart();
        var certificate = AssignmentCertificate.Of(problem, solution.Assigned, solution.Prices);
        var proving = clock.Elapsed;
        await File.WriteAllLinesAsync(
            target, ["paper,reviewer", .. solution.Assigned.SelectMany((experts, f) => experts.Select(e => string.Create(CultureInfo.InvariantCulture, $"{f + 1},{e + 1}")))]);
        using var process = Process.GetCurrentProcess();
        Line("papers x reviewers", $"{folder.Papers} x {folder.Reviewers}");
        Line("objective", $"{certificate.Objective}");
        Line("bound", $"{certificate.Bound}");
        Line("gap", $"{certificate.Gap * 100:0.####} %");
        Line("violations", $"{certificate.Broken.Count}");
        Line("reading", $"{reading.TotalSeconds:0.000} s");
        Line("solving", $"{solving.TotalSeconds:0.000} s");
        Line("proving", $"{proving.TotalSeconds:0.000} s");
        Line("peak memory", $"{process.PeakWorkingSet64 / 1048576.0:0} MB");
        return certificate.IsOptimal ? 0 : 1;
    }

    private static void Line(string name, FormattableString value) => Console.WriteLine($"{name,-20}{value.ToString(CultureInfo.InvariantCulture)}");

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
}
