using Applications.Domain.Common;
using Applications.Domain.Programmes;
using Applications.Domain.Rubrics;
using Applications.Domain.Tests.Workflow;

namespace Applications.Domain.Tests.Programmes;

public sealed class FlowRoundsTests
{
    private static readonly RubricDefinition Rubric = Folders.OneTechnology.Rubric with
    {
        Rounds = [new ReviewRound("paper", "书面评审", 60), new ReviewRound("defence", "答辩", 40)],
    };

    [Fact]
    public void Require_SameRounds_Passes() => FlowRounds.Require("small", Rubric, Case("paper", "defence").Load(), Batch("paper", "defence").Load());

    [Fact]
    public void Require_ProgrammeOfOneRound_NeedsNoNames() => FlowRounds.Require(
        "small",
        Folders.OneTechnology.Rubric,
        new Chart().Start().Gate("wait", "review").Panel("score").End("over").Arrows("start > wait", "wait:Open > score", "score > over").Load(),
        Chart.OneItem("Assign", """{ "task": "assign-panel" }""").Load());

    [Theory]
    [InlineData("paper,site", "paper,defence", "small/case.workflow.json", "The rubric has no round 'site'")]
    [InlineData("paper,site", "paper,defence", "small/case.workflow.json", "No panel holds the round 'defence'")]
    [InlineData("paper,site", "paper,defence", "small/case.workflow.json", "No gate is named after the round 'defence'")]
    [InlineData("paper,defence", "paper", "small/batch.workflow.json", "No work item seats the round 'defence'")]
    [InlineData("paper,defence", "paper,site", "small/batch.workflow.json", "The rubric has no round 'site'")]
    public void Require_OtherRounds_IsRefused(string held, string seated, string file, string reason)
    {
        var refused = Assert.Throws<DefinitionException>(() => FlowRounds.Require("small", Rubric, Case(held.Split(',')).Load(), Batch(seated.Split(',')).Load()));

        Assert.Contains(refused.Problems, p => p.File == file && p.Reason.Contains(reason, StringComparison.Ordinal));
    }

    private static Chart Case(params string[] rounds)
    {
        var chart = new Chart().Start();
        var last = "start";
        foreach (var round in rounds)
        {
            chart.Gate($"wait{round}", round).Panel(round, round: round).Arrows($"{last} > wait{round}", $"wait{round}:Open > {round}");
            last = round;
        }

        return chart.End("over").Arrows($"{last} > over");
    }

    private static Chart Batch(params string[] rounds)
    {
        var chart = new Chart().Start();
        var last = "start";
        foreach (var round in rounds)
        {
            chart.Item(round, "Assign", $$"""{ "task": "assign-panel", "round": "{{round}}" }""").Arrows($"{last} > {round}");
            last = $"{round}:Assign";
        }

        return chart.End("over").Arrows($"{last} > over");
    }
}
