using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Applications.Benchmarks.Reporting;

/// <summary>The table that people read and the file that machines compare.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Print(IReadOnlyList<Figure> figures, TextWriter output)
    {
        string[][] rows =
        [
            ["what", "figure", "target", "holds"],
            .. figures.Select(f => new[] { f.What, $"{Number(f.Value)} {f.Unit}", Target(f), f.Holds switch { true => "yes", false => "NO", null => "" } }),
        ];
        var widths = Enumerable.Range(0, 4).Select(c => rows.Max(r => r[c].Length)).ToArray();
        foreach (var (row, i) in rows.Select((r, i) => (r, i)))
        {
            output.WriteLine($"| {string.Join(" | ", row.Select((cell, c) => cell.PadRight(widths[c])))} |");
            if (i == 0)
            {
                output.WriteLine($"| {string.Join(" | ", widths.Select(w => new string('-', w)))} |");
            }
        }
    }

    public static async Task WriteJsonAsync(IReadOnlyList<Figure> figures, string file)
    {
        var report = new
        {
            At = DateTime.UtcNow,
            Processors = Environment.ProcessorCount,
            System = RuntimeInformation.OSDescription,
            Runtime = RuntimeInformation.FrameworkDescription,
            Figures = figures,
        };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, Json));
    }

    private static string Target(Figure figure) =>
        figure.Target is { } target ? $"{(figure.Bound == Bound.AtLeast ? "≥" : "≤")} {Number(target)} {figure.Unit}" : "";

    private static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "0.##" : "#,##0.#", CultureInfo.InvariantCulture);
}
