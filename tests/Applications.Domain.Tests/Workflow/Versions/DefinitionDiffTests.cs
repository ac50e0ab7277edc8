using Applications.Domain.Workflow.Versions;
using CsCheck;

namespace Applications.Domain.Tests.Workflow.Versions;

public sealed class DefinitionDiffTests
{
    private static Chart Old() => new Chart().Start().Variable("Flag", "Boolean", "false")
        .Item("check", "Pass Return", """{ "dueDays": 5 }""").Item("fix", "Resubmit", role: "applicant").End("done")
        .Arrows("start > check", "check:Pass > done", "check:Return > fix", "fix:Resubmit > check");

    [Fact]
    public void Between_SameText_FindsNothing()
    {
        var diff = DefinitionDiff.Between(Old().Load(), Old().As("small.v2", 2).Load());

        Assert.Empty(diff.Activities);
        Assert.Empty(diff.Connections);
        Assert.Empty(diff.Variables);
        Assert.True(diff.MeansTheSame);
    }

    [Fact]
    public void Between_StepInserted_TellsStepAndArrows()
    {
        var after = new Chart("small.v2").Start().Variable("Flag", "Boolean", "false")
            .Item("check", "Pass Return", """{ "dueDays": 5 }""").Item("fix", "Resubmit", role: "applicant").Item("second", "Ok").End("done")
            .Arrows("start > check", "check:Pass > second", "second:Ok > done", "check:Return > fix", "fix:Resubmit > check");

        var diff = DefinitionDiff.Between(Old().Load(), after.Load());

        var added = Assert.Single(diff.Activities);
        Assert.Equal((ChangeKind.Added, "second"), (added.Kind, added.Id));
        Assert.Equal(
            [(ChangeKind.Changed, "check", "Pass", "done", "second"), (ChangeKind.Added, "second", "Ok", null, "done")],
            diff.Connections.Select(c => (c.Kind, c.Source, c.Port, c.Before?.Target, c.After?.Target)));
        Assert.False(diff.MeansTheSame);
    }

    [Fact]
    public void Between_StepRemoved_TellsWhatItSaid()
    {
        var after = new Chart("small.v2").Start().Item("check", "Pass", """{ "dueDays": 5 }""").End("done").Arrows("start > check", "check:Pass > done");

        var diff = DefinitionDiff.Between(Old().Load(), after.Load());

        var removed = Assert.Single(diff.Activities, a => a.Kind == ChangeKind.Removed);
        Assert.Equal("fix", removed.Id);
        Assert.Contains(removed.Values, v => v == new ValueChange("role", "applicant", null));
        Assert.Equal(["check:Return", "fix:Resubmit"], diff.Connections.Where(c => c.Kind == ChangeKind.Removed).Select(c => $"{c.Source}:{c.Port}"));
        Assert.Equal((ChangeKind.Removed, "Flag"), (Assert.Single(diff.Variables).Kind, diff.Variables[0].Name));
    }

    [Fact]
    public void Between_InputChanged_TellsInputWithBothValues()
    {
        var after = Old().As("small.v2", 2);
        var check = after.Document["root"]!["activities"]!.AsArray()[1]!;
        check["dueDays"] = 7;
        check["metadata"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "displayText": "复核", "designer": { "position": { "x": 9, "y": 9 } } }""");

        var change = Assert.Single(DefinitionDiff.Between(Old().Load(), after.Load()).Activities);

        Assert.Equal(ChangeKind.Changed, change.Kind);
        Assert.Equal([new ValueChange(DefinitionDiff.Title, "check", "复核"), new ValueChange("dueDays", "5", "7")], change.Values);
    }

    [Fact]
    public void Between_OnlyDrawnElsewhere_IsNoChangeOfMeaning()
    {
        var after = Old().As("small.v2", 2);
        after.Document["root"]!["activities"]!.AsArray()[1]!["metadata"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "designer": { "position": { "x": 9, "y": 9 } } }""");
        after.Document["root"]!["connections"]!.AsArray()[0]!["vertices"] = System.Text.Json.Nodes.JsonNode.Parse("""[{ "x": 1, "y": 2 }]""");

        var diff = DefinitionDiff.Between(Old().Load(), after.Load());

        Assert.Equal((ChangeKind.Moved, "check"), (Assert.Single(diff.Activities).Kind, diff.Activities[0].Id));
        Assert.Equal((ChangeKind.Moved, "start"), (Assert.Single(diff.Connections).Kind, diff.Connections[0].Source));
        Assert.True(diff.MeansTheSame);
    }

    [Fact]
    public void Between_MembersInAnotherOrder_IsNoChange()
    {
        var before = Chart.OneItem("A B", """{ "limits": { "A": 1, "B": 2 }, "signals": { "s": "C" } }""", "C").Load();
        var after = Chart.OneItem("A B", """{ "limits": { "B": 2, "A": 1 }, "signals": { "s": "C" } }""", "C").As("small.v2", 2).Load();

        Assert.Empty(DefinitionDiff.Between(before, after).Activities);
    }

    /// <summary>Forwards and backwards the same things differ, with the sides changed.</summary>
    [Fact]
    public void Between_RandomCharts_IsSymmetrical() => Gen.Select(Gen.Int[0, 719].Array[0, 40], Gen.Int[0, 719].Array[0, 40]).Sample(
        (one, other) =>
        {
            var (before, after) = (RandomChart.Make(one).Load(), RandomChart.Make(other).As("small.v2", 2).Load());
            var (there, back) = (DefinitionDiff.Between(before, after), DefinitionDiff.Between(after, before));
            Assert.Equal(Keys(there, ChangeKind.Added, ChangeKind.Removed), Keys(back, ChangeKind.Removed, ChangeKind.Added));
        },
        iter: 100);

    private static IEnumerable<string> Keys(DefinitionDiff diff, ChangeKind added, ChangeKind removed) => diff.Activities
        .Select(a => $"{(a.Kind == added ? "+" : a.Kind == removed ? "-" : a.Kind)} {a.Id}")
        .Concat(diff.Connections.Select(c => $"{(c.Kind == added ? "+" : c.Kind == removed ? "-" : c.Kind)} {c.Source}:{c.Port}"))
        .Order(StringComparer.Ordinal);
}
