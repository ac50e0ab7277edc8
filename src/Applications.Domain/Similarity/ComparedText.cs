using System.Text;

namespace Applications.Domain.Similarity;

/// <summary>One piece of a text that is compared, for example a long field of a form.</summary>
/// <param name="Key">Stable name, by which passages say where they lie.</param>
/// <param name="Label">What people call it.</param>
public sealed record TextPart(string Key, string Label, string Text);

/// <summary>
/// A text as it is compared: only letters and digits, half width, lower case. Layout, punctuation and width are what a copier changes first and what says
/// nothing about whose words they are. Every letter remembers where it stood, so that a match can be shown in the text as it was written. Nothing here
/// depends on a culture: the same text gives the same letters on any machine.
/// </summary>
public sealed class ComparedText
{
    /// <summary>Stands between parts and is no letter, so that no shingle and no passage reaches from one into the next.</summary>
    internal const char Break = '\n';

    private readonly int[] origins;
    private readonly int[] starts;
    private readonly Lazy<HashSet<ulong>> different;

    private ComparedText(IReadOnlyList<TextPart> parts, string letters, int[] origins, int[] starts)
    {
        Parts = parts;
        Letters = letters;
        this.origins = origins;
        this.starts = starts;
        Shingles = Similarity.Shingles.Of(letters);
        different = new Lazy<HashSet<ulong>>(() => Similarity.Shingles.SetOf(this));
    }

    public IReadOnlyList<TextPart> Parts { get; }

    /// <summary>All parts' letters, one <see cref="Break"/> between parts.</summary>
    public string Letters { get; }

    /// <summary>How many letters and digits there are in all parts.</summary>
    public int Length => Letters.Length - Math.Max(0, Parts.Count - 1);

    /// <summary>The hash of the shingle that begins at each letter; 0 where none does.</summary>
    internal ulong[] Shingles { get; }

    /// <summary>The different shingles. A text that is compared with many is asked for them each time.</summary>
    internal HashSet<ulong> DifferentShingles => different.Value;

    public static ComparedText Of(IReadOnlyList<TextPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var letters = new StringBuilder();
        var (origins, starts) = (new List<int>(), new int[parts.Count]);
        for (var p = 0; p < parts.Count; p++)
        {
            if (p > 0)
            {
                letters.Append(Break);
                origins.Add(0);
            }

            starts[p] = letters.Length;
            Append(parts[p].Text, letters, origins);
        }

        return new ComparedText(parts, letters.ToString(), [.. origins], starts);
    }

    /// <summary>The letters of one piece of text, for comparing names.</summary>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = new StringBuilder(text.Length);
        Append(text, letters, []);
        return letters.ToString();
    }

    /// <summary>Which part a letter belongs to.</summary>
    internal int PartAt(int letter)
    {
        var found = Array.BinarySearch(starts, letter);
        if (found < 0)
        {
            return ~found - 1;
        }

        // Parts without letters begin where the next one does; the letter is the last one's.
        while (found + 1 < starts.Length && starts[found + 1] == letter)
        {
            found++;
        }

        return found;
    }

    /// <summary>Where the letters from <paramref name="from"/> up to <paramref name="end"/> stand in their part as it was written.</summary>
    internal TextSpan SpanOf(int from, int end)
    {
        var last = origins[end - 1];
        var text = Parts[PartAt(from)].Text;
        return new TextSpan(origins[from], last + (char.IsHighSurrogate(text[last]) && last + 1 < text.Length ? 2 : 1));
    }

    private static void Append(string text, StringBuilder letters, List<int> origins)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var one = text[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(text[i] - 0xFEE0) : text[i];
            if (char.IsHighSurrogate(one) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                if (Rune.IsLetterOrDigit(new Rune(one, text[i + 1])))
                {
                    letters.Append(one).Append(text[i + 1]);
                    origins.Add(i);
                    origins.Add(i);
                }

                i++;
            }
            else if (char.IsLetterOrDigit(one))
            {
                letters.Append(char.ToLowerInvariant(one));
                origins.Add(i);
            }
        }
    }
}

/// <summary>Characters of a text, from <paramref name="From"/> up to but without <paramref name="End"/>.</summary>
public readonly record struct TextSpan(int From, int End);
