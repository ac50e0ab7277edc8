using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>The picture of a definition with the place a case or batch stands at.</summary>
public static class FlowPictures
{
    public static HtmlString Of(WorkflowDefinition flow, WorkflowState state, string stage, IEnumerable<JournalEntry> journal)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(state);
        var nodes = flow.Activities.Select(a => new FlowNode(a.Id, a.Title, KindOf(a.Kind), a.Box.X, a.Box.Y, a.Box.Width, a.Box.Height)).ToList();
        var edges = flow.Connections.Select(c => new FlowEdge(c.Source, c.Target, LabelOf(flow.Get(c.Source), c.Port))).ToList();
        var current = state.IsFinished ? [stage] : state.Tokens.Select(t => t.Activity).ToHashSet();
        var visited = journal.Select(j => j.Activity).Where(id => !current.Contains(id)).ToHashSet();
        return FlowPicture.Render(flow.Name, nodes, edges, current, visited);
    }

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
