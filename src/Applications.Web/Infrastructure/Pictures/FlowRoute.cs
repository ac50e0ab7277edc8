using System.Globalization;
using System.Text;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>
/// Where an arrow runs: straight legs with round corners, through the designer's bends when there are any. Without bends a forward
/// arrow leaves on the side that faces its target; one that goes back to where an arrow came from, or past other nodes, runs round
/// the outside.
/// </summary>
internal static class FlowRoute
{
    private const double Clearance = 22;
    private const double Corner = 8;

    public static IReadOnlyList<FlowPoint> Between(FlowNode from, FlowNode to, IReadOnlyList<FlowPoint> bends, bool returns, IReadOnlyCollection<FlowNode> all)
    {
        if (bends.Count > 0)
        {
            return [Edge(from, bends[0]), .. bends, Edge(to, bends[^1])];
        }

        var (fx, fy) = Centre(from);
        var (tx, ty) = Centre(to);
        if (to.X >= from.X + from.Width)
        {
            return Across(new(from.X + from.Width, fy), new(to.X, ty), from, to, all);
        }

        if (to.Y >= from.Y + from.Height)
        {
            return Down(new(fx, from.Y + from.Height), new(tx, to.Y), from, to, all);
        }

        if (!returns && to.X + to.Width <= from.X && Math.Abs(fy - ty) < 1 && !all.Any(n => n.X < from.X && n.X > to.X && n.Y < fy && n.Y + n.Height > fy))
        {
            return [new(from.X, fy), new(to.X + to.Width, ty)];
        }

        return Back(from, to, all);
    }

    public static string Path(IReadOnlyList<FlowPoint> points)
    {
        var path = new StringBuilder($"M{At(points[0])}");
        for (var i = 1; i < points.Count - 1; i++)
        {
            path.Append(CultureInfo.InvariantCulture, $"L{At(Towards(points[i], points[i - 1], Corner))}Q{At(points[i])} {At(Towards(points[i], points[i + 1], Corner))}");
        }

        return path.Append(CultureInfo.InvariantCulture, $"L{At(Towards(points[^1], points[^2], 5))}").ToString();
    }

    public static string Head(IReadOnlyList<FlowPoint> points)
    {
        var (tip, before) = (points[^1], points[^2]);
        var length = Math.Max(Distance(tip, before), 0.1);
        var (dx, dy) = ((tip.X - before.X) / length, (tip.Y - before.Y) / length);
        var back = new FlowPoint(tip.X - (dx * 9), tip.Y - (dy * 9));
        return $"M{At(tip)}L{At(new(back.X - (dy * 4.5), back.Y + (dx * 4.5)))}L{At(new(back.X + (dy * 4.5), back.Y - (dx * 4.5)))}Z";
    }

    /// <summary>The middle of the longest leg, nearer to the start so that labels of arrows that meet do not lie on each other.</summary>
    public static FlowPoint LabelPoint(IReadOnlyList<FlowPoint> points)
    {
        var leg = Enumerable.Range(0, points.Count - 1).MaxBy(i => Distance(points[i], points[i + 1]));
        var (a, b) = (points[leg], points[leg + 1]);
        var level = Math.Abs(a.Y - b.Y) < 1;
        return new((a.X + b.X) / 2, ((a.Y + b.Y) / 2) + (level ? -6 : 4));
    }

