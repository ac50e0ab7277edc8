using SkiaSharp;

namespace Applications.Web.Documents;

/// <summary>Tables: the headings again on every page, rows kept whole where they fit and cut between lines where they do not.</summary>
internal sealed partial class PdfFlow
{
    private const float Padding = 3;
    private const float WidestWish = 190;
    private const int ManyColumns = 7;

    public void Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var style = new TextStyle(headings.Count >= ManyColumns ? 7.5f : 9);
        var head = style with { Bold = true };
        var columns = Columns(headings, rows, style);
        var top = Cells(headings, columns, head);
        var headHeight = HeightOf(top, head);
        Require(headHeight + (2 * style.Leading) + (2 * Padding));
        Row(top, columns, head, 0, int.MaxValue, isHead: true);
        foreach (var row in rows)
        {
            var cells = Cells(row, columns, style);
            var lines = cells.Max(c => c.Count);
            for (var from = 0; from < lines;)
            {
                var fit = (int)((Rest - (2 * Padding)) / style.Leading);
                var isWhole = from == 0 && lines <= fit;
                var canBeWhole = lines * style.Leading < Bottom - Top - headHeight - (4 * Padding);
                if (fit < 1 || (!isWhole && from == 0 && canBeWhole))
                {
                    NewPage();
                    Row(top, columns, head, 0, int.MaxValue, isHead: true);
                    continue;
                }

                var count = Math.Min(fit, lines - from);
                Row(cells, columns, style, from, count, isHead: false);
                from += count;
            }
        }

        Space(8);
    }

    private List<List<string>> Cells(IReadOnlyList<string> texts, float[] columns, TextStyle style) =>
        [.. texts.Select((text, i) => setter.Lines(text, columns[i] - (2 * Padding), style))];

    private static float HeightOf(List<List<string>> cells, TextStyle style) => (cells.Max(c => c.Count) * style.Leading) + (2 * Padding);

    private void Row(List<List<string>> cells, float[] columns, TextStyle style, int from, int count, bool isHead)
    {
        var shown = cells.Select(c => c.Skip(from).Take(count).ToList()).ToList();
        var height = HeightOf(shown, style);
        var (x, start) = (Left, y);
        if (isHead)
        {
            pages[^1].Add(canvas =>
            {
                using var paint = new SKPaint { Color = new SKColor(0xEE, 0xF2, 0xF7) };
                canvas.DrawRect(Left, start, Width, height, paint);
            });
            Rule(start, 0.6f);
        }

        for (var i = 0; i < shown.Count; i++)
        {
            Line(x, start, x, start + height, 0.4f);
            for (var line = 0; line < shown[i].Count; line++)
            {
                Put(shown[i][line], x + Padding, start + Padding + (line * style.Leading), style);
            }

            x += columns[i];
        }

        Line(Left + Width, start, Left + Width, start + height, 0.4f);
        y += height;
        Rule(y, 0.6f);
    }

    /// <summary>Each as wide as its longest text wants; where that is more than the page has, those that ask for little get it and the others share the rest.</summary>
    private float[] Columns(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, TextStyle style)
    {
        var wish = new float[headings.Count];
        for (var i = 0; i < wish.Length; i++)
        {
            var longest = rows.Select(r => setter.Width(r[i], style)).Append(setter.Width(headings[i], style) / 2).Append(4 * style.Size).Max();
            wish[i] = Math.Min(WidestWish, longest + (2 * Padding) + 2);
        }

        var (open, rest) = (wish.ToList(), Width);
        while (open.Count > 0 && open.Min() <= rest / open.Count)
        {
            rest -= open.Min();
            open.Remove(open.Min());
        }

        // With all content the page has room to spare, and everybody gets some of it.
        var (more, share) = (open.Count == 0 ? Width / wish.Sum() : 1, open.Count == 0 ? float.MaxValue : rest / open.Sum());
        return [.. wish.Select(w => open.Contains(w) ? w * share : w * more)];
    }
}
