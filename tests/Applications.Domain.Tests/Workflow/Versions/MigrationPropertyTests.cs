using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Versions;
using CsCheck;

namespace Applications.Domain.Tests.Workflow.Versions;

/// <summary>What must hold of every move, tried on charts that nobody drew.</summary>
public sealed class MigrationPropertyTests
{
    private const int MostStates = 25;

    private static readonly Gen<int[]> Tape = Gen.Int[0, 719].Array[0, 60];
    private static readonly MigrationWorld World = new(Worlds.Few[0], [], null);

    /// <summary>What could be taken back before can no longer be: it would lead back over arrows of the old chart.</summary>
    [Fact]
    public void Plan_IdenticalDefinition_ChangesNothingButTheId() => Tape.Sample(
        tape =>
        {
            var (from, to) = (RandomChart.Make(tape).Load(), RandomChart.Make(tape).As("small.v2", 2).Load());
            var planner = new MigrationPlanner(from, to);
            new Explorer(from, Worlds.Few, MostStates).Explore(state =>
            {
                var plan = planner.Plan(state, World);
                Assert.Equal(state.IsFinished, !plan.CanMove);
                if (plan.State is { } moved)
                {
                    Assert.Equal((state with { DefinitionId = to.Id, Undos = [] }).Text(), moved.Text());
                }
            });
        },
        iter: 30);

    /// <summary>
    /// The newer chart differs in some pieces. Whoever may move keeps every token under its number, every next step is accepted, and an end can be
    /// reached, so nothing waits for a branch that nobody is in.
    /// </summary>
    [Fact]
    public void Plan_AnotherChart_MovedStatesAreWholeAndCanGoOn()
    {
        var (moves, stays, forked) = (0, 0, 0);
        Gen.Select(Tape, Gen.Int[0, 719].Array[1, 4], Gen.Int[0, 59], Gen.Bool).Sample(
            (tape, patch, at, mapped) =>
            {
                var (from, to) = (RandomChart.Make(tape).Load(), RandomChart.Make(Patched(tape, patch, at)).As("small.v2", 2).Load());
                var planner = new MigrationPlanner(from, to, mapped ? Mapping(from, to, patch[0]) : null);
                var states = new Explorer(from, Worlds.Few, MostStates).Explore().States.ToList();
                foreach (var state in states)
                {
                    var plan = planner.Plan(state, World);
                    if (plan.State is not { } moved)
                    {
                        Interlocked.Increment(ref stays);
                        continue;
                    }

                    Interlocked.Increment(ref moves);
                    Interlocked.Add(ref forked, moved.Tokens.Length > 1 ? 1 : 0);
                    Assert.Equal(state.Tokens.Select(t => (t.Id, t.Since, t.Participants.Length)), moved.Tokens.Select(t => (t.Id, t.Since, t.Participants.Length)));
                    Assert.Equal(state.NextToken, moved.NextToken);
                    Assert.All(moved.Tokens, t => Assert.True(to.Get(t.Activity).Kind.Blocks));
                    new Explorer(to, Worlds.Few, MostStates).Explore(from: moved);
                }
            },
            iter: 50);

        Assert.True(moves > 100 && stays > 100 && forked > 20, $"Too tame: {moves} moved, {stays} stayed, {forked} with several tokens.");
    }

    private static int[] Patched(int[] tape, int[] patch, int at)
    {
        var patched = tape.ToArray();
        for (var i = 0; i < patch.Length && at + i < patched.Length; i++)
        {
            patched[at + i] = patch[i];
        }

        return patched;
    }

    /// <summary>What is gone goes to some step of its kind.</summary>
    private static Dictionary<string, string> Mapping(WorkflowDefinition from, WorkflowDefinition to, int choice) => from.Activities
        .Where(a => to.Find(a.Id)?.Kind != a.Kind)
        .Select(a => (a.Id, Choices: to.Activities.Where(b => b.Kind == a.Kind).ToList()))
        .Where(c => c.Choices.Count > 0)
        .ToDictionary(c => c.Id, c => c.Choices[choice % c.Choices.Count].Id);
}
