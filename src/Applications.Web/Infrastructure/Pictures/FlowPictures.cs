using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>The picture of a definition with the place a case or batch stands at.</summary>
public static class FlowPictures
{
    /// <summary>Pictures kept of one definition: cases stand at few places, and memory has a bound.</summary>
    private const int MostKept = 200;

    // Drawing is the dearest part of a case page. Definition, current and visited places are all that a picture is made of, and none of them changes.
    private static readonly ConditionalWeakTable<WorkflowDefinition, ConcurrentDictionary<string, HtmlString>> Drawn = [];

    public static HtmlString Of(WorkflowDefinition flow, WorkflowState state, string stage, IEnumerable<JournalEntry> journal)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(state);
        HashSet<string> current = state.IsFinished ? [stage] : [.. state.Tokens.Select(t => t.Activity)];
        HashSet<string> visited = [.. journal.Select(j => j.Activity).Where(id => !current.Contains(id))];
        var key = $"{string.Join(' ', current.Order(StringComparer.Ordinal))}|{string.Join(' ', visited.Order(StringComparer.Ordinal))}";
        var drawn = Drawn.GetValue(flow, _ => new(StringComparer.Ordinal));
        if (drawn.TryGetValue(key, out var picture))
        {
            return picture;
        }

        if (drawn.Count >= MostKept)
        {
            drawn.Clear();
        }

        return drawn[key] = Draw(flow, current, visited);
    }

    private static HtmlString Draw(WorkflowDefinition flow, HashSet<string> current, HashSet<string> visited) =>
        FlowPicture.Render(flow.Name, Nodes(flow), Edges(flow), current, visited);

    internal static IReadOnlyCollection<FlowNode> Nodes(WorkflowDefinition flow) =>
        [.. flow.Activities.Select(a => new FlowNode(a.Id, a.Title, KindOf(a.Kind), a.Box.X, a.Box.Y, a.Box.Width, a.Box.Height))];

    /// <summary>In the order of the definition's connections.</summary>
    internal static IReadOnlyCollection<FlowEdge> Edges(WorkflowDefinition flow) =>
        [.. flow.Connections.Select(c => new FlowEdge(c.Source, c.Target, LabelOf(flow.Get(c.Source), c.Port)) { Bends = [.. c.Vertices.Select(v => new FlowPoint(v.X, v.Y))] })];

    private static FlowNodeKind KindOf(ActivityKind kind) => kind switch
    {
        StartKind => FlowNodeKind.Start,
        EndKind => FlowNodeKind.End,
        WorkItemKind or PanelReviewKind => FlowNodeKind.Task,
        FlowDecisionKind or FlowSwitchKind => FlowNodeKind.Decision,
        GateKind or WaitUntilKind => FlowNodeKind.Gate,
        _ => FlowNodeKind.System,
    };

    private static string? LabelOf(Activity source, string port) => source.Settings switch
    {
        WorkItemSettings settings => settings.Labels.GetValueOrDefault(port),
        _ => port switch { Ports.True => "是", Ports.False => "否", _ => null },
    };
}
