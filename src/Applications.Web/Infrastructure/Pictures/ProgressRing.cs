using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>A ring that is filled in part, with the percentage in the middle.</summary>
public static class ProgressRing
{
    private const double Circumference = 2 * Math.PI * 42;

    /// <param name="label">What is measured, for those who do not see it: 资料完整度.</param>
    /// <param name="part">From 0 to 1; what lies outside is cut off.</param>
    public static HtmlString Render(string label, double part)
    {
        var share = Math.Clamp(part, 0, 1);
        var percent = ((int)Math.Floor(share * 100)).ToString(CultureInfo.InvariantCulture) + "%";
        var arc = share == 0 ? "" : $"""<circle class="part" cx="50" cy="50" r="42" transform="rotate(-90 50 50)" stroke-dasharray="{Svg.Number(share * Circumference)} {Svg.Number(Circumference)}"/>""";
        return new($"""<svg class="ring" viewBox="0 0 100 100" role="img" aria-label="{Svg.Text(label)} {percent}"><circle cx="50" cy="50" r="42"/>{arc}<text x="50" y="51">{percent}</text></svg>""");
    }
}
