using System.Buffers.Binary;

namespace Applications.Domain.Similarity;

/// <summary>A shingle that stands for its surroundings.</summary>
/// <param name="Mark">32 bits of its hash.</param>
/// <param name="Position">The letter it begins at.</param>
internal readonly record struct Placed(uint Mark, int Position);

/// <summary>
/// What is kept of a text so that its like can be found: of every <see cref="Window"/> shingles in a row the one with the smallest hash (winnowing,
/// Schleimer, Wilkerson and Aiken 2003), about one letter in 24.
/// <para>
/// A copied passage is found for certain: a run of <see cref="SurePassage"/> equal letters holds a whole window, the same shingles have the same smallest
/// one, so both texts keep it.
/// </para>
/// <para>
/// A text that resembles another is found almost for certain: the smallest hash of a window is a MinHash, so two windows that answer each other keep the
/// same shingle with the probability of their resemblance (Broder 1997). A part of n shingles has ⌊n/48⌋ windows that do not overlap, and one if it is
/// shorter; if shingles are shared evenly with resemblance J, none of these agrees with probability (1 − J)^⌊n/48⌋ at most (see <see cref="MissBound"/>),
/// and the parts of an application have their chances each: at J = 0.6, 0.07 % for 400 letters and below 10⁻⁷ from 900 letters on. Where sharing is uneven, the passages are longer and the first
/// guarantee applies.
/// </para>
/// </summary>
public static class Fingerprint
{
    /// <summary>Shingles in a window.</summary>
    public const int Window = 48;

    /// <summary>A run of so many equal letters is always found.</summary>
    public const int SurePassage = Window + Shingles.Length - 1;

    /// <summary>The marks of a text, each once, in ascending order.</summary>
    public static uint[] Of(ComparedText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var marks = Place(text).Select(p => p.Mark).ToArray();
        Array.Sort(marks);
        var kept = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            if (i == 0 || marks[i] != marks[i - 1])
            {
                marks[kept++] = marks[i];
            }
        }

        return marks[..kept];
    }

    /// <summary>How likely a text of <paramref name="shingles"/> shingles is missed whose like resembles it by <paramref name="resemblance"/> (0 to 1) evenly.</summary>
    public static double MissBound(double resemblance, int shingles) => Math.Pow(1 - resemblance, shingles / Window);

    /// <summary>Four bytes a mark, the same on every machine.</summary>
    public static byte[] ToBytes(uint[] marks)
    {
        ArgumentNullException.ThrowIfNull(marks);
        var bytes = new byte[marks.Length * sizeof(uint)];
        for (var i = 0; i < marks.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), marks[i]);
        }

        return bytes;
    }

    public static uint[] FromBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var marks = new uint[bytes.Length / sizeof(uint)];
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)));
        }

        return marks;
    }

    /// <summary>The kept shingles in the order of the text. The windows slide over each part on its own.</summary>
    internal static List<Placed> Place(ComparedText text)
    {
        var (hashes, kept) = (text.Shingles, new List<Placed>());
        for (var from = 0; from < hashes.Length;)
        {
            if (hashes[from] == 0)
            {
                from++;
                continue;
            }

            var end = Array.IndexOf(hashes, 0UL, from);
            end = end < 0 ? hashes.Length : end;
            Winnow(hashes, from, end, kept);
            from = end;
        }

        return kept;
    }

    private static void Winnow(ulong[] hashes, int from, int end, List<Placed> kept)
    {
        var least = -1;
        var first = Math.Min(from + Window, end);
        for (var last = first - 1; last < end; last++)
        {
            var begin = Math.Max(from, last - Window + 1);
            var before = least;
            if (least < begin)
            {
                // Looked for again from the left; of equals the last one lasts longest.
                least = begin;
                for (var i = begin + 1; i <= last; i++)
                {
                    least = hashes[i] <= hashes[least] ? i : least;
                }
            }
            else if (hashes[last] <= hashes[least])
            {
                least = last;
            }

            if (least != before)
            {
                kept.Add(new Placed((uint)(hashes[least] >> 32), least));
            }
        }
    }
}
