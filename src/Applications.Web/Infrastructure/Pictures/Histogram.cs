using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>How often scores fall into equal steps, with the line above which a case is proposed.</summary>
public static class Histogram
{
    private const double Width = 640;
    private const double Height = 230;
    private const double Left = 36;
    private const double Bottom = 196;
    private const double Top = 26;

    /// <param name="from">The lowest score drawn; what lies below is counted in the first step.</param>
    /// <param name="to">The highest score, counted in the last step.</param>
    /// <param name="cut">The line between proposed and not, when there is one.</param>
    public static HtmlString Render(string title, IReadOnlyCollection<decimal> scores, decimal from, decimal to, int steps = 10, decimal? cut = null)
    {
        var counts = new int[steps];
        var size = (to - from) / steps;
        foreach (var score in scores)
        {
            counts[Math.Clamp((int)((score - from) / size), 0, steps - 1)]++;
        }

        var most = Math.Max(counts.Max(), 1);
        var column = (Width - Left - 12) / steps;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="chart" viewBox="0 0 {Svg.Number(Width)} {Svg.Number(Height)}" width="{Svg.Number(Width)}" role="img"><title>{Svg.Text(title)}</title><desc>{Svg.Text(string.Join("；", counts.Select((count, i) => $"{Edge(i)}至{Edge(i + 1)}分 {count}个")))}</desc>""");
        foreach (var mark in new[] { 0, (most + 1) / 2, most }.Distinct())
        {
            var y = Bottom - ((Bottom - Top) * mark / most);
            svg.Append(CultureInfo.InvariantCulture, $"""<path class="axis" d="M{Svg.Number(Left)} {Svg.Number(y)}H{Svg.Number(Width - 12)}"/><text class="soft-text end" x="{Svg.Number(Left - 8)}" y="{Svg.Number(y)}">{mark}</text>""");
        }

        for (var i = 0; i < steps; i++)
        {
            var x = Left + (i * column);
            var height = (Bottom - Top) * counts[i] / most;
            var tone = cut is { } line && from + (size * (i + 1)) <= line ? " muted" : "";
            svg.Append(CultureInfo.InvariantCulture, $"""<rect class="mark{tone}" x="{Svg.Number(x + 3)}" y="{Svg.Number(Bottom - height)}" width="{Svg.Number(column - 6)}" height="{Svg.Number(height)}" rx="2"/>""");
            svg.Append(CultureInfo.InvariantCulture, $"""<text class="soft-text mid" x="{Svg.Number(x)}" y="{Svg.Number(Bottom + 16)}">{Edge(i)}</text>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<text class="soft-text mid" x="{Svg.Number(Left + (steps * column))}" y="{Svg.Number(Bottom + 16)}">{Edge(steps)}</text>""");
        if (cut is { } at)
        {
            var x = Left + ((double)((at - from) / (to - from)) * steps * column);
            svg.Append(CultureInfo.InvariantCulture, $"""<path class="cut" d="M{Svg.Number(x)} {Svg.Number(Top - 8)}V{Svg.Number(Bottom)}"/><text class="soft-text mid" x="{Svg.Number(x)}" y="10">分数线 {at.ToString("0.##", CultureInfo.InvariantCulture)}</text>""");
        }

        return new(svg.Append("</svg>").ToString());

        string Edge(int step) => (from + (size * step)).ToString("0.#", CultureInfo.InvariantCulture);
    }
}
