using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using CsCheck;

namespace Applications.Domain.Tests.Workflow;

/// <summary>Whatever comes in from outside, the engine decides or refuses by a rule that has a name; it never fails in another way.</summary>
public sealed class RefusalTests
{
    private static readonly Gen<int> AnyToken = Gen.OneOf(Gen.Int[-1, 12], Gen.Int);

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String,
        Gen.OneOfConst([.. Roles.All]),
        Gen.OneOfConst("Pass", "Return", "Submit", "Resubmit", "Recommend", "Forward", "List", "Supplement", "Withdraw", "Lapsed", "Missed", "Done", "Open", "Cancelled"),
        Gen.OneOfConst("Score", "Decline", "ann", "bob", "extra0", "review", "notice", "filing-closed", ""));

    private static readonly Gen<int[]> Way = Gen.Int[0, 999].Array[0, 40];

    [Fact]
    public void Complete_Garbage_IsDecidedOrRefusedByName() => Gen.Select(Way, AnyToken, AnyText, AnyText).Sample(
        (way, token, role, outcome) => IsDecidedOrRefused(
            way, ["work-item-gone", "unknown-outcome", "outcome-not-yours", "outcome-used-up"], (d, s) => WorkflowEngine.Complete(d, s, token, role, outcome, Worlds.All[0])),
        iter: 2_000);

    [Fact]
    public void Answer_Garbage_IsDecidedOrRefusedByName() => Gen.Select(Way, AnyToken, AnyText, AnyText).Sample(
        (way, token, participant, outcome) => IsDecidedOrRefused(
            way, ["work-item-gone", "unknown-outcome"], (d, s) => WorkflowEngine.Answer(d, s, token, participant, outcome, Worlds.All[0])),
        iter: 2_000);

    [Fact]
    public void Enlist_Garbage_IsDecidedOrRefusedByName() => Gen.Select(Way, AnyToken, AnyText.Array[0, 3]).Sample(
        (way, token, participants) => IsDecidedOrRefused(
            way, ["work-item-gone", "not-a-panel", "already-on-panel"], (d, s) => WorkflowEngine.Enlist(d, s, token, participants, Worlds.All[0])),
        iter: 2_000);

    [Fact]
    public void Signal_Garbage_IsNeverRefused() => Gen.Select(Way, AnyText).Sample(
        (way, signal) => IsDecidedOrRefused(way, [], (d, s) => WorkflowEngine.Signal(d, s, signal, Worlds.All[0])), iter: 1_000);

    [Fact]
    public void TimeOut_Garbage_IsNeverRefused() => Gen.Select(Way, AnyToken).Sample(
        (way, token) => IsDecidedOrRefused(way, [], (d, s) => WorkflowEngine.TimeOut(d, s, token, Worlds.All[0])), iter: 1_000);

    /// <summary>Null is what a form posts when a field is missing.</summary>
    [Fact]
    public void Complete_Null_IsRefusedByName()
    {
        var definition = Definitions.Load("one-enterprise-one-technology/case.workflow.json");
        var state = WorkflowEngine.Start(definition, Worlds.All[0]).State;

        Assert.Equal("unknown-outcome", Code(() => WorkflowEngine.Complete(definition, state, 1, Roles.Applicant, null!, Worlds.All[0])));
        Assert.Equal("outcome-not-yours", Code(() => WorkflowEngine.Complete(definition, state, 1, null!, "Submit", Worlds.All[0])));
        Assert.Equal("work-item-gone", Code(() => WorkflowEngine.Answer(definition, state, 1, null!, PanelReviewKind.Score, Worlds.All[0])));

        static string Code(Action act) => Assert.Throws<RuleBrokenException>(act).Code;
    }

    /// <summary>Brings a case to some state by <paramref name="way"/>, then throws the garbage at it.</summary>
    private static bool IsDecidedOrRefused(int[] way, string[] codes, Func<WorkflowDefinition, WorkflowState, Decision> act)
    {
        var definition = CaseFlow.Value;
        var signals = Explorer.Signals(definition);
        var state = WorkflowEngine.Start(definition, Worlds.All[0]).State;
        foreach (var choice in way)
        {
            // Time and signals that end the case are left out, so that the way goes far.
            var acts = Explorer.Acts(definition, state, Worlds.All[choice % Worlds.All.Count], signals.Except(["filing-closed", "recommendation-closed"])).ToList();
            if (acts.Count > 0 && acts[choice % acts.Count].Do(state).State is { IsFinished: false } next)
            {
                state = next;
            }
        }

        var before = state.Text();
        try
        {
            Invariants.Hold(definition, state, act(definition, state));
        }
        catch (RuleBrokenException e)
        {
            return codes.Contains(e.Code) && e.Message.Length > 0 && state.Text() == before;
        }

        return state.Text() == before;
    }

    private static readonly Lazy<WorkflowDefinition> CaseFlow = new(() => Definitions.Load("one-enterprise-one-technology/case.workflow.json"));
}
