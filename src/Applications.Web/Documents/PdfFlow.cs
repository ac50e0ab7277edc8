using SkiaSharp;

namespace Applications.Web.Documents;

/// <summary>
/// Text and tables that flow down A4 pages. What is drawn is kept until the end, so that every page can say how many there are and the contents can stand
/// before what they list.
/// </summary>
internal sealed partial class PdfFlow(TextSetter setter)
{
    public const float PageWidth = 595;
    public const float PageHeight = 842;
    public const float Left = 62;
    public const float Width = PageWidth - (2 * Left);
    private const float Top = 76;
    private const float Bottom = PageHeight - 66;
    private const float Gap = 6;

    private static readonly TextStyle Label = new(9.5f, Soft: true);
    private readonly List<List<Action<SKCanvas>>> pages = [];
    private float y = Bottom;

    public static TextStyle Body { get; } = new(10.5f);

    /// <summary>Pages so far.</summary>
    public int Count => pages.Count;

    /// <summary>What is left of the page.</summary>
    private float Rest => Bottom - y;

    public void NewPage()
    {
        pages.Add([]);
        y = Top;
    }

    public void Space(float points) => y = Math.Min(Bottom, y + points);

    /// <summary>A heading is not left alone at the foot of a page.</summary>
    /// <param name="lines">Lines of the body that stay with it.</param>
    public void Heading(string text, TextStyle style, int lines = 3)
    {
        Space(style.Size * 0.7f);
        Require(style.Leading + (lines * Body.Leading));
        Text(text, style);
        Space(3);
    }

    public void Text(string text, TextStyle style, float indent = 0)
    {
        foreach (var line in setter.Lines(text, Width - indent, style))
        {
            Require(style.Leading);
            Put(line, Left + indent, y, style);
            y += style.Leading;
        }
    }

    public void Centred(string text, TextStyle style)
    {
        foreach (var line in setter.Lines(text, Width, style))
        {
            Require(style.Leading);
            Put(line, Left + ((Width - setter.Width(line, style)) / 2), y, style);
            y += style.Leading;
        }
    }

    /// <summary>A label with its value beside it; a long one goes on below, over the pages it needs.</summary>
    public void Pair(string label, string value)
    {
        const float labelWidth = 132;
        var labels = setter.Lines(label, labelWidth - Gap, Label);
        var values = setter.Lines(value, Width - labelWidth, Body);
        Require(Math.Max(labels.Count, Math.Min(values.Count, 2)) * Body.Leading);

        // The whole label before the value: so it is also read and copied.
        for (var i = 0; i < labels.Count; i++)
        {
            Put(labels[i], Left, y + (i * Body.Leading), Label);
        }

        var end = y + (labels.Count * Body.Leading);
        var page = Count;
        foreach (var line in values)
        {
            Require(Body.Leading);
            Put(line, Left + labelWidth, y, Body);
            y += Body.Leading;
        }

        y = page == Count ? Math.Max(y, end) : y;
        Rule(y + 1, 0.4f);
        y += 4;
    }

    /// <summary>A line of the contents: title, dots, page.</summary>
    public void Entry(string title, int page, TextStyle style)
    {
        Require(style.Leading + 3);
        var number = page.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var end = Left + Width - setter.Width(number, style);
        var line = setter.Lines(title, Width - 60, style)[0];
        Put(line, Left, y, style);
        Put(number, end, y, style);
        var (from, baseline) = (Left + setter.Width(line, style) + Gap, y + style.Size);
        pages[^1].Add(canvas =>
        {
            using var dots = new SKPaint { Color = SKColors.Gray, StrokeWidth = 0.6f, IsStroke = true, PathEffect = SKPathEffect.CreateDash([1, 3], 0) };
            canvas.DrawLine(from, baseline, end - Gap, baseline, dots);
        });
        y += style.Leading + 3;
    }

    /// <summary>Writes the pages out; <paramref name="frame"/> adds to each what every page has.</summary>
    /// <param name="frame">Canvas and number of the page, from 1.</param>
    public void Write(SKDocument document, int first, Action<SKCanvas, int> frame)
    {
        for (var i = 0; i < pages.Count; i++)
        {
            using var canvas = document.BeginPage(PageWidth, PageHeight);
            foreach (var draw in pages[i])
            {
                draw(canvas);
            }

            frame(canvas, first + i);
            document.EndPage();
        }
    }

    /// <summary>Draws a line of text with its top at <paramref name="top"/>.</summary>
    public static void Draw(SKCanvas canvas, TextSetter setter, string text, float x, float top, TextStyle style)
    {
        using var paint = new SKPaint { Color = style.Soft ? new SKColor(0x44, 0x4B, 0x55) : SKColors.Black, IsAntialias = true };
        canvas.DrawText(text, x, top + style.Size, SKTextAlign.Left, setter.Font(style), paint);
    }

    private void Put(string text, float x, float top, TextStyle style)
    {
        if (text.Length > 0)
        {
            pages[^1].Add(canvas => Draw(canvas, setter, text, x, top, style));
        }
    }

    private void Rule(float at, float thickness) => Line(Left, at, Left + Width, at, thickness);

    private void Line(float x1, float y1, float x2, float y2, float thickness) => pages[^1].Add(canvas =>
    {
        using var paint = new SKPaint { Color = new SKColor(0x9A, 0xA4, 0xB2), StrokeWidth = thickness, IsStroke = true };
        canvas.DrawLine(x1, y1, x2, y2, paint);
    });

    private void Require(float height)
    {
        if (Rest < height)
        {
            NewPage();
        }
    }
}