    private static IReadOnlyList<FlowPoint> Across(FlowPoint start, FlowPoint end, FlowNode from, FlowNode to, IReadOnlyCollection<FlowNode> all)
    {
        var level = Math.Abs(start.Y - end.Y) < 1;
        var between = all.Where(n => n != from && n != to && n.X < end.X && n.X + n.Width > start.X).ToList();
        if (level && between.Exists(n => n.Y < start.Y && n.Y + n.Height > start.Y))
        {
            var above = between.Where(n => n.Y < start.Y && n.Y + n.Height > start.Y).Min(n => n.Y) - Clearance;
            var (fx, tx) = (from.X + (from.Width / 2), to.X + (to.Width / 2));
            above = Math.Min(above, Math.Min(from.Y, to.Y) - Clearance);
            return [new(fx, from.Y), new(fx, above), new(tx, above), new(tx, to.Y)];
        }

        if (level)
        {
            return [start, end];
        }

        var middle = end.X - Math.Min(Clearance, (end.X - start.X) / 2);
        return [start, new(middle, start.Y), new(middle, end.Y), end];
    }

    private static IReadOnlyList<FlowPoint> Down(FlowPoint start, FlowPoint end, FlowNode from, FlowNode to, IReadOnlyCollection<FlowNode> all)
    {
        var plumb = Math.Abs(start.X - end.X) < 1;
        if (plumb && all.Any(n => n != from && n != to && n.Y < end.Y && n.Y + n.Height > start.Y && n.X < start.X && n.X + n.Width > start.X))
        {
            var aside = all.Where(n => n.Y < end.Y && n.Y + n.Height > start.Y).Append(from).Append(to).Min(n => n.X) - Clearance;
            var (fy, ty) = (from.Y + (from.Height / 2), to.Y + (to.Height / 2));
            return [new(from.X, fy), new(aside, fy), new(aside, ty), new(to.X, ty)];
        }

        if (plumb)
        {
            return [start, end];
        }

        var middle = end.Y - Math.Min(Clearance, (end.Y - start.Y) / 2);
        return [start, new(start.X, middle), new(end.X, middle), end];
    }

    private static IReadOnlyList<FlowPoint> Back(FlowNode from, FlowNode to, IReadOnlyCollection<FlowNode> all)
    {
        var (fx, fy) = Centre(from);
        var (tx, ty) = Centre(to);
        if (Math.Abs(fy - ty) < Math.Max(from.Height, to.Height))
        {
            var under = all.Where(n => n.X < from.X + from.Width && n.X + n.Width > to.X && Math.Abs(n.Y + (n.Height / 2) - fy) < n.Height)
                .Append(from).Append(to).Max(n => n.Y + n.Height) + Clearance;
            return [new(fx, from.Y + from.Height), new(fx, under), new(tx, under), new(tx, to.Y + to.Height)];
        }

        var right = all.Where(n => n.Y < from.Y + from.Height && n.Y + n.Height > to.Y && n.X < Math.Max(from.X + from.Width, to.X + to.Width) + Clearance)
            .Append(from).Append(to).Max(n => n.X + n.Width) + Clearance;
        return [new(from.X + from.Width, fy), new(right, fy), new(right, ty), new(to.X + to.Width, ty)];
    }

    /// <summary>Where the node's border lies towards a point.</summary>
    private static FlowPoint Edge(FlowNode node, FlowPoint towards)
    {
        var (cx, cy) = Centre(node);
        var (dx, dy) = (towards.X - cx, towards.Y - cy);
        if (dx == 0 && dy == 0)
        {
            return new(cx, node.Y);
        }

        var scale = Math.Min(
            dx == 0 ? double.MaxValue : node.Width / 2 / Math.Abs(dx),
            dy == 0 ? double.MaxValue : node.Height / 2 / Math.Abs(dy));
        return new(cx + (dx * scale), cy + (dy * scale));
    }

    private static (double X, double Y) Centre(FlowNode node) => (node.X + (node.Width / 2), node.Y + (node.Height / 2));

    private static FlowPoint Towards(FlowPoint from, FlowPoint to, double by)
    {
        var length = Distance(from, to);
        var share = length == 0 ? 0 : Math.Min(by, length / 2) / length;
        return new(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));
    }

    private static double Distance(FlowPoint a, FlowPoint b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private static string At(FlowPoint point) => $"{Svg.Number(point.X)} {Svg.Number(point.Y)}";
}
