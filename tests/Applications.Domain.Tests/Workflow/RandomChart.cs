namespace Applications.Domain.Tests.Workflow;

/// <summary>
/// Charts made by chance, but well formed: pieces with one way in and one or more ways out, put one behind the other, into each other and side by side.
/// The numbers of a tape choose; an exhausted tape chooses the simplest piece, so that a failing tape shrinks to a small chart.
/// </summary>
internal sealed class RandomChart
{
    private const int Deepest = 3;

    private readonly Chart chart = new();
    private readonly Queue<int> tape;
    private readonly List<string> arrows = [];
    private int boxes;

    private RandomChart(IEnumerable<int> tape) => this.tape = new Queue<int>(tape);

    public static Chart Make(IEnumerable<int> tape)
    {
        var random = new RandomChart(tape);
        random.chart.Start().Variable("Flag", "Boolean", "false").End("over");
        random.Wire(random.Sequence(["start"], 0), "over");
        return random.chart.Arrows([.. random.arrows]);
    }

    private int Next(int choices) => tape.TryDequeue(out var number) ? number % choices : 0;

    private string Box(string kind) => $"{kind}{++boxes}";

    private void Wire(IEnumerable<string> exits, string target) => arrows.AddRange(exits.Select(e => $"{e} > {target}"));

    /// <summary>Pieces behind <paramref name="exits"/>; returns the ways out of the last.</summary>
    private List<string> Sequence(List<string> exits, int depth)
    {
        for (var length = Next(4) + (depth == 0 ? 1 : 0); length > 0; length--)
        {
            exits = Piece(exits, depth);
        }

        return exits;
    }

    private List<string> Piece(List<string> exits, int depth) => Next(depth < Deepest ? 11 : 5) switch
    {
        0 => Item(exits),
        1 => Silent(exits),
        2 => Gate(exits),
        3 => Wait(exits),
        4 => Panel(exits),
        5 => Loop(exits, depth),
        6 => Decision(exits, depth),
        7 => Choice(exits, depth),
        _ => Fork(exits, depth),
    };

    private List<string> Item(List<string> exits)
    {
        var id = Box("item");
        Wire(exits, id);
        switch (Next(4))
        {
            case 1:
                chart.Item(id, "Ok", """{ "dueDays": 3, "timeoutOutcome": "Late" }""");
                return [$"{id}:Ok", $"{id}:Late"];
            case 2:
                chart.Item(id, "Ok", """{ "signals": { "stop": "Stopped" }, "pausesClock": true, "dueDays": 2 }""");
                return [$"{id}:Ok", $"{id}:Stopped"];
            case 3:
                chart.Item(id, "Ok Withdraw", """{ "otherRoles": { "Withdraw": "applicant" }, "limits": { "Withdraw": 1 } }""");
                return [$"{id}:Ok", $"{id}:Withdraw"];
            default:
                chart.Item(id, "Ok");
                return [$"{id}:Ok"];
        }
    }

    private List<string> Silent(List<string> exits)
    {
        var id = Box("set");
        chart.Set(id, "Flag", Next(2) == 0 ? "true" : "false");
        Wire(exits, id);
        return [id];
    }

    private List<string> Gate(List<string> exits)
    {
        var id = Box("gate");
        chart.Gate(id, "go", """{ "signals": { "stop": "Stop" } }""");
        Wire(exits, id);
        return [$"{id}:Open", $"{id}:Stop"];
    }

    private List<string> Wait(List<string> exits)
    {
        var id = Box("wait");
        chart.WaitUntil(id, "filingClosesAt");
        Wire(exits, id);
        return [$"{id}:Due"];
    }

    private List<string> Panel(List<string> exits)
    {
        var id = Box("panel");
        chart.Panel(id, 5);
        Wire(exits, id);
        return [id];
    }

    /// <summary>Something, then a check that may send it back.</summary>
    private List<string> Loop(List<string> exits, int depth)
    {
        var (head, check) = (Box("head"), Box("check"));
        chart.Set(head, "Flag", "false").Item(check, "Pass Return", Next(2) == 0 ? "{}" : """{ "limits": { "Return": 2 } }""");
        Wire(exits, head);
        Wire(Sequence([head], depth + 1), check);
        Wire([$"{check}:Return"], head);
        return [$"{check}:Pass"];
    }

    private List<string> Decision(List<string> exits, int depth)
    {
        var id = Box("decision");

        // Either answer stays possible whatever the flag is: that a condition can never hold is no fault of the chart's shape.
        chart.Decision(id, Next(2) == 0 ? "getFlag() === getInput('selected')" : "getInput('selected')");
        Wire(exits, id);
        return [.. Sequence([$"{id}:True"], depth + 1), .. Sequence([$"{id}:False"], depth + 1)];
    }

    private List<string> Choice(List<string> exits, int depth)
    {
        var id = Box("choice");
        chart.Item(id, "Left Right");
        Wire(exits, id);
        return [.. Sequence([$"{id}:Left"], depth + 1), .. Sequence([$"{id}:Right"], depth + 1)];
    }

    private List<string> Fork(List<string> exits, int depth)
    {
        var (fork, join) = (Box("fork"), Box("join"));
        string[] branches = Next(3) == 0 ? ["A", "B", "C"] : ["A", "B"];
        chart.Fork(fork, string.Join(' ', branches)).Join(join);
        Wire(exits, fork);
        foreach (var branch in branches)
        {
            // A fork all of whose branches are empty is refused.
            var ends = Sequence(branch == "A" ? Silent([$"{fork}:{branch}"]) : [$"{fork}:{branch}"], depth + 1);
            if (ends.Count > 1)
            {
                var merge = Box("merge");
                chart.Set(merge, "Flag", "true");
                Wire(ends, merge);
                ends = [merge];
            }

            Wire(ends, join);
        }

        return [join];
    }
}
