using System.Globalization;
using System.Text;
using Applications.Domain.Calendars;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Tests.Workflow;

/// <summary>One thing that somebody, the batch or time may do to a case.</summary>
internal sealed record Act(string Name, Func<WorkflowState, Decision> Do);

/// <summary>
/// Walks through every state that a flow can be in, by everything that can happen to it under every mix of facts. States that differ only in token
/// numbers, times and counts that no limit asks for are one state, so even endless loops are a finite graph.
/// </summary>
internal sealed class Explorer(WorkflowDefinition definition, IReadOnlyList<WorkflowContext> worlds, int most = int.MaxValue, bool approvals = false)
{
    private readonly Dictionary<string, (WorkflowState State, List<string> Next)> seen = [];
    private readonly IReadOnlyList<string> signals = Signals(definition);

    public IEnumerable<WorkflowState> States => seen.Values.Select(s => s.State);

    /// <summary>Whether all states were seen before the limit cut the walk short.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Checks <see cref="Invariants"/> on every decision, that nothing is stuck, and that from everywhere the case can still come to an end.</summary>
    /// <param name="everywhere">Called with every state.</param>
    /// <param name="from">Where to begin; the start of the flow when not given.</param>
    public Explorer Explore(Action<WorkflowState>? everywhere = null, WorkflowState? from = null)
    {
        var queue = new Queue<string>();
        if (from is not null)
        {
            Visit(from, queue);
        }

        foreach (var world in from is null ? worlds : [])
        {
            var begun = WorkflowEngine.Start(definition, world);
            Invariants.Hold(definition, null, begun);
            Visit(begun.State, queue);
        }

        while (queue.TryDequeue(out var key))
        {
            var (state, next) = seen[key];
            everywhere?.Invoke(state);
            foreach (var act in Acts(state))
            {
                var decision = Pure(state, act);
                if (!ReferenceEquals(decision.State, state))
                {
                    next.Add(Visit(decision.State, queue));
                }
            }
        }

        AllCanEnd();
        return this;
    }

    /// <summary>All that can happen to <paramref name="state"/> and is allowed.</summary>
    public IEnumerable<Act> Acts(WorkflowState state) => worlds.SelectMany((world, i) => Acts(definition, state, world, signals, approvals)
        .Select(a => a with { Name = $"{a.Name} in world {i}" }));

    public static IEnumerable<Act> Acts(
        WorkflowDefinition definition, WorkflowState state, WorkflowContext world, IEnumerable<string> signals, bool approvals = false)
    {
        foreach (var act in approvals ? ApprovalActs.Of(definition, state, world) : [])
        {
            yield return act;
        }

        if (state.IsSuspended)
        {
            yield break;
        }

        foreach (var token in state.Tokens)
        {
            var activity = definition.Get(token.Activity);
            if (activity.Settings is WorkItemSettings settings && token.Chosen is null && !token.OpenSigners().Any(s => s.Position == SignerPosition.Before))
            {
                foreach (var outcome in settings.Outcomes.Where(o => !settings.IsUsedUp(o, activity, state)))
                {
                    yield return new($"{token.Activity}:{outcome}", s => WorkflowEngine.Complete(definition, s, token.Id, settings.RoleFor(outcome), outcome, world));
                }
            }

            foreach (var seat in token.Participants.Where(p => p.Outcome is null))
            {
                foreach (var answer in activity.Kind.SeatOutcomes)
                {
                    yield return new($"{seat.Key}: {answer}", s => WorkflowEngine.Answer(definition, s, token.Id, seat.Key, answer, world));
                }
            }

            if (activity.Kind is PanelReviewKind && token.Participants.Count(p => p.Outcome != PanelReviewKind.Decline) < 3)
            {
                yield return new("enlist", s => WorkflowEngine.Enlist(definition, s, token.Id, [$"extra{token.Participants.Length}"], world));
            }

            foreach (var seat in activity.Kind is PanelReviewKind ? token.Participants.Where(p => p.Outcome == PanelReviewKind.Score) : [])
            {
                yield return new($"{seat.Key}: reopened", s => WorkflowEngine.Reopen(definition, s, token.Id, seat.Key, world));
            }

            yield return new($"time of {token.Activity}", s => WorkflowEngine.TimeOut(definition, s, token.Id, world));
        }

        foreach (var signal in signals)
        {
            yield return new($"signal {signal}", s => WorkflowEngine.Signal(definition, s, signal, world));
        }
    }

