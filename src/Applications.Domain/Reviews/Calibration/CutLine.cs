using Applications.Domain.Rubrics;

namespace Applications.Domain.Reviews.Calibration;

/// <summary>One expert without whom the list would be another.</summary>
/// <param name="In">Files that would come above the line.</param>
/// <param name="Out">Files that would fall below it.</param>
public sealed record DecisiveExpert(string Expert, IReadOnlyList<string> In, IReadOnlyList<string> Out);

/// <summary>What stands on either side of the line, and how firmly.</summary>
/// <param name="Open">Files that the scores cannot put on one side, best first: these are not separable.</param>
public sealed record CutLineReport(int Places, IReadOnlyList<RankInterval> Open, IReadOnlyList<DecisiveExpert> Decisive)
{
    /// <summary>For the page: how many are not separable.</summary>
    public string Summary => Open.Count == 0
        ? $"第 {Places} 名的界线清楚，界线两侧的项目可以区分。"
        : $"第 {Places} 名界线附近的 {Open.Count} 个项目得分差异在误差范围内，无法区分先后。";
}

/// <summary>How much hangs on the line: by the model (rank intervals), and by the rule itself with one expert left out at a time.</summary>
public static class CutLine
{
    /// <param name="places">Files above the line.</param>
    public static CutLineReport Examine(IReadOnlyList<GivenScore> scores, int places, string seed, TallyRules? rules = null, int samples = 500)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return new CutLineReport(places, [.. RankIntervals.Of(scores, places, seed, samples).Where(r => r.IsOpen)], Decisive(scores, places, rules));
    }

    private static List<DecisiveExpert> Decisive(IReadOnlyList<GivenScore> scores, int places, TallyRules? rules)
    {
        var files = scores.GroupBy(s => s.File, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var results = files.ToDictionary(f => f.Key, f => ScoreTally.Tally([.. f.Value.Select(s => s.Hundredths)], rules).Mean, StringComparer.Ordinal);
        var above = Above(results, places);
        List<DecisiveExpert> decisive = [];
        foreach (var expert in scores.GroupBy(s => s.Expert, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var changed = new Dictionary<string, int>(results, StringComparer.Ordinal);
            foreach (var file in expert.Select(s => s.File))
            {
                var others = files[file].Where(s => s.Expert != expert.Key).Select(s => s.Hundredths).ToList();
                if (others.Count > 0)
                {
                    changed[file] = ScoreTally.Tally(others, rules).Mean;
                }
            }

            var without = Above(changed, places);
            if (!without.SetEquals(above))
            {
                decisive.Add(new DecisiveExpert(expert.Key, [.. without.Except(above).Order(StringComparer.Ordinal)], [.. above.Except(without).Order(StringComparer.Ordinal)]));
            }
        }

        return decisive;
    }

    private static HashSet<string> Above(Dictionary<string, int> results, int places) =>
        results.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).Take(places).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
}
