using System.Globalization;
using Applications.Domain.Tests.Workflow;
using Applications.Domain.Workflow;
using Applications.ElsaHost.Conformance;
using Applications.ElsaHost.Hosting;

// dotnet run --project tests/Applications.ElsaHost -- [folder…] [--walks N] [--length N] [--states N] [--charts N] [--seed N]
var folders = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
var effort = new Effort(Number("--seed", 1), Number("--walks", 20), Number("--length", 40), Number("--states", 2_000));

await using var server = await ElsaServer.StartAsync();
List<Outcome> outcomes = [];
foreach (var file in Definitions.Files.Select(f => f.Data).Where(f => folders.Count == 0 || folders.Exists(folder => f.StartsWith(folder, StringComparison.Ordinal))))
{
    outcomes.Add(await TryAsync(file, await File.ReadAllTextAsync(Path.Combine(Definitions.Root, file))));
}

if (outcomes.Count == 0)
{
    await Console.Error.WriteLineAsync($"No definition lies in: {string.Join(' ', folders)}");
    return 2;
}

if (folders.Count == 0)
{
    outcomes.Add(await TryAsync("sampler: kinds and values", Sampler.Kinds().Json()));
    outcomes.Add(await TryAsync("sampler: conditions", Sampler.Conditions().Json()));
}

// Shapes that no programme of ours has yet: forks within branches and loops, and whatever else the loader lets in.
var charts = Number("--charts", 40);
List<Outcome> random = [];
for (var i = 0; i < charts; i++)
{
    var dice = new Random(effort.Seed + i);
    var chart = RandomChart.Make(Enumerable.Range(0, 60).Select(_ => dice.Next(720))).As($"chart{i}.v1", 1);
    chart.Document["definitionId"] = $"chart{i}";
    random.Add(await TryAsync($"chart {i}", chart.Json(), effort with { Walks = 2, States = 40 }));
}

if (charts > 0)
{
    outcomes.Add(new Outcome(
        $"{charts} charts made by chance", random.Sum(o => o.States), random.Sum(o => o.Paths), random.Sum(o => o.Steps), random.Sum(o => o.Ends),
        random.Sum(o => o.AllEnds), [.. random.SelectMany(o => o.Differences.Select(d => $"{o.Definition}: {d}"))]));
}

Console.WriteLine($"Elsa {ElsaServer.Version}, token-based flowcharts, seed {effort.Seed}");
Report.Print(outcomes, Console.Out);
return outcomes.TrueForAll(o => o.Differences.Count == 0) ? 0 : 1;

async Task<Outcome> TryAsync(string name, string json, Effort? with = null)
{
    await Console.Error.WriteLineAsync($"… {name}");
    var definition = WorkflowLoader.Load(json, name, Vocabulary.Known);
    await using var flow = await server.LoadAsync(json);
    return await new Trial(name, definition, flow, with ?? effort).RunAsync();
}

int Number(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : otherwise;
