using System.Text;
using SkiaSharp;

namespace Applications.Web.Documents;

/// <param name="Size">Points.</param>
public readonly record struct TextStyle(float Size, bool Bold = false, bool Soft = false)
{
    /// <summary>From line to line, points.</summary>
    public float Leading => Size * 1.55f;
}

/// <summary>Measures text and breaks it into lines as Chinese is set: anywhere between characters, not inside a word or number, and no line begins with a closing mark.</summary>
internal sealed class TextSetter(SKTypeface typeface) : IDisposable
{
    private const string NeverFirst = "，。；：、！？）》”’」』】〉％%,.;:!?)]}…—·";
    private readonly Dictionary<(float Size, bool Bold), SKFont> fonts = [];
    private readonly Dictionary<int, float> widths = [];

    public SKFont Font(TextStyle style)
    {
        if (!fonts.TryGetValue((style.Size, style.Bold), out var font))
        {
            // As designed, not as fitted to the dots of a screen: else letters would be wider on the page than they were measured.
            fonts[(style.Size, style.Bold)] = font = new SKFont(typeface, style.Size) { Embolden = style.Bold, Hinting = SKFontHinting.None, Subpixel = true, LinearMetrics = true };
        }

        return font;
    }

    public float Width(string text, TextStyle style)
    {
        var width = 0f;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Width(rune) * style.Size;
        }

        return width;
    }

    /// <summary>The text in lines no wider than <paramref name="most"/> points; a closing mark may hang over by its own width.</summary>
    public List<string> Lines(string text, float most, TextStyle style)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Break(paragraph.TrimEnd(), most, style, lines);
        }

        return lines;
    }

    public void Dispose()
    {
        foreach (var font in fonts.Values)
        {
            font.Dispose();
        }
    }

    private void Break(string paragraph, float most, TextStyle style, List<string> lines)
    {
        var line = new StringBuilder();
        var width = 0f;
        foreach (var word in Words(paragraph))
        {
            var next = Width(word, style);
            if (width > 0 && width + next > most && !NeverFirst.Contains(word[0], StringComparison.Ordinal))
            {
                Flush();
            }

            if (next > most)
            {
                Chop(word);
            }
            else if (width > 0 || word != " ")
            {
                line.Append(word);
                width += next;
            }
        }

        lines.Add(line.ToString());

        void Flush()
        {
            lines.Add(line.ToString().TrimEnd());
            line.Clear();
            width = 0;
        }

        void Chop(string word)
        {
            foreach (var rune in word.EnumerateRunes())
            {
                var one = Width(rune) * style.Size;
                if (width > 0 && width + one > most)
                {
                    Flush();
                }

                line.Append(rune.ToString());
                width += one;
            }
        }
    }

    /// <summary>Runs of letters and digits stay together; everything else is a word of its own.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var run = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value < 0x2E80 && (Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '.' or '/' or '@' or '_' or '%' or ',' or '+'))
            {
                run.Append(rune.ToString());
                continue;
            }

            if (run.Length > 0)
            {
                yield return run.ToString();
                run.Clear();
            }

            yield return rune.ToString();
        }

        if (run.Length > 0)
        {
            yield return run.ToString();
        }
    }

    /// <summary>At a size of one point.</summary>
    private float Width(Rune rune)
    {
        if (!widths.TryGetValue(rune.Value, out var width))
        {
            widths[rune.Value] = width = Font(new TextStyle(100)).MeasureText(rune.ToString()) / 100;
        }

        return width;
    }
}
