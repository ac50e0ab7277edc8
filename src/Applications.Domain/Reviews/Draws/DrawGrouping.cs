namespace Applications.Domain.Reviews.Draws;

/// <summary>A file that needs a panel, as grouping sees it.</summary>
/// <param name="Division">GB/T 4754 division of the applicant, for example C34; null when unknown.</param>
public sealed record DrawFile(Guid CaseId, string Number, string Name, string Uscc, string CityCode, string? Division);

/// <summary>Puts files into groups, each for one panel: like fields together, groups of about the same size.</summary>
public static class DrawGrouping
{
    /// <summary>Files a panel can read in a day (programmes.md 4.3, point 4).</summary>
    public const int MostFiles = 20;

    /// <param name="most">Files of a group at the most.</param>
    public static IReadOnlyList<IReadOnlyList<DrawFile>> Of(IReadOnlyList<DrawFile> files, int most)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var sorted = files.OrderBy(f => f.Division ?? "\uffff", StringComparer.Ordinal).ThenBy(f => f.Number, StringComparer.Ordinal).ThenBy(f => f.CaseId).ToList();
        var groups = (sorted.Count + most - 1) / most;
        List<IReadOnlyList<DrawFile>> result = [];
        for (var g = 0; g < groups; g++)
        {
            result.Add(sorted[(sorted.Count * g / groups)..(sorted.Count * (g + 1) / groups)]);
        }

        return result;
    }

    /// <summary>The panel a group asks for when nobody changes anything: its commonest divisions covered as far as the pool has somebody who could come.</summary>
    public static PanelRequest PanelOf(string key, string title, IReadOnlyList<DrawFile> files, int size, int finance, IReadOnlyList<DrawCandidate> pool)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(pool);
        var known = pool.Where(c => c.Bars.All(b => b.Panel.Length > 0 && b.Panel != key)).SelectMany(c => c.Specialities).ToHashSet(StringComparer.Ordinal);
        return new PanelRequest
        {
            Key = key,
            Title = title,
            Size = size,
            Finance = finance,
            Specialities =
            [
                .. files.Where(f => f.Division is not null && known.Contains(f.Division)).GroupBy(f => f.Division!)
                    .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(Math.Max(1, size / 2)).Select(g => new SpecialityNeed(g.Key, 1)),
            ],
            Cities = [.. files.Select(f => f.CityCode).Distinct().Order(StringComparer.Ordinal)],
            Enterprises = [.. files.Select(f => f.Uscc).Distinct().Order(StringComparer.Ordinal)],
        };
    }
}
