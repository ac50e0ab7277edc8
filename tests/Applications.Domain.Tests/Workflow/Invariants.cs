using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Tests.Workflow;

/// <summary>
/// What must hold of every single decision. The items that are open follow from the tokens of a state; if each decision turns the items of the state
/// before into those of the state after by opening and closing each once, then along any sequence whatever every item is closed at most once,
/// and by the end exactly once.
/// </summary>
internal static class Invariants
{
    public static void Hold(WorkflowDefinition definition, WorkflowState? before, Decision decision)
    {
        var after = decision.State;
        var items = Items(definition, before);
        var waits = Waits(definition, before);
        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case WorkItemOpened opened:
                    Assert.True(items.Add((opened.Token, opened.Participant)), $"Opened twice: {opened.Text()}");
                    break;
                case WorkItemClosed closed:
                    Assert.True(items.Remove((closed.Token, closed.Participant)), $"Closed, but not open: {closed.Text()}");
                    break;
                case WaitBegun begun:
                    Assert.True(waits.Add(begun.Token), $"Begun twice: {begun.Text()}");
                    break;
                case WaitEnded ended:
                    Assert.True(waits.Remove(ended.Token), $"Ended, but not begun: {ended.Text()}");
                    break;
                case TimerSet timer:
                    Assert.Equal(timer.At, after.Find(timer.Token)?.Due);
                    break;
            }
        }

        Assert.Equal(Items(definition, after).Order(), items.Order());
        Assert.Equal(Waits(definition, after).Order(), waits.Order());
        TokensAreSound(before, after);
        TimersAreSet(definition, before, decision);
        EndIsFinal(decision);
    }

    private static void TokensAreSound(WorkflowState? before, WorkflowState after)
    {
        var known = before is null ? [] : before.Tokens.Select(t => t.Id).ToHashSet();
        var first = before?.NextToken ?? 1;
        Assert.Distinct(after.Tokens.Select(t => t.Id));
        Assert.Distinct(after.Tokens.Select(t => t.Activity));
        Assert.True(after.NextToken >= first, "Token numbers went back.");
        Assert.All(after.Tokens, t => Assert.True(t.Id < after.NextToken && (known.Contains(t.Id) || t.Id >= first), $"Token {t.Id} was used again."));
    }

    /// <summary>A place that time moves has had its timer set when the token came there, or time would never move it.</summary>
    private static void TimersAreSet(WorkflowDefinition definition, WorkflowState? before, Decision decision)
    {
        var timers = decision.Effects.OfType<TimerSet>().Select(t => t.Token).ToList();
        foreach (var token in decision.State.Tokens.Where(t => before?.Find(t.Id) is null))
        {
            var moved = definition.Get(token.Activity) switch
            {
                { Kind: WaitUntilKind } => true,
                { Settings: WorkItemSettings settings } => settings.TimeoutOutcome is not null,
                _ => false,
            };
            Assert.Equal(moved ? 1 : 0, timers.Count(t => t == token.Id));
        }
    }

    private static void EndIsFinal(Decision decision)
    {
        var ends = decision.Effects.OfType<FlowEnded>().ToList();
        if (!decision.State.IsFinished)
        {
            Assert.Empty(ends);
            Assert.NotEmpty(decision.State.Tokens);
            Assert.All(decision.State.Undos, u => Assert.True(u.Opened.Length + u.Arrivals.Length > 0, "Nothing to take back."));
            return;
        }

        Assert.Empty(decision.State.Tokens);
        Assert.Empty(decision.State.Arrived);
        Assert.Empty(decision.State.Undos);
        Assert.False(decision.State.IsSuspended);
        if (decision.Effects.Count > 0)
        {
            Assert.Same(Assert.Single(ends), decision.Effects[^1]);
            Assert.Equal(decision.State.Result, ends[0].Result);
        }
    }

    private static HashSet<(int Token, string? Participant)> Items(WorkflowDefinition definition, WorkflowState? state) =>
        state is null ? [] : [.. state.Tokens.SelectMany(t => definition.Get(t.Activity).Kind switch
        {
            WorkItemKind => t.OpenSigners().Select(s => (t.Id, (string?)s.Key)).Concat(t.Chosen is null ? [(t.Id, null)] : []),
            _ => t.Participants.Where(p => p.Outcome is null).Select(p => (t.Id, (string?)p.Key)),
        })];

    private static HashSet<int> Waits(WorkflowDefinition definition, WorkflowState? state) =>
        state is null ? [] : [.. state.Tokens.Where(t => definition.Get(t.Activity).Kind is not WorkItemKind).Select(t => t.Id)];
}
