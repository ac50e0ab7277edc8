using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>
/// Draws a workflow as an inline SVG: where a case stands is filled, where it has been is tinted. Colours come from the stylesheet by
/// class. The description names the current places, so the picture says the same to those who do not see it.
/// </summary>
public static class FlowPicture
{
    private const double Margin = 28;
    private const double FontSize = 14;

    /// <summary>Up to this width the letters stay readable when the picture is made as narrow as a page beside its menu.</summary>
    private const double Shrinkable = 1200;

    /// <param name="title">What the picture shows: 办理流程.</param>
    /// <param name="current">Ids of the nodes where the case waits now.</param>
    /// <param name="visited">Ids of the nodes it has been through.</param>
    public static HtmlString Render(string title, IReadOnlyCollection<FlowNode> nodes, IReadOnlyCollection<FlowEdge> edges, IReadOnlySet<string> current, IReadOnlySet<string> visited)
    {
        if (nodes.Count == 0)
        {
            return HtmlString.Empty;
        }

        var byId = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var routes = edges
            .Where(edge => byId.ContainsKey(edge.From) && byId.ContainsKey(edge.To))
            .Select(edge => (Edge: edge, Points: FlowRoute.Between(byId[edge.From], byId[edge.To], edge.Bends, Returns(edge), nodes)))
            .ToList();

        var points = routes.SelectMany(route => route.Points).ToList();
        var left = Math.Min(nodes.Min(n => n.X), points.Select(p => p.X).DefaultIfEmpty(double.MaxValue).Min()) - Margin;
        var top = Math.Min(nodes.Min(n => n.Y), points.Select(p => p.Y).DefaultIfEmpty(double.MaxValue).Min()) - Margin;
        var width = Math.Max(nodes.Max(n => n.X + n.Width), points.Select(p => p.X).DefaultIfEmpty(double.MinValue).Max()) + Margin - left;
        var height = Math.Max(nodes.Max(n => n.Y + n.Height), points.Select(p => p.Y).DefaultIfEmpty(double.MinValue).Max()) + Margin - top;

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="flow{(width <= Shrinkable ? " fits" : "")}" viewBox="{Svg.Number(left)} {Svg.Number(top)} {Svg.Number(width)} {Svg.Number(height)}" width="{Svg.Number(width)}" role="img"><title>{Svg.Text(title)}</title><desc>{Svg.Text(Describe(nodes, current))}</desc>""");
        foreach (var (edge, route) in routes.OrderBy(route => IsVisited(route.Edge)))
        {
            var tone = IsVisited(edge) ? " visited" : edge.Tone is null ? "" : $" {edge.Tone}";
            svg.Append(CultureInfo.InvariantCulture, $"""<path class="edge{tone}" d="{FlowRoute.Path(route)}"/><path class="head{tone}" d="{FlowRoute.Head(route)}"/>""");
        }

        foreach (var node in nodes)
        {
            AppendNode(svg, node, current.Contains(node.Id) ? " current" : visited.Contains(node.Id) ? " visited" : node.Mark is { } mark ? $" {mark.Tone}" : "");
        }

        foreach (var (edge, route) in routes.Where(route => !string.IsNullOrEmpty(route.Edge.Label)))
        {
            var at = FlowRoute.LabelPoint(route);
            svg.Append(CultureInfo.InvariantCulture, $"""<text class="edge-label" x="{Svg.Number(at.X)}" y="{Svg.Number(at.Y)}">{Svg.Text(edge.Label)}</text>""");
        }

        return new(svg.Append("</svg>").ToString());

        bool Returns(FlowEdge edge) => edges.Any(other => other.From == edge.To && other.To == edge.From);

        bool IsVisited(FlowEdge edge) => visited.Contains(edge.From) && (visited.Contains(edge.To) || current.Contains(edge.To));
    }

    private static string Describe(IReadOnlyCollection<FlowNode> nodes, IReadOnlySet<string> current)
    {
        var places = string.Join("、", nodes.Where(node => current.Contains(node.Id)).Select(node => node.Title));
        var marks = string.Join("、", nodes.Where(node => node.Mark is not null).Select(node => $"{node.Title} {node.Mark!.Words}"));
        return $"共{nodes.Count}个环节{(places.Length == 0 ? "" : $"，当前环节：{places}")}{(marks.Length == 0 ? "" : $"；{marks}")}";
    }

    private static void AppendNode(StringBuilder svg, FlowNode node, string tone)
    {
        var (x, y, w, h) = (node.X, node.Y, node.Width, node.Height);
        svg.Append(CultureInfo.InvariantCulture, $"""<g class="node {KindClass(node.Kind)}{tone}"><title>{Svg.Text(node.Mark is null ? node.Title : $"{node.Title}：{node.Mark.Words}")}</title>""");
        if (tone == " current")
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<rect class="halo" x="{Svg.Number(x - 5)}" y="{Svg.Number(y - 5)}" width="{Svg.Number(w + 10)}" height="{Svg.Number(h + 10)}" rx="{Svg.Number(Radius(node) + 5)}"/>""");
        }

        svg.Append(node.Kind switch
        {
            FlowNodeKind.Decision => Outline((x, y + (h / 2)), (x + 18, y), (x + w - 18, y), (x + w, y + (h / 2)), (x + w - 18, y + h), (x + 18, y + h)),
            FlowNodeKind.Gate => Outline((x, y), (x + w, y), (x + w - 10, y + (h / 2)), (x + w, y + h), (x, y + h), (x + 10, y + (h / 2))),
            _ => $"""<rect x="{Svg.Number(x)}" y="{Svg.Number(y)}" width="{Svg.Number(w)}" height="{Svg.Number(h)}" rx="{Svg.Number(Radius(node))}"/>""",
        });

        var room = (w - (node.Kind is FlowNodeKind.Decision or FlowNodeKind.Gate ? 36 : 16)) / FontSize;
        var lines = Svg.Wrap(node.Title, Math.Max(room, 3), h >= 40 ? 2 : 1);
        for (var line = 0; line < lines.Count; line++)
        {
            var middle = y + (h / 2) + ((line - ((lines.Count - 1) / 2.0)) * 18);
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Svg.Number(x + (w / 2))}" y="{Svg.Number(middle + 1)}">{Svg.Text(lines[line])}</text>""");
        }

        if (node.Mark is { } mark)
        {
            var width = Math.Max(24, (Svg.Ems(mark.Sign) * FontSize) + 14);
            svg.Append(CultureInfo.InvariantCulture, $"""<g class="mark"><rect x="{Svg.Number(x + w - (width / 2))}" y="{Svg.Number(y - 12)}" width="{Svg.Number(width)}" height="24" rx="12"/><text x="{Svg.Number(x + w)}" y="{Svg.Number(y + 1)}">{Svg.Text(mark.Sign)}</text></g>""");
        }

        svg.Append("</g>");
    }

    private static string Outline(params (double X, double Y)[] corners) =>
        $"""<path d="M{string.Join('L', corners.Select(corner => $"{Svg.Number(corner.X)} {Svg.Number(corner.Y)}"))}Z"/>""";

    private static double Radius(FlowNode node) => node.Kind is FlowNodeKind.Start or FlowNodeKind.End ? node.Height / 2 : 6;

    private static string KindClass(FlowNodeKind kind) => kind switch
    {
        FlowNodeKind.System => "system",
        FlowNodeKind.Decision => "decision",
        FlowNodeKind.Gate => "gate",
        FlowNodeKind.Start => "start",
        FlowNodeKind.End => "end",
        _ => "task",
    };
}
