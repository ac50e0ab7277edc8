using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>A bar of a chart.</summary>
/// <param name="Shown">The value as it is to be read; the bare number when absent.</param>
public sealed record Bar(string Label, double Value, string? Shown = null, BarTone Tone = BarTone.Plain);

/// <summary>How a bar is coloured.</summary>
public enum BarTone
{
    Plain,
    Muted,
    Good,
    Danger,
}

/// <summary>Horizontal bars with their labels on the left and their values at the end.</summary>
public static class BarChart
{
    private const double LabelWidth = 130;
    private const double Width = 640;
    private const double RowHeight = 32;

    public static HtmlString Render(string title, IReadOnlyList<Bar> bars)
    {
        if (bars.Count == 0)
        {
            return HtmlString.Empty;
        }

        var longest = Math.Max(bars.Max(bar => bar.Value), double.Epsilon);
        var room = Width - LabelWidth - 84;
        var height = (bars.Count * RowHeight) + 8;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="chart" viewBox="0 0 {Svg.Number(Width)} {Svg.Number(height)}" width="{Svg.Number(Width)}" role="img"><title>{Svg.Text(title)}</title><desc>{Svg.Text(string.Join("；", bars.Select(bar => $"{bar.Label} {Words(bar)}")))}</desc>""");
        for (var i = 0; i < bars.Count; i++)
        {
            var bar = bars[i];
            var middle = 4 + (i * RowHeight) + (RowHeight / 2);
            var length = Math.Max(bar.Value / longest * room, bar.Value > 0 ? 2 : 0);
            svg.Append(CultureInfo.InvariantCulture, $"""<text class="end" x="{Svg.Number(LabelWidth - 12)}" y="{Svg.Number(middle)}">{Svg.Text(Svg.Wrap(bar.Label, 8.5, 1)[0])}</text>""");
            svg.Append(CultureInfo.InvariantCulture, $"""<rect class="mark{ToneClass(bar.Tone)}" x="{Svg.Number(LabelWidth)}" y="{Svg.Number(middle - 9)}" width="{Svg.Number(length)}" height="18" rx="3"/>""");
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Svg.Number(LabelWidth + length + 8)}" y="{Svg.Number(middle)}">{Svg.Text(Words(bar))}</text>""");
        }

        return new(svg.Append(CultureInfo.InvariantCulture, $"""<path class="axis" d="M{Svg.Number(LabelWidth)} 0V{Svg.Number(height)}"/></svg>""").ToString());
    }

    internal static string ToneClass(BarTone tone) => tone switch
    {
        BarTone.Muted => " muted",
        BarTone.Good => " good",
        BarTone.Danger => " danger",
        _ => "",
    };

    private static string Words(Bar bar) => bar.Shown ?? bar.Value.ToString("#,##0.##", CultureInfo.InvariantCulture);
}
