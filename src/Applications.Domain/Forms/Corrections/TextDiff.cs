using System.Globalization;

namespace Applications.Domain.Forms.Corrections;

public enum PieceKind
{
    Same,
    Removed,
    Added,
}

/// <summary>A run of text that stayed, went or came.</summary>
public sealed record TextPiece(PieceKind Kind, string Text);

/// <summary>
/// Two versions of a text, as runs that stayed, went or came: the shortest edit (Myers 1986) over single Chinese characters and whole words and numbers of
/// other scripts. Texts that have less in common than <see cref="MostEdits"/> allows are shown as one gone and one come.
/// </summary>
public static class TextDiff
{
    /// <summary>An edit of so many pieces is no longer read as an edit.</summary>
    public const int MostEdits = 600;

    public static IReadOnlyList<TextPiece> Between(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, young) = (Cut(before), Cut(after));
        var head = 0;
        while (head < old.Count && head < young.Count && old[head] == young[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Count - head && tail < young.Count - head && old[^(tail + 1)] == young[^(tail + 1)])
        {
            tail++;
        }

        var pieces = new List<TextPiece>();
        Add(pieces, PieceKind.Same, old[..head]);
        foreach (var (kind, text) in Edit(old[head..^tail], young[head..^tail]))
        {
            Add(pieces, kind, text);
        }

        Add(pieces, PieceKind.Same, old[^tail..]);
        return Readable(pieces);
    }

    private static IEnumerable<(PieceKind Kind, List<string> Text)> Edit(List<string> old, List<string> young)
    {
        if (old.Count == 0 || young.Count == 0 || Trace(old, young) is not { } trace)
        {
            return [(PieceKind.Removed, old), (PieceKind.Added, young)];
        }

        var steps = new List<(PieceKind, List<string>)>();
        var (x, y) = (old.Count, young.Count);
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            var (reach, k) = (trace[d], x - y);
            var down = IsDown(reach, k, d);
            var startX = At(reach, down ? k + 1 : k - 1, d);
            var startY = startX - (down ? k + 1 : k - 1);
            while (x > startX && y > startY)
            {
                (x, y) = (x - 1, y - 1);
                steps.Add((PieceKind.Same, [old[x]]));
            }

            if (d > 0)
            {
                steps.Add(down ? (PieceKind.Added, [young[startY]]) : (PieceKind.Removed, [old[startX]]));
                (x, y) = (startX, startY);
            }
        }

        steps.Reverse();
        return steps;
    }

    /// <summary>How far each diagonal (place in the old text less place in the new) had come before each edit; null when the texts are too far apart.</summary>
    private static List<int[]>? Trace(List<string> old, List<string> young)
    {
        var most = Math.Min(MostEdits, old.Count + young.Count);
        var (all, middle) = (new int[(2 * most) + 3], most + 1);
        var trace = new List<int[]>();
        for (var d = 0; d <= most; d++)
        {
            var reach = all[(middle - d - 1)..(middle + d + 2)];
            trace.Add(reach);
            for (var k = -d; k <= d; k += 2)
            {
                var x = IsDown(reach, k, d) ? At(reach, k + 1, d) : At(reach, k - 1, d) + 1;
                while (x < old.Count && x - k < young.Count && old[x] == young[x - k])
                {
                    x++;
                }

                all[middle + k] = x;
                if (x >= old.Count && x - k >= young.Count)
                {
                    return trace;
                }
            }
        }

        return null;
    }

    /// <summary>Whether the d-th edit on the diagonal puts something in rather than takes something out.</summary>
    private static bool IsDown(int[] reach, int diagonal, int d) => diagonal == -d || (diagonal != d && At(reach, diagonal - 1, d) < At(reach, diagonal + 1, d));

    private static int At(int[] reach, int diagonal, int d) => reach[diagonal + d + 1];

    /// <summary>A single letter left standing between two changes only makes them harder to read.</summary>
    private static List<TextPiece> Readable(List<TextPiece> pieces)
    {
        var calm = new List<TextPiece>();
        for (var i = 0; i < pieces.Count;)
        {
            if (pieces[i].Kind is PieceKind.Same)
            {
                calm.Add(pieces[i++]);
                continue;
            }

            var (gone, come) = (string.Empty, string.Empty);
            while (i < pieces.Count && (pieces[i].Kind is not PieceKind.Same || (pieces[i].Text.Length <= 1 && i + 1 < pieces.Count)))
            {
                gone += pieces[i].Kind is PieceKind.Added ? string.Empty : pieces[i].Text;
                come += pieces[i].Kind is PieceKind.Removed ? string.Empty : pieces[i].Text;
                i++;
            }

            calm.AddRange(new[] { new TextPiece(PieceKind.Removed, gone), new TextPiece(PieceKind.Added, come) }.Where(p => p.Text.Length > 0));
        }

        return calm;
    }

    private static void Add(List<TextPiece> pieces, PieceKind kind, List<string> words)
    {
        var text = string.Concat(words);
        if (text.Length == 0)
        {
            return;
        }

        if (pieces.Count > 0 && pieces[^1].Kind == kind)
        {
            pieces[^1] = new TextPiece(kind, pieces[^1].Text + text);
        }
        else
        {
            pieces.Add(new TextPiece(kind, text));
        }
    }

    private static List<string> Cut(string text)
    {
        var words = new List<string>();
        var letters = StringInfo.GetTextElementEnumerator(text);
        while (letters.MoveNext())
        {
            var letter = letters.GetTextElement();
            if (words.Count > 0 && IsWord(letter) && IsWord(words[^1]))
            {
                words[^1] += letter;
            }
            else
            {
                words.Add(letter);
            }
        }

        return words;
    }

    /// <summary>Part of a word or a number; Chinese characters stand each for themselves.</summary>
    private static bool IsWord(string letters) => letters[^1] is var c && (char.IsAsciiLetterOrDigit(c) || c is '.' or '%');
}
