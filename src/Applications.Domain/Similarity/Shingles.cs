namespace Applications.Domain.Similarity;

/// <summary>
/// Shingles: all runs of six letters of a text. Six Chinese characters are about three words. Runs of three or four are shared by any two texts of one
/// trade; runs of eight and more are broken by every small edit (of a text with one letter in twenty changed, 74 % of the runs of six survive, 66 % of
/// those of eight).
/// </summary>
internal static class Shingles
{
    public const int Length = 6;

    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>The hash of the shingle beginning at each letter, 0 where fewer than six letters follow in the same part.</summary>
    public static ulong[] Of(string letters)
    {
        var hashes = new ulong[letters.Length];
        var free = 0; // letters since the last break
        for (var end = 0; end < letters.Length; end++)
        {
            free = letters[end] == ComparedText.Break ? 0 : free + 1;
            if (free >= Length)
            {
                hashes[end - Length + 1] = Hash(letters.AsSpan(end - Length + 1, Length));
            }
        }

        return hashes;
    }

    /// <summary>The different shingles of a text.</summary>
    public static HashSet<ulong> SetOf(ComparedText text)
    {
        var set = new HashSet<ulong>(text.Shingles);
        set.Remove(0);
        return set;
    }

    private static ulong Hash(ReadOnlySpan<char> letters)
    {
        ulong hash = 0;
        foreach (var letter in letters)
        {
            hash = (hash ^ letter) * Step;
            hash ^= hash >> 29;
        }

        hash *= 0xBF58476D1CE4E5B9;
        hash ^= hash >> 32;
        return hash == 0 ? 1 : hash;
    }
}
