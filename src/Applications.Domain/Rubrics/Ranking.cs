namespace Applications.Domain.Rubrics;

/// <summary>
/// A file to be ranked. <paramref name="Score"/> is in hundredths. <paramref name="TieBreak"/> orders files of the same score within their shared place, higher
/// first (for instance group totals); <paramref name="Number"/>, the file's number, decides last.
/// </summary>
public sealed record RankEntry<T>(T Item, int Score, IReadOnlyList<int> TieBreak, string Number);

/// <summary>A file with its place; those of equal score share it, and the next place is skipped.</summary>
public sealed record Ranked<T>(int Place, bool IsShared, RankEntry<T> Entry);

/// <summary>Puts files in order of their scores, the same order whatever order they come in.</summary>
public static class Ranking
{
    public static IReadOnlyList<Ranked<T>> Rank<T>(IEnumerable<RankEntry<T>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var sorted = entries.Order(Comparer<RankEntry<T>>.Create(Compare)).ToList();
        var ranked = new List<Ranked<T>>(sorted.Count);
        foreach (var group in sorted.GroupBy(e => e.Score))
        {
            var place = ranked.Count + 1;
            var shared = group.Skip(1).Any();
            ranked.AddRange(group.Select(e => new Ranked<T>(place, shared, e)));
        }

        return ranked;
    }

    private static int Compare<T>(RankEntry<T> a, RankEntry<T> b)
    {
        if (a.Score != b.Score)
        {
            return b.Score.CompareTo(a.Score);
        }

        for (var i = 0; i < Math.Max(a.TieBreak.Count, b.TieBreak.Count); i++)
        {
            var order = b.TieBreak.ElementAtOrDefault(i).CompareTo(a.TieBreak.ElementAtOrDefault(i));
            if (order != 0)
            {
                return order;
            }
        }

        return string.CompareOrdinal(a.Number, b.Number);
    }
}
