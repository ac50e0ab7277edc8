using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>A case beside its batch: the gates of the one and the signals of the other, whichever comes first.</summary>
public sealed class CaseInBatchTests
{
    public static TheoryData<string> Folders => [.. Directory.GetFiles(Definitions.Root, "case.workflow.json", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Definitions.Root, Path.GetDirectoryName(f)!)).Order(StringComparer.Ordinal)];

    /// <summary>A gate that no batch opens would hold its cases for ever.</summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public void Case_SignalsItWaitsFor_AreSentByItsBatch(string folder)
    {
        var awaited = Explorer.Signals(Definitions.Load($"{folder}/case.workflow.json"));

        Assert.Subset(SignalsOf(folder).Select(s => s.Signal).ToHashSet(), awaited.ToHashSet());
    }

    /// <summary>
    /// However far the batch is and wherever the case: the case can still come to an end, and a case that comes late to what the batch has
    /// already opened is passed on in a few steps. Signals are given again to a late case as the host does, oldest first; a pulse may come at any time.
    /// </summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public void Case_WhateverTheBatchHasSent_CanEnd(string folder)
    {
        var definition = Definitions.Load($"{folder}/case.workflow.json");
        var all = SignalsOf(folder);
        var sent = all.Where(s => !s.Pulse).Select(s => s.Signal).ToList();
        var pulses = all.Where(s => s.Pulse).Select(s => s.Signal).Distinct().ToList();
        var seen = new Dictionary<(string Key, int Sent), (WorkflowState State, List<(string, int)> Next)>();
        var queue = new Queue<(string, int)>();
        foreach (var world in Worlds.All)
        {
            Visit(WorkflowEngine.Start(definition, world).State, 0, world);
        }

        while (queue.TryDequeue(out var key))
        {
            var (state, next) = seen[key];
            foreach (var world in Worlds.All)
            {
                next.AddRange(Explorer.Acts(definition, state, world, pulses).Select(a => Visit(a.Do(state).State, key.Item2, world)));
                if (key.Item2 < sent.Count)
                {
                    next.Add(Visit(state, key.Item2 + 1, world));
                }
            }
        }

        var before = seen.SelectMany(s => s.Value.Next.Select(n => (From: s.Key, To: n))).ToLookup(e => e.To, e => e.From);
        var ending = seen.Where(s => s.Value.State.IsFinished).Select(s => s.Key).ToHashSet();
        var back = new Queue<(string, int)>(ending);
        while (back.TryDequeue(out var key))
        {
            foreach (var earlier in before[key].Where(e => ending.Add(e)))
            {
                back.Enqueue(earlier);
            }
        }

        Assert.True(seen.Count > definition.Activities.Count(a => a.Kind.Blocks));
        Assert.Equal(seen.Count, ending.Count);

        (string, int) Visit(WorkflowState state, int count, WorkflowContext world)
        {
            var caught = CatchUp(definition, state, sent.Take(count).ToList(), world);
            var key = (Explorer.Key(definition, caught), count);
            if (seen.TryAdd(key, (caught, [])))
            {
                queue.Enqueue(key);
            }

            return key;
        }
    }

    private static WorkflowState CatchUp(WorkflowDefinition definition, WorkflowState state, IReadOnlyList<string> signals, WorkflowContext world)
    {
        for (var steps = 0; !state.IsFinished; steps++)
        {
            Assert.True(steps <= definition.Activities.Count, $"Catching up never stops at {state.Text()}");
            var moved = signals.Select(s => WorkflowEngine.Signal(definition, state, s, world)).FirstOrDefault(d => d.Effects.Count > 0);
            if (moved is null)
            {
                break;
            }

            Invariants.Hold(definition, state, moved);
            state = moved.State;
        }

        return state;
    }

    /// <summary>What the batch sends on its way, in order: its work items are decided by their first outcome, by their last when they come again, and its waits run out.</summary>
    private static List<SignalSent> SignalsOf(string folder)
    {
        var definition = Definitions.Load($"{folder}/batch.workflow.json");
        var world = Worlds.All[0];
        var decision = WorkflowEngine.Start(definition, world);
        var effects = decision.Effects.ToList();
        for (var steps = 0; !decision.State.IsFinished; steps++)
        {
            Assert.True(steps < 100, "The batch does not come to its end.");
            var acts = Explorer.Acts(definition, decision.State with { Tokens = decision.State.Tokens[..1] }, world, []).ToList();
            var again = decision.State.Uses.Keys.Any(u => u.StartsWith($"{decision.State.Tokens[0].Activity}:", StringComparison.Ordinal));
            decision = (again ? acts[^2] : acts[0]).Do(decision.State);
            effects.AddRange(decision.Effects);
        }

        return [.. effects.OfType<SignalSent>()];
    }
}
