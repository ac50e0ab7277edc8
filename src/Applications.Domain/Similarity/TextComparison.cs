namespace Applications.Domain.Similarity;

/// <summary>A place in one of the two texts.</summary>
/// <param name="Part">Key of the part.</param>
/// <param name="From">First character, in the part as it was written.</param>
/// <param name="End">Behind the last.</param>
/// <param name="Differing">What lies within and is not equal in both texts.</param>
public sealed record PassageSide(string Part, int From, int End, IReadOnlyList<TextSpan> Differing);

/// <summary>Words that stand in both texts.</summary>
/// <param name="Number">1 for the first in the own text.</param>
/// <param name="Characters">How many letters are equal.</param>
/// <param name="IsCommon">Everybody's words: they do not count as copied.</param>
public sealed record Passage(int Number, PassageSide Own, PassageSide Other, int Characters, bool IsCommon);

/// <summary>How like two texts are, exactly.</summary>
/// <param name="Resemblance">Jaccard: shared shingles of all shingles of both, 0 to 1.</param>
/// <param name="Share">Copied letters of all letters of the own text, 0 to 1.</param>
/// <param name="Characters">Letters copied, common passages left out; no letter of the own text counts twice.</param>
public sealed record ComparisonResult(double Resemblance, double Share, int Characters, IReadOnlyList<Passage> Passages)
{
    /// <summary>Worth an officer's look: a short paragraph copied, many pieces copied, or half of the text alike.</summary>
    public bool IsFinding => Characters >= TextComparison.LeastInPieces
        || Passages.Any(p => !p.IsCommon && p.Characters >= TextComparison.LeastInOne)
        || (Resemblance >= 0.5 && Characters >= TextComparison.LeastPassage);
}

/// <summary>
/// Compares two texts letter by letter. From the left of the own text the longest run is sought that also stands in the other, at least
/// <see cref="LeastRun"/> letters; runs with at most <see cref="LargestGap"/> letters between them in both texts are one passage (words exchanged, a
/// figure changed); a passage counts from <see cref="LeastPassage"/> equal letters on, since names of offices and decrees are shorter.
/// </summary>
public static class TextComparison
{
    public const int LeastRun = 8;
    public const int LargestGap = 12;
    public const int LeastPassage = 24;

    /// <summary>One passage of so many letters is a finding: a sentence or two. It is longer than <see cref="Fingerprint.SurePassage"/>.</summary>
    public const int LeastInOne = 60;

    /// <summary>Shorter passages are a finding together: set phrases of one trade come to less.</summary>
    public const int LeastInPieces = 150;

    /// <summary>Of a shingle that a text repeats more often, only the first so many places are tried.</summary>
    private const int MostPlaces = 16;

    private readonly record struct Run(int Own, int Other, int Length);

    /// <param name="common">Marks that are everybody's words (<see cref="IndexAnswer.Common"/>): a passage all of whose marks are among them is common.</param>
    public static ComparisonResult Compare(ComparedText own, ComparedText other, IReadOnlySet<uint>? common = null)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(other);
        var placed = common is { Count: > 0 } ? Fingerprint.Place(own) : [];
        var passages = new List<Passage>();
        foreach (var runs in Chains(own, other))
        {
            var (from, end) = (runs[0].Own, runs[^1].Own + runs[^1].Length);
            var marks = placed.Where(p => p.Position >= from && p.Position + Shingles.Length <= end).ToList();
            passages.Add(new Passage(
                passages.Count + 1,
                Side(own, [.. runs.Select(r => (r.Own, r.Own + r.Length))]),
                Side(other, [.. runs.Select(r => (r.Other, r.Other + r.Length))]),
                runs.Sum(r => r.Length),
                marks.Count > 0 && marks.TrueForAll(m => common!.Contains(m.Mark))));
        }

