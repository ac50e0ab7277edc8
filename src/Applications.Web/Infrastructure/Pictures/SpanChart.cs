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
    private const double LabelWidth = 190;
    private const double Width = 760;
    private const double RowHeight = 26;
    private const double Top = 30;

    private const int Ticks = 5;
    private static readonly int[] Factors = [1, 2, 5, 10];

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

        var height = Top + (spans.Count * RowHeight) + 24;
        var bottom = height - 20;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="chart spans" viewBox="0 0 {Svg.Number(Width)} {Svg.Number(height)}" width="{Svg.Number(Width)}" role="img"><title>{Svg.Text(title)}</title><desc>{Svg.Text(string.Join("；", spans.Select(s => $"{s.Label} {s.Shown}")))}</desc>""");
        var step = Step(to - from);
        for (var value = Math.Ceiling(from / step) * step; value <= to; value += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path class="axis" d="M{Svg.Number(At(value))} {Svg.Number(Top - 4)}V{Svg.Number(bottom)}"/><text class="soft-text mid" x="{Svg.Number(At(value))}" y="{Svg.Number(bottom + 12)}">{Svg.Number(value)}</text>""");
        }

        for (var i = 0; i < spans.Count; i++)
        {
            var span = spans[i];
            var middle = Top + (i * RowHeight) + (RowHeight / 2);
            svg.Append(CultureInfo.InvariantCulture, $"""<text class="end" x="{Svg.Number(LabelWidth - 12)}" y="{Svg.Number(middle)}">{Svg.Text(Svg.Wrap(span.Label, 12.5, 1)[0])}</text>""");
            svg.Append(CultureInfo.InvariantCulture, $"""<rect class="mark{(span.Tone is BarTone.Danger ? " danger" : " muted")}" x="{Svg.Number(At(Math.Min(span.Low, span.High)))}" y="{Svg.Number(middle - 4)}" width="{Svg.Number(Math.Max(2, Math.Abs(At(span.High) - At(span.Low))))}" height="8" rx="4"/>""");
            svg.Append(CultureInfo.InvariantCulture, $"""<circle class="mark{BarChart.ToneClass(span.Tone)}" cx="{Svg.Number(At(span.Point))}" cy="{Svg.Number(middle)}" r="5"/>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<path class="cut" d="M{Svg.Number(At(line))} {Svg.Number(Top - 8)}V{Svg.Number(bottom)}"/><text class="soft-text mid" x="{Svg.Number(At(line))}" y="10">{Svg.Text(lineWords)}</text>""");
        return new(svg.Append("</svg>").ToString());

        // 1, 2 or 5 of a power of ten, and never less than one whole place or point.
        static double Step(double length)
        {
            var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(length, 1) / Ticks)));
            return Math.Max(1, Factors.First(f => f * power * Ticks >= length) * power);
        }

        double At(double value) => LabelWidth + ((Math.Clamp(value, from, to) - from) / Math.Max(to - from, 0.01) * (Width - LabelWidth - 20));
    }
}
