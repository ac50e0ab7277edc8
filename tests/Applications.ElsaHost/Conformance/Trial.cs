using System.Globalization;
using Applications.Domain.Tests.Workflow;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.ElsaHost.Hosting;

namespace Applications.ElsaHost.Conformance;

/// <summary>How much is tried.</summary>
/// <param name="Walks">Random ways from the start of each definition.</param>
/// <param name="Length">The longest of them.</param>
/// <param name="States">At most so many states are gone on from.</param>
internal sealed record Effort(int Seed, int Walks, int Length, int States);

/// <summary>
/// Takes one definition through both engines. First every different transition out of every state that our engine can reach, then long random walks under
/// facts that change from step to step. A way ends where the two differ.
/// </summary>
internal sealed class Trial(string name, WorkflowDefinition definition, ElsaFlow flow, Effort effort)
{
    private readonly Comparison comparison = new(definition);
    private readonly IReadOnlyList<string> signals = Explorer.Signals(definition);
    private readonly HashSet<string> differences = [];
    private readonly HashSet<string> ends = [];
    private int states;
    private int paths;
    private int steps;

    public async Task<Outcome> RunAsync()
    {
        differences.UnionWith(comparison.OfLoading(flow));
        await ExploreAsync();
        for (var walk = 0; walk < effort.Walks; walk++)
        {
            await WalkAsync(new Random(effort.Seed + walk));
        }

        return new Outcome(name, states, paths, steps, ends.Count, definition.Activities.Count(a => a.Kind is EndKind), [.. differences]);
    }

    private async Task ExploreAsync()
    {
        var seen = new HashSet<string>();
        var queue = new Queue<(WorkflowState State, string Elsa)>();
        var starts = new HashSet<string>();
        foreach (var world in Worlds.All)
        {
            var decision = WorkflowEngine.Start(definition, world);
            if (starts.Add(Signature(decision)))
            {
                GoOn(decision, await StartAsync(decision, world));
            }
        }

        while (queue.TryDequeue(out var place))
        {
            states++;
            var tried = new HashSet<string>();
            foreach (var (act, world) in Acts(place.State))
            {
                var decision = act.Do(place.State);
                if (!ReferenceEquals(decision.State, place.State) && tried.Add(Signature(decision)))
                {
                    GoOn(decision, await StepAsync(act.Name, place.State, decision, place.Elsa, world));
                }
            }
        }

        void GoOn(Decision decision, string? elsa)
        {
            paths++;
            if (elsa is not null && !decision.State.IsFinished && states + queue.Count < effort.States && seen.Add(Explorer.Key(definition, decision.State)))
            {
                queue.Enqueue((decision.State, elsa));
            }
        }
    }

    private async Task WalkAsync(Random random)
    {
        paths++;
        var world = Pick(random, Worlds.All);
        var decision = WorkflowEngine.Start(definition, world);
        var elsa = await StartAsync(decision, world);
        for (var step = 0; step < effort.Length && elsa is not null && !decision.State.IsFinished; step++)
        {
            var state = decision.State;
            var ways = Acts(state).Select(w => (w.Act, w.World, Next: w.Act.Do(state))).Where(w => !ReferenceEquals(w.Next.State, state)).ToList();
            if (ways.Count == 0)
            {
                return;
            }

            // One way to an end in five is taken, so that the walks grow long.
            var on = ways.Where(w => !w.Next.State.IsFinished).ToList();
            var (act, facts, next) = Pick(random, on.Count > 0 && random.Next(5) > 0 ? on : ways);
            elsa = await StepAsync(act.Name, state, next, elsa, facts);
            decision = next;
        }
    }

    private IEnumerable<(Act Act, WorkflowContext World)> Acts(WorkflowState state) =>
        Worlds.All.SelectMany(world => Explorer.Acts(definition, state, world, signals).Select(act => (act, world)));

    private async Task<string?> StartAsync(Decision decision, WorkflowContext world)
    {
        var burst = await flow.StartAsync(Facts(world));
        return Agrees("start", decision, burst) ? burst.State : null;
    }

    /// <summary>Gives Elsa what our engine was given; returns Elsa's new state, or null when they differ.</summary>
    private async Task<string?> StepAsync(string act, WorkflowState before, Decision decision, string elsa, WorkflowContext world)
    {
        var moves = Moves(decision);
        if (moves.Count == 0)
        {
            // One of several has answered and more are needed: nothing has happened in the flow.
            return elsa;
        }

        Burst? burst = null;
        List<Entered> entered = [];
        List<string> faults = [];
        foreach (var (activity, outcome) in moves)
        {
            burst = await flow.ResumeAsync(burst?.State ?? elsa, activity, outcome, Facts(world));
            entered.AddRange(burst.Entered);
            faults.AddRange(burst.Faults);
        }

        return Agrees($"{act} at [{string.Join(", ", before.Tokens.Select(t => t.Activity))}]", decision, burst! with { Entered = entered, Faults = faults })
            ? burst!.State
            : null;
    }

    private bool Agrees(string act, Decision decision, Burst burst)
    {
        steps++;
        var found = comparison.OfStep(decision, burst).ToList();
        differences.UnionWith(found.Select(f => $"{act}: {f}"));
        if (found.Count == 0 && burst.Result is { } end)
        {
            ends.Add(end);
        }

        return found.Count == 0;
    }

    /// <summary>The places that were left, by which outcome, in order.</summary>
    private static List<(string Activity, string Outcome)> Moves(Decision decision) => [.. decision.Effects.Select(e => e switch
    {
        WorkItemClosed { Participant: null } item => (item.Activity.Id, item.Outcome),
        WaitEnded wait => (wait.Activity.Id, wait.Outcome),
        _ => default,
    }).Where(m => m.Id is not null && m.Outcome != Ports.Cancelled)];

    private string Signature(Decision decision) => $"{string.Join(' ', Moves(decision))} {Explorer.Key(definition, decision.State)}";

    /// <summary>Facts reach Elsa as the input of a run, and moments as text, as in our own scripts.</summary>
    private static Dictionary<string, object> Facts(WorkflowContext world) => world.Facts.Where(f => f.Value is not null).ToDictionary(
        f => f.Key,
        f => f.Value is DateTime moment ? moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : f.Value!);

    private static T Pick<T>(Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
