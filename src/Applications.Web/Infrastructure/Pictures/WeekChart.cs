using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>A row of a week chart: one bar a week, with how much the fullest week holds.</summary>
public sealed record WeekRow(string Label, IReadOnlyList<int> Values);

/// <summary>
/// Work by week, one row of bars for each kind of people, all on one scale of weeks. Every row has a scale of its own: a role with little work
/// shows its peaks too, and the number at its fullest week says how high they are.
/// </summary>
public static class WeekChart
{
    private const double LabelWidth = 118;
    private const double Width = 900;
    private const double RowHeight = 74;
    private const double Tallest = 44;

    /// <param name="weeks">What stands below the bars, for example the Mondays.</param>
    public static HtmlString Render(string title, IReadOnlyList<string> weeks, IReadOnlyList<WeekRow> rows)
    {
        if (weeks.Count == 0 || rows.Count == 0)
        {
            return HtmlString.Empty;
        }

        var column = Math.Min(48, (Width - LabelWidth) / weeks.Count);
        var height = (rows.Count * RowHeight) + 26;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="chart weeks" viewBox="0 0 {Svg.Number(Width)} {Svg.Number(height)}" width="{Svg.Number(Width)}" role="img"><title>{Svg.Text(title)}</title><desc>{Svg.Text(string.Join("；", rows.Select(r => Words(r, weeks))))}</desc>""");
        for (var i = 0; i < rows.Count; i++)
        {
            AppendRow(svg, rows[i], (i + 1) * RowHeight, column);
        }

        // As many dates as have room.
        var every = Math.Max(1, (int)Math.Ceiling(46 / column));
        for (var week = 0; week < weeks.Count; week += every)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<text class="soft-text mid" x="{Svg.Number(LabelWidth + (column * (week + 0.5)))}" y="{Svg.Number(height - 10)}">{Svg.Text(weeks[week])}</text>""");
        }

        return new(svg.Append("</svg>").ToString());
    }

    private static void AppendRow(StringBuilder svg, WeekRow row, double floor, double column)
    {
        var most = row.Values.Max();
        var peak = row.Values.ToList().IndexOf(most);
        svg.Append(CultureInfo.InvariantCulture, $"""<text class="end" x="{Svg.Number(LabelWidth - 12)}" y="{Svg.Number(floor - 12)}">{Svg.Text(Svg.Wrap(row.Label, 8, 1)[0])}</text><path class="axis" d="M{Svg.Number(LabelWidth)} {Svg.Number(floor)}H{Svg.Number(Width)}"/>""");
        for (var week = 0; week < row.Values.Count; week++)
        {
            var tall = most == 0 ? 0 : Math.Max(row.Values[week] > 0 ? 2 : 0, row.Values[week] * Tallest / most);
            if (tall > 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"""<rect class="mark{(week == peak ? "" : " muted")}" x="{Svg.Number(LabelWidth + (column * week) + 2)}" y="{Svg.Number(floor - tall)}" width="{Svg.Number(column - 4)}" height="{Svg.Number(tall)}" rx="2"/>""");
            }
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<text class="mid" x="{Svg.Number(LabelWidth + (column * (peak + 0.5)))}" y="{Svg.Number(floor - Tallest - 10)}">{most}</text>""");
    }

    private static string Words(WeekRow row, IReadOnlyList<string> weeks)
    {
        var most = row.Values.Max();
        return $"{row.Label}共{row.Values.Sum()}件，最多的一周（{weeks[row.Values.ToList().IndexOf(most)]}起）{most}件";
    }
}
