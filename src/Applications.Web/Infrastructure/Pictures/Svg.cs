using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>What all pictures need: numbers with a point, encoded text, and how wide a line of text is.</summary>
internal static class Svg
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    public static string Text(string? text) => Encoder.Encode(text ?? "");

    /// <summary>Width in ems: a Chinese character is one, a Latin letter or digit a little more than half.</summary>
    public static double Ems(string text) => text.EnumerateRunes().Sum(Ems);

    /// <summary>Breaks a label into lines no wider than so many ems; what is left after the last line ends in an ellipsis.</summary>
    public static IReadOnlyList<string> Wrap(string text, double ems, int lines)
    {
        List<string> result = [];
        var line = "";
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length > 0 && Ems(line) + Ems(rune) > ems)
            {
                if (result.Count == lines - 1)
                {
                    result.Add(line[..^1] + "…");
                    return result;
                }

                result.Add(line);
                line = "";
            }

            line += rune.ToString();
        }

        result.Add(line);
        return result;
    }

    private static double Ems(System.Text.Rune rune) => rune.Value < 0x2e80 ? 0.58 : 1;
}