    /// <summary>Every signal that some place of the flow answers.</summary>
    public static IReadOnlyList<string> Signals(WorkflowDefinition definition) => [.. definition.Activities.SelectMany(a => a.Settings switch
    {
        WorkItemSettings settings => settings.Signals.Keys,
        WaitUntilSettings settings => settings.Signals.Keys,
        Dictionary<string, string> gate => gate.Keys,
        _ => Enumerable.Empty<string>(),
    }).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What makes two states the same for everything that can still happen.</summary>
    public static string Key(WorkflowDefinition definition, WorkflowState state)
    {
        var key = new StringBuilder(state.Result ?? "running");
        foreach (var token in state.Tokens)
        {
            // Who of a panel it was means nothing, and who declined is out.
            key.Append('|').Append(token.Activity).AppendJoin(',', token.Participants.Select(p => p.Outcome ?? "open").Where(o => o != PanelReviewKind.Decline).Order());
            key.Append(token.Chosen).AppendJoin(',', token.Signers.Select(s => $"+{s.Position}{s.Outcome}"));
        }

        key.Append(state.IsSuspended ? " stayed" : string.Empty);
        key.Append(" b ").AppendJoin(',', state.Undos.Select(u => $"{u.Activity}:{u.Outcome}").Order(StringComparer.Ordinal));

        key.Append(" v ").AppendJoin(',', state.Variables.Select(v => $"{v.Key}={v.Value.GetRawText()}"));
        key.Append(" j ").AppendJoin(',', state.Arrived.Select(j => $"{j.Key}={string.Join('+', j.Value.Order(StringComparer.Ordinal))}"));
        foreach (var activity in definition.Activities)
        {
            if (activity.Settings is WorkItemSettings settings)
            {
                key.AppendJoin(',', settings.Limits.Select(l => string.Create(
                    CultureInfo.InvariantCulture, $" {activity.Id}:{l.Key}={Math.Min(l.Value, state.UsesOf(activity.Id, l.Key))}")));
            }
        }

        return key.ToString();
    }

    private Decision Pure(WorkflowState state, Act act)
    {
        var decision = act.Do(state);
        if (ReferenceEquals(decision.State, state))
        {
            Assert.Empty(decision.Effects);
            return decision;
        }

        var before = state.Text();
        try
        {
            Invariants.Hold(definition, state, decision);
            var text = decision.Text();
            Assert.Equal(text, act.Do(state).Text());
            Assert.Equal(text, act.Do(state.Restored()).Text());
            Assert.Equal(before, state.Text());
        }
        catch (Xunit.Sdk.XunitException e)
        {
            throw new InvalidOperationException($"{act.Name} at {before}: {e.Message}", e);
        }

        return decision;
    }

    private string Visit(WorkflowState state, Queue<string> queue)
    {
        var key = Key(definition, state);
        if (seen.Count >= most && !seen.ContainsKey(key))
        {
            IsComplete = false;
            return string.Empty;
        }

        if (seen.TryAdd(key, (state, [])))
        {
            queue.Enqueue(key);
        }

        return key;
    }

    /// <summary>From every state some way leads to an end, or, when the walk was cut short, to a state that was not seen.</summary>
    private void AllCanEnd()
    {
        var before = seen.SelectMany(s => s.Value.Next.Select(n => (From: s.Key, To: n))).ToLookup(e => e.To, e => e.From);
        var ending = new HashSet<string>(seen.Where(s => s.Value.State.IsFinished).Select(s => s.Key)) { string.Empty };
        var queue = new Queue<string>(ending);
        while (queue.TryDequeue(out var key))
        {
            foreach (var earlier in before[key].Where(ending.Add))
            {
                queue.Enqueue(earlier);
            }
        }

        var stuck = seen.Keys.FirstOrDefault(k => !ending.Contains(k));
        Assert.True(stuck is null, $"No way leads to an end from: {stuck}");
    }
}

/// <summary>The mixes of facts under which flows are tried.</summary>
internal static class Worlds
{
    private static readonly string[] Yes = [.. Vocabulary.Known.Facts.Where(f => f is not ("panel" or "yearsHeld") && !f.EndsWith("At", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Every yes-or-no fact alone true and alone false, all and none; with panels of two and of nobody, and in the third year or before it.</summary>
    public static IReadOnlyList<WorkflowContext> All { get; } =
        [.. Yes.SelectMany(f => new[] { Make(n => n == f), Make(n => n != f) }), .. Few];

    public static IReadOnlyList<WorkflowContext> Few => [Make(_ => true), Make(_ => false, [])];

    public static WorkflowContext Make(Func<string, bool> yes, string[]? panel = null, DateTime? now = null)
    {
        var facts = Yes.ToDictionary(f => f, f => (object?)yes(f));
        foreach (var fact in Vocabulary.Known.Facts.Except(Yes))
        {
            facts[fact] = fact switch { "panel" => panel ?? ["ann", "bob"], "yearsHeld" => yes(fact) ? 3 : 1, _ => (object)Play.Monday.AddDays(30) };
        }

        foreach (var fact in Definitions.PanelFacts)
        {
            facts[fact] = facts["panel"];
        }

        return new WorkflowContext(now ?? Play.Monday, WorkCalendar.BuiltIn, facts);
    }
}
