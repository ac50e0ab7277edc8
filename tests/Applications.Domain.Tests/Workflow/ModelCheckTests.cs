using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using CsCheck;

namespace Applications.Domain.Tests.Workflow;

/// <summary>The definitions of the repository, tried in every state they can be in.</summary>
public sealed class ModelCheckTests
{
    public static TheoryData<string> Files => Definitions.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void Explore_EveryStateOfADefinition_HoldsAndCanEnd(string file)
    {
        var definition = Definitions.Load(file);

        var explorer = new Explorer(definition, Worlds.All).Explore(state => OthersAreRefused(definition, state));

        // What the charts promise is really met: every place where something waits, and every end.
        Assert.True(explorer.IsComplete);
        var blocking = definition.Activities.Where(a => a.Kind.Blocks).Select(a => a.Id).ToHashSet();
        Assert.Superset(blocking, explorer.States.SelectMany(s => s.Tokens).Select(t => t.Activity).ToHashSet());
        var ends = definition.Activities.Where(a => a.Kind is EndKind).Select(a => a.Id).ToHashSet();
        Assert.Equal(ends, explorer.States.Select(s => s.Result).OfType<string>().ToHashSet());
    }

    /// <summary>The same with everything that people may do besides: send back, take back, ask for signatures, stay, resume, terminate.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Explore_WithApprovals_HoldsAndCanEnd(string file)
    {
        var explorer = new Explorer(Definitions.Load(file), Worlds.Few, most: 3_000, approvals: true).Explore();

        Assert.Contains(explorer.States, s => s.IsSuspended);
        Assert.Contains(explorer.States, s => s.Result == Approvals.TerminatedResult);
        Assert.Contains(explorer.States, s => s.Tokens.Any(t => t.Chosen is not null));
    }

    /// <summary>
    /// Long ways on a moving clock, with every effect written into one ledger: what was opened is closed once and no more, no number comes twice, and the
    /// ledger of open items is at each step what the state says.
    /// </summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Walk_LongRandomSequence_KeepsTheLedgerStraight(string file)
    {
        var definition = Definitions.Load(file);
        var signals = Explorer.Signals(definition);
        var taken = 0;

        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 7], Gen.Int[0, 40]).Array[1, 150].Sample(
            tape =>
            {
                var (now, steps) = (Play.Monday, 0);
                var decision = WorkflowEngine.Start(definition, Worlds.All[tape[0].Item2 % Worlds.All.Count]);
                var ledger = new Ledger();
                ledger.Write(decision);
                foreach (var (choice, world, hours) in tape)
                {
                    now = now.AddHours(hours);
                    var before = decision.State;
                    var acts = Explorer.Acts(definition, before, Worlds.All[world] with { Now = now }, signals, approvals: true).ToList();
                    if (before.IsFinished)
                    {
                        break;
                    }

                    var next = acts[choice % acts.Count].Do(before.Restored());

                    // Most ways to an end are not taken, so that the sequences grow long.
                    Invariants.Hold(definition, before, next);
                    if (!next.State.IsFinished || choice < 100)
                    {
                        decision = next;
                        ledger.Write(decision);
                        steps++;
                    }
                }

                Interlocked.Add(ref taken, steps);
                return ledger.Open.Count == 0 || !decision.State.IsFinished;
            },
            iter: 200);

        Assert.True(taken > 200 * 5, $"The ways are too short: {taken} steps in 200.");
    }

    /// <summary>Whoever else tries, whatever outcome they name and whatever number they hold, is refused by the rule for it.</summary>
    private static void OthersAreRefused(WorkflowDefinition definition, WorkflowState state)
    {
        var world = Worlds.All[0];
        foreach (var stale in Enumerable.Range(0, state.NextToken + 1).Where(t => state.Find(t) is null))
        {
            Refused("work-item-gone", () => WorkflowEngine.Complete(definition, state, stale, Roles.Officer, "Pass", world));
            Refused("work-item-gone", () => WorkflowEngine.Answer(definition, state, stale, "ann", PanelReviewKind.Score, world));
            Assert.Same(state, WorkflowEngine.TimeOut(definition, state, stale, world).State);
        }

        foreach (var token in state.Tokens)
        {
            var activity = definition.Get(token.Activity);
            if (activity.Settings is not WorkItemSettings settings)
            {
                Refused("unknown-outcome", () => WorkflowEngine.Complete(definition, state, token.Id, Roles.Officer, "Pass", world));
                continue;
            }

            foreach (var outcome in settings.Outcomes)
            {
                foreach (var role in Roles.All.Where(r => r != settings.RoleFor(outcome)))
                {
                    Refused("outcome-not-yours", () => WorkflowEngine.Complete(definition, state, token.Id, role, outcome, world));
                }

                if (settings.IsUsedUp(outcome, activity, state))
                {
                    Refused("outcome-used-up", () => WorkflowEngine.Complete(definition, state, token.Id, settings.RoleFor(outcome), outcome, world));
                }
            }

            foreach (var outcome in activity.Ports.Except(settings.Outcomes))
            {
                Refused("unknown-outcome", () => WorkflowEngine.Complete(definition, state, token.Id, settings.Role, outcome, world));
            }
        }
    }

    private static void Refused(string code, Action act) => Assert.Equal(code, Assert.Throws<RuleBrokenException>(act).Code);

    /// <summary>All items of one case, as a host would keep them.</summary>
    private sealed class Ledger
    {
        private readonly HashSet<(int, string?)> ever = [];

        public HashSet<(int, string?)> Open { get; } = [];

        public void Write(Decision decision)
        {
            foreach (var effect in decision.Effects)
            {
                if (effect is WorkItemOpened opened)
                {
                    Assert.True(ever.Add((opened.Token, opened.Participant)), $"Opened a second time: {opened.Text()}");
                    Open.Add((opened.Token, opened.Participant));
                }
                else if (effect is WorkItemClosed closed)
                {
                    Assert.True(Open.Remove((closed.Token, closed.Participant)), $"Closed a second time: {closed.Text()}");
                    if (closed is { Activity.Kind: PanelReviewKind, Outcome: PanelReviewKind.Score })
                    {
                        // A score may be given back to its expert: the one seat that opens anew.
                        ever.Remove((closed.Token, closed.Participant));
                    }
                }
            }

            Assert.Subset(decision.State.Tokens.Select(t => t.Id).ToHashSet(), Open.Select(o => o.Item1).ToHashSet());
        }
    }
}
