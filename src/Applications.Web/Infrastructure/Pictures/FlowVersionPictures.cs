using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Versions;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>Pictures of definitions rather than of cases: how many cases stand at each step, and what differs between two versions.</summary>
public static class FlowVersionPictures
{
    private static readonly HashSet<string> Nothing = [];

    /// <summary>The chart with the number of cases that stand at each step.</summary>
    public static HtmlString WithCounts(WorkflowDefinition flow, IReadOnlyDictionary<string, int> counts)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(counts);
        var nodes = FlowPictures.Nodes(flow)
            .Select(n => counts.GetValueOrDefault(n.Id) is > 0 and var count ? n with { Mark = new FlowMark($"{count}", "count", $"{count} 件") } : n).ToList();
        return FlowPicture.Render(flow.Name, nodes, FlowPictures.Edges(flow), Nothing, Nothing);
    }

    /// <summary>The older version with what goes and what changes, and the newer with what comes and what changed.</summary>
    public static (HtmlString Before, HtmlString After) Compare(WorkflowDefinition before, WorkflowDefinition after, DefinitionDiff diff)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(diff);
        return (Draw(before, "旧版", diff, ChangeKind.Removed), Draw(after, "新版", diff, ChangeKind.Added));
    }

    private static HtmlString Draw(WorkflowDefinition flow, string which, DefinitionDiff diff, ChangeKind own)
    {
        var steps = diff.Activities.Where(a => a.Kind == own || a.Kind == ChangeKind.Changed).ToDictionary(a => a.Id, a => MarkOf(a.Kind));
        var arrows = diff.Connections.Where(c => c.Kind == own || c.Kind == ChangeKind.Changed).ToDictionary(c => (c.Source, c.Port), c => MarkOf(c.Kind).Tone);
        var nodes = FlowPictures.Nodes(flow).Select(n => n with { Mark = steps.GetValueOrDefault(n.Id) }).ToList();
        var edges = flow.Connections.Zip(FlowPictures.Edges(flow), (c, e) => e with { Tone = arrows.GetValueOrDefault((c.Source, c.Port)) }).ToList();
        return FlowPicture.Render($"{which}：{flow.Name}", nodes, edges, Nothing, Nothing);
    }

    private static FlowMark MarkOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => new FlowMark("＋", "added", "新增"),
        ChangeKind.Removed => new FlowMark("－", "removed", "删除"),
        _ => new FlowMark("≠", "changed", "修改"),
    };
}
