using System.Text.Json;
using System.Text.Json.Nodes;
using Applications.Domain.Workflow;
using Applications.ElsaHost.Hosting;
using Elsa.Workflows.Activities;

namespace Applications.ElsaHost.Conformance;

/// <summary>Says where Elsa and our engine differ.</summary>
internal sealed class Comparison(WorkflowDefinition definition)
{
    /// <summary>Activities and arrows, as both have read them from the same text.</summary>
    public IEnumerable<string> OfLoading(ElsaFlow flow)
    {
        foreach (var complaint in flow.Complaints())
        {
            yield return $"Elsa complains: {complaint}";
        }

        foreach (var activity in definition.Activities.Where(a => flow.Activities.GetValueOrDefault(a.Id) is not { } type || type == typeof(NotFoundActivity)))
        {
            yield return $"{activity.Id}: Elsa has no activity of type {activity.Kind.Type}";
        }

        var ours = definition.Connections.Select(c => $"{c.Source}:{c.Port} > {c.Target}").ToHashSet(StringComparer.Ordinal);
        if (!ours.SetEquals(flow.Connections))
        {
            yield return $"arrows: ours only {Join(ours.Except(flow.Connections))}; Elsa's only {Join(flow.Connections.Except(ours))}";
        }
    }

    /// <summary>What one step did: where it waits, whether and how it is over, what was carried out on the way, and every input that was read.</summary>
    public IEnumerable<string> OfStep(Decision decision, Burst burst)
    {
        foreach (var fault in burst.Faults)
        {
            yield return fault;
        }

        var places = decision.State.Tokens.Select(t => t.Activity).Order(StringComparer.Ordinal).ToList();
        if (!places.SequenceEqual(burst.Places))
        {
            yield return $"waits: ours {Join(places)}; Elsa's {Join(burst.Places)}";
        }

        if (decision.State.Result != burst.Result)
        {
            yield return $"end: ours {decision.State.Result ?? "none"}; Elsa's {burst.Result ?? "none"}";
        }

        var (mine, theirs) = (Did(decision), Did(burst));
        if (!mine.SequenceEqual(theirs))
        {
            yield return $"carried out: ours {Join(mine)}; Elsa's {Join(theirs)}";
        }

        foreach (var difference in burst.Entered.SelectMany(Inputs))
        {
            yield return difference;
        }
    }

    /// <summary>Commands, letters and signals. Two branches of a fork may be worked in either order, so the order between them is left open.</summary>
    private static List<string> Did(Decision decision) => [.. decision.Effects.Select(e => e switch
    {
        CommandRequested command => command.Activity.Id,
        NotificationRequested letter => letter.Activity.Id,
        SignalSent signal => signal.Activity.Id,
        _ => null,
    }).OfType<string>().Order(StringComparer.Ordinal)];

    private List<string> Did(Burst burst) =>
        [.. burst.Entered.Select(e => e.Activity).Where(a => !definition.Get(a).Kind.Blocks).Order(StringComparer.Ordinal)];

    private IEnumerable<string> Inputs(Entered entered)
    {
        var activity = definition.Get(entered.Activity);
        if (activity.Kind.Type != entered.Type)
        {
            yield return $"{activity.Id}: ours is of type {activity.Kind.Type}, Elsa's of type {entered.Type}";
        }

        foreach (var name in activity.InputNames.Where(n => activity.Input(n)!.IsLiteral).Except(entered.Inputs.Keys))
        {
            yield return $"{activity.Id}: Elsa has read no input '{name}'";
        }

        foreach (var (name, value) in entered.Inputs.Where(i => activity.Input(i.Key) is not { IsLiteral: false }))
        {
            var literal = activity.Input(name) is { } input ? JsonSerializer.SerializeToNode(input.Literal) : null;
            if (!JsonNode.DeepEquals(literal, value))
            {
                yield return $"{activity.Id}: input '{name}' is {literal?.ToJsonString() ?? "unset"} for us and {value?.ToJsonString() ?? "unset"} for Elsa";
            }
        }
    }

    private static string Join(IEnumerable<string> names) => $"[{string.Join(", ", names)}]";
}
