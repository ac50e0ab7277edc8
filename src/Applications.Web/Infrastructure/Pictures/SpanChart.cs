using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>A span with a point in it.</summary>
/// <param name="Shown">The span in words, for those who do not see it.</param>
public sealed record Span(string Label, double Low, double High, double Point, string Shown, BarTone Tone = BarTone.Plain);

/// <summary>Spans under each other on one scale, with a line across: places around a cut, or how far experts lie from their colleagues.</summary>
public static class SpanChart
{
    private const double Top = 34;

    private const int Ticks = 5;
    private static readonly int[] Factors = [1, 2, 5, 10];

    /// <summary>Names beside the spans, for a desk.</summary>
    private static readonly Layout Wide = new("wide", 1040, 300, 36, 20, 2, false);

    /// <summary>Names above the spans, for a telephone: drawn as wide as its screen, so that letters keep their size.</summary>
    private static readonly Layout Narrow = new("narrow", 330, 14, 52, 21, 1, true);

    /// <param name="Left">Where the scale begins.</param>
    /// <param name="Row">Height of a span with its name.</param>
    /// <param name="Ems">Most characters of a line of a name.</param>
    private sealed record Layout(string Class, double Width, double Left, double Row, double Ems, int Lines, bool Above);

    /// <param name="line">Where the line is drawn.</param>
    /// <param name="lineWords">What it is.</param>
    /// <param name="from">Left end of the scale.</param>
    /// <param name="to">Right end of the scale.</param>
    public static HtmlString Render(string title, IReadOnlyList<Span> spans, double line, string lineWords, double from, double to)
    {
        if (spans.Count == 0)
        {
            return HtmlString.Empty;
        }

        var svg = new StringBuilder();
        Draw(svg, Wide, title, spans, line, lineWords, from, to);
        Draw(svg, Narrow, title, spans, line, lineWords, from, to);
        return new(svg.ToString());
    }

    private static void Draw(StringBuilder svg, Layout layout, string title, IReadOnlyList<Span> spans, double line, string lineWords, double from, double to)
    {
        var height = Top + (spans.Count * layout.Row) + 26;
        var bottom = height - 22;
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="chart spans {layout.Class}" viewBox="0 0 {Svg.Number(layout.Width)} {Svg.Number(height)}" width="{Svg.Number(layout.Width)}" role="img"><title>{Svg.Text(title)}</title><desc>{Svg.Text(string.Join("；", spans.Select(s => $"{s.Label} {s.Shown}")))}</desc>""");
        var step = Step(to - from);
        for (var value = Math.Ceiling(from / step) * step; value <= to; value += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path class="axis" d="M{Svg.Number(At(value))} {Svg.Number(Top - 4)}V{Svg.Number(bottom)}"/><text class="soft-text mid" x="{Svg.Number(At(value))}" y="{Svg.Number(bottom + 12)}">{Svg.Number(value)}</text>""");
        }

        for (var i = 0; i < spans.Count; i++)
        {
            var span = spans[i];
            var middle = Top + (i * layout.Row) + (layout.Above ? 36 : layout.Row / 2);
            var lines = Svg.Wrap(span.Label, layout.Ems, layout.Lines);
            svg.Append(CultureInfo.InvariantCulture, $"""<g><title>{Svg.Text($"{span.Label}：{span.Shown}")}</title>""");
            for (var l = 0; l < lines.Count; l++)
            {
                svg.Append(layout.Above
                    ? string.Create(CultureInfo.InvariantCulture, $"""<text class="name" x="{Svg.Number(layout.Left)}" y="{Svg.Number(middle - 20)}">{Svg.Text(lines[l])}</text>""")
                    : string.Create(CultureInfo.InvariantCulture, $"""<text class="name end" x="{Svg.Number(layout.Left - 16)}" y="{Svg.Number(middle + ((l - ((lines.Count - 1) / 2.0)) * 16))}">{Svg.Text(lines[l])}</text>"""));
            }

            svg.Append(CultureInfo.InvariantCulture, $"""<rect class="mark{(span.Tone is BarTone.Danger ? " danger" : " muted")}" x="{Svg.Number(At(Math.Min(span.Low, span.High)))}" y="{Svg.Number(middle - 5)}" width="{Svg.Number(Math.Max(2, Math.Abs(At(span.High) - At(span.Low))))}" height="10" rx="5"/>""");
            svg.Append(CultureInfo.InvariantCulture, $"""<circle class="mark{BarChart.ToneClass(span.Tone)}" cx="{Svg.Number(At(span.Point))}" cy="{Svg.Number(middle)}" r="6"/></g>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<path class="cut" d="M{Svg.Number(At(line))} {Svg.Number(Top - 8)}V{Svg.Number(bottom)}"/><text class="soft-text {Anchor()}" x="{Svg.Number(At(line))}" y="12">{Svg.Text(lineWords)}</text></svg>""");

        // The words of a line near an edge stay in the picture.
        string Anchor() => At(line) < layout.Left + 60 ? "start" : At(line) > layout.Width - 60 ? "end" : "mid";

        // 1, 2 or 5 of a power of ten, and never less than one whole place or point.
        static double Step(double length)
        {
            var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(length, 1) / Ticks)));
            return Math.Max(1, Factors.First(f => f * power * Ticks >= length) * power);
        }

        double At(double value) => layout.Left + ((Math.Clamp(value, from, to) - from) / Math.Max(to - from, 0.01) * (layout.Width - layout.Left - 20));
    }
}
