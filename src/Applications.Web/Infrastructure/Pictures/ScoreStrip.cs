using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>The sheets of one file on a line: a dot for each, a stroke for the result.</summary>
public static class ScoreStrip
{
    private const double Width = 220;
    private const double Height = 24;
    private const double Margin = 8;
    private const double Radius = 4.5;

    /// <param name="from">Left end of the line, points.</param>
    /// <param name="to">Right end of the line, points.</param>
    /// <param name="result">What the rule makes of the sheets.</param>
    public static HtmlString Render(string title, IReadOnlyList<decimal> sheets, decimal result, decimal from, decimal to, bool isFlagged)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="chart strip" viewBox="0 0 {Svg.Number(Width)} {Svg.Number(Height)}" width="{Svg.Number(Width)}" role="img"><title>{Svg.Text(title)}</title><desc>各专家评分 {Svg.Text(string.Join("、", sheets.Select(s => s.ToString("0.00", CultureInfo.InvariantCulture))))}，结果 {result.ToString("0.00", CultureInfo.InvariantCulture)}</desc><path class="axis" d="M{Svg.Number(Margin)} {Svg.Number(Height / 2)}H{Svg.Number(Width - Margin)}"/>""");
        if (sheets.Count > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path class="span" d="M{Svg.Number(At(sheets.Min()))} {Svg.Number(Height / 2)}H{Svg.Number(At(sheets.Max()))}"/>""");
        }

        // Like scores stand above each other, or five sheets would look like three.
        foreach (var (sheet, nth, of) in sheets.GroupBy(s => s).SelectMany(same => same.Select((sheet, nth) => (sheet, nth, same.Count()))))
        {
            var off = of == 1 ? 0 : ((nth / (of - 1.0)) - 0.5) * (Height - (2 * Radius));
            svg.Append(CultureInfo.InvariantCulture, $"""<circle class="mark{(isFlagged ? " danger" : "")}" cx="{Svg.Number(At(sheet))}" cy="{Svg.Number((Height / 2) + off)}" r="{Svg.Number(Radius)}"/>""");
        }

        return new(svg.Append(CultureInfo.InvariantCulture, $"""<path class="result" d="M{Svg.Number(At(result))} 2V{Svg.Number(Height - 2)}"/></svg>""").ToString());

        double At(decimal points) => Margin + ((double)((Math.Clamp(points, from, to) - from) / Math.Max(to - from, 0.01m)) * (Width - (2 * Margin)));
    }
}
