using System.Text.Json.Nodes;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using CsCheck;

namespace Applications.Domain.Tests.Workflow;

/// <summary>The promise of the loader, tried on charts that nobody drew: what it accepts cannot wedge, run twice or run away.</summary>
public sealed class RandomChartTests
{
    private const int MostStates = 100;

    private static readonly Gen<int[]> Tape = Gen.Int[0, 719].Array[0, 60];

    [Fact]
    public void Explore_WellFormedChart_IsSoundHoldsAndCanEnd()
    {
        var (forks, states) = (0, 0);

        Tape.Sample(
            tape =>
            {
                var definition = RandomChart.Make(tape).Load();
                var explorer = new Explorer(definition, Worlds.Few, MostStates).Explore();
                Interlocked.Add(ref forks, Forks(definition));
                Interlocked.Add(ref states, explorer.States.Count());
            },
            iter: 50);

        Assert.True(forks > 30 && states > 800, $"Too tame: {forks} forks, {states} states.");
    }

    /// <summary>
    /// One to three arrows of a sound chart are bent to other boxes. Most of it is refused; whatever is accepted must hold all the same. This is
    /// what finds the shapes that the rules forgot.
    /// </summary>
    [Fact]
    public void Explore_ChartWithBentArrows_IsRefusedOrHolds()
    {
        var (refused, accepted, forks) = (0, 0, 0);

        Gen.Select(Tape, Gen.Int[0, 9_999].Array[2, 6]).Sample(
            (tape, bends) =>
            {
                var chart = RandomChart.Make(tape);
                Bend(chart, bends);
                WorkflowDefinition definition;
                try
                {
                    definition = chart.Load();
                }
                catch (DefinitionException e)
                {
                    Assert.All(e.Problems, p => Assert.True(p is { File: Chart.File, Place.Length: > 0, Reason.Length: > 0 }));
                    Interlocked.Increment(ref refused);
                    return;
                }

                new Explorer(definition, Worlds.Few, MostStates).Explore();
                Interlocked.Increment(ref accepted);
                Interlocked.Add(ref forks, Forks(definition));
            },
            iter: 500);

        Assert.True(refused > 150 && accepted > 25 && forks > 3, $"Too one-sided: {refused} refused, {accepted} accepted with {forks} forks.");
    }

    private static int Forks(WorkflowDefinition definition) => definition.Activities.Count(a => a.Kind is FlowForkKind);

    private static void Bend(Chart chart, int[] bends)
    {
        var root = chart.Document["root"]!;
        var (arrows, boxes) = (root["connections"]!.AsArray(), root["activities"]!.AsArray());
        for (var i = 0; i + 1 < bends.Length; i += 2)
        {
            arrows[bends[i] % arrows.Count]!["target"]!["activity"] = JsonValue.Create((string?)boxes[bends[i + 1] % boxes.Count]!["id"]);
        }
    }
}
