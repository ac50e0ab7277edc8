namespace Applications.ElsaHost.Conformance;

/// <summary>What came out for one definition.</summary>
/// <param name="States">Different states of our engine from which everything was tried.</param>
/// <param name="Paths">Ways from the start that both engines went: one to every different transition, and the random walks.</param>
/// <param name="Steps">Bursts that Elsa executed, each compared.</param>
/// <param name="Ends">Ends reached in both engines, of so many that there are.</param>
internal sealed record Outcome(string Definition, int States, int Paths, int Steps, int Ends, int AllEnds, IReadOnlyList<string> Differences);

/// <summary>The table, and below it every difference.</summary>
internal static class Report
{
    public static void Print(IReadOnlyList<Outcome> outcomes, TextWriter output)
    {
        var width = outcomes.Max(o => o.Definition.Length);
        output.WriteLine($"| {"definition".PadRight(width)} | states | paths | steps |  ends | differences |");
        output.WriteLine($"| {new string('-', width)} | -----: | ----: | ----: | ----: | ----------: |");
        foreach (var o in outcomes.Append(Total(outcomes)))
        {
            output.WriteLine($"| {o.Definition.PadRight(width)} | {o.States,6} | {o.Paths,5} | {o.Steps,5} | {$"{o.Ends}/{o.AllEnds}",5} | {o.Differences.Count,11} |");
        }

        foreach (var (definition, difference) in outcomes.SelectMany(o => o.Differences.Select(d => (o.Definition, d))))
        {
            output.WriteLine($"{definition}: {difference}");
        }
    }

    private static Outcome Total(IReadOnlyList<Outcome> outcomes) => new(
        "all", outcomes.Sum(o => o.States), outcomes.Sum(o => o.Paths), outcomes.Sum(o => o.Steps), outcomes.Sum(o => o.Ends), outcomes.Sum(o => o.AllEnds),
        [.. outcomes.SelectMany(o => o.Differences)]);
}
