using System.Text.RegularExpressions;
using Applications.Web.Infrastructure.TagHelpers;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Presentation;

/// <summary>Text with long hexadecimal digests: their beginning is shown, the whole opens on a press and stands in print.</summary>
public static partial class Digests
{
    private const int Shown = 12;

    public static IHtmlContent Fold(string? text)
    {
        var (content, at) = (new HtmlContentBuilder(), 0);
        text ??= string.Empty;
        foreach (Match match in Digest().Matches(text))
        {
            content.AppendHtml(Markup.Text(text[at..match.Index]));
            content.AppendHtml(Markup.Element(
                "details",
                [("class", "digest")],
                Markup.Element("summary", [("title", match.Value)], Markup.Element("code", null, $"{match.Value[..Shown]}…")),
                Markup.Element("code", null, match.Value)));
            at = match.Index + match.Length;
        }

        return content.AppendHtml(Markup.Text(text[at..]));
    }

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{32,}(?![0-9a-f])")]
    private static partial Regex Digest();
}