        var characters = passages.Where(p => !p.IsCommon).Sum(p => p.Characters);
        return new ComparisonResult(Resemblance(own, other), own.Length == 0 ? 0 : (double)characters / own.Length, characters, passages);
    }

    /// <summary>Jaccard's coefficient of the two sets of shingles; 0 when there are none.</summary>
    public static double Resemblance(ComparedText own, ComparedText other)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(other);
        var (a, b) = (own.DifferentShingles, other.DifferentShingles);
        var (small, large) = a.Count < b.Count ? (a, b) : (b, a);
        var shared = 0;
        foreach (var shingle in small)
        {
            shared += large.Contains(shingle) ? 1 : 0;
        }

        var all = a.Count + b.Count - shared;
        return all == 0 ? 0 : (double)shared / all;
    }

    private static List<List<Run>> Chains(ComparedText own, ComparedText other)
    {
        var chains = new List<List<Run>>();
        List<Run> open = [];
        foreach (var run in Runs(own, other))
        {
            if (open.Count > 0 && !Continues(open[^1], run, own, other))
            {
                Close();
            }

            open.Add(run);
        }

        Close();
        return chains;

        void Close()
        {
            if (open.Sum(r => r.Length) >= LeastPassage)
            {
                chains.Add(open);
            }

            open = [];
        }
    }

    private static bool Continues(Run before, Run run, ComparedText own, ComparedText other) =>
        run.Own - before.Own - before.Length <= LargestGap
        && run.Other - before.Other - before.Length is >= 0 and <= LargestGap
        && own.PartAt(run.Own) == own.PartAt(before.Own)
        && other.PartAt(run.Other) == other.PartAt(before.Other);

    private static IEnumerable<Run> Runs(ComparedText own, ComparedText other)
    {
        var table = new PlaceTable(other.Shingles);
        var expected = -1; // where the other text goes on if the copy does
        for (var i = 0; i < own.Letters.Length;)
        {
            var (best, length) = own.Shingles[i] == 0 ? (-1, 0) : Longest(own, other, table, i, expected);
            if (length >= LeastRun)
            {
                yield return new Run(i, best, length);
                i += length;
                expected = best + length;
            }
            else
            {
                i++;
                expected = expected < 0 ? -1 : expected + 1;
            }
        }
    }

    private static (int Place, int Length) Longest(ComparedText own, ComparedText other, PlaceTable table, int from, int expected)
    {
        var (best, longest, nearest) = (-1, 0, int.MaxValue);
        var tried = 0;
        for (var place = table.First(own.Shingles[from]); place >= 0 && tried < MostPlaces; place = table.Next(place), tried++)
        {
            var length = own.Letters.AsSpan(from).CommonPrefixLength(other.Letters.AsSpan(place));
            var broken = own.Letters.AsSpan(from, length).IndexOf(ComparedText.Break);
            length = broken < 0 ? length : broken;
            var distance = expected < 0 ? int.MaxValue : Math.Abs(place - expected);
            if (length > longest || (length == longest && distance < nearest))
            {
                (best, longest, nearest) = (place, length, distance);
            }
        }

        return (best, longest);
    }

    private static PassageSide Side(ComparedText text, IReadOnlyList<(int From, int End)> runs)
    {
        var whole = text.SpanOf(runs[0].From, runs[^1].End);
        var differing = new List<TextSpan>();
        for (var i = 1; i < runs.Count; i++)
        {
            if (runs[i].From > runs[i - 1].End)
            {
                differing.Add(text.SpanOf(runs[i - 1].End, runs[i].From));
            }
        }

        return new PassageSide(text.Parts[text.PartAt(runs[0].From)].Key, whole.From, whole.End, differing);
    }

    /// <summary>The places of every shingle of a text, chained.</summary>
    private sealed class PlaceTable
    {
        private readonly ulong[] hashes;
        private readonly int[] heads;
        private readonly int[] next;

        public PlaceTable(ulong[] hashes)
        {
            this.hashes = hashes;
            heads = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, hashes.Length))];
            next = new int[hashes.Length];
            Array.Fill(heads, -1);
            for (var i = hashes.Length - 1; i >= 0; i--)
            {
                if (hashes[i] != 0)
                {
                    ref var head = ref heads[hashes[i] & (uint)(heads.Length - 1)];
                    next[i] = head;
                    head = i;
                }
            }
        }

        public int First(ulong hash) => Same(heads[hash & (uint)(heads.Length - 1)], hash);

        public int Next(int place) => Same(next[place], hashes[place]);

        private int Same(int place, ulong hash)
        {
            while (place >= 0 && hashes[place] != hash)
            {
                place = next[place];
            }

            return place;
        }
    }
}
