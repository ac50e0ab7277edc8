using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Reviews.Calibration;

public enum AnomalyKind
{
    /// <summary>A single score far from what the others say of the file.</summary>
    LoneVoice,

    /// <summary>An expert who lifts or lowers the files of one group (a city, a chain) beside all others.</summary>
    OneSided,

    /// <summary>Two experts whose sheets are too much alike.</summary>
    Paired,

    /// <summary>An expert who gives nearly everything the same score.</summary>
    Flat,

    /// <summary>A large change shortly before, or after, the deadline.</summary>
    LateChange,
}

/// <summary>A sheet as the screen sees it.</summary>
/// <param name="Group">What one-sidedness is looked for by, usually the applicant's city; null to leave the file out of that.</param>
/// <param name="Criteria">Hundredths by criterion.</param>
public sealed record ScreenedSheet(string File, string Expert, int Hundredths, string? Group, IReadOnlyDictionary<string, int> Criteria);

/// <summary>A total that was changed after it had been given.</summary>
/// <param name="At">UTC.</param>
/// <param name="Due">By when the sheet had to be given, UTC; null when there was no such day.</param>
public sealed record ScoreChange(string File, string Expert, int From, int To, DateTime At, DateTime? Due);

/// <summary>The lines of the screen; defaults of the house, settings.</summary>
/// <param name="Deviations">How many standard deviations are unusual.</param>
/// <param name="LonePoints">A lone voice is at least so many points off.</param>
/// <param name="GroupPoints">One-sidedness is at least so many points on average.</param>
/// <param name="FewestShared">Fewest files from which a pair, a group or a habit is judged.</param>
/// <param name="AlikePercent">From this share of like sheets on a pair, or an expert, is flagged.</param>
/// <param name="LatePoints">A late change is at least so many points.</param>
public sealed record ScreenRules(double Deviations = 3, int LonePoints = 10, int GroupPoints = 3, int FewestShared = 5, int AlikePercent = 80, int LatePoints = 5)
{
    /// <summary>How long before the deadline counts as late.</summary>
    public TimeSpan Late { get; init; } = TimeSpan.FromHours(2);
}

/// <summary>Something a person should look at. It proves nothing and changes nothing.</summary>
/// <param name="Weight">For the order of the queue: how many times the line is passed.</param>
/// <param name="Text">What was seen, in words and figures.</param>
public sealed record Anomaly(AnomalyKind Kind, IReadOnlyList<string> Experts, string? File, string? Group, double Weight, string Text)
{
    /// <summary>The same for the same matter however the figures move: what a conclusion about it is kept under.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind}|{string.Join(',', Experts)}|{File}|{Group}")));
}

/// <summary>Looks through the sheets of a round for what a person should see. Residuals are those of <see cref="SeverityModel"/>, so that a strict expert is no anomaly.</summary>
public static class AnomalyScreen
{
    /// <returns>The queue, heaviest first.</returns>
    public static IReadOnlyList<Anomaly> Screen(IReadOnlyList<ScreenedSheet> sheets, IReadOnlyList<ScoreChange> changes, ScreenRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(sheets);
        ArgumentNullException.ThrowIfNull(changes);
        rules ??= new ScreenRules();
        var residuals = Residuals(sheets);
        return
        [
            .. LoneVoices(sheets, rules)
                .Concat(OneSided(sheets, residuals, rules)).Concat(Paired(sheets, rules)).Concat(Flat(sheets, rules)).Concat(Late(changes, rules))
                .OrderByDescending(a => a.Weight).ThenBy(a => a.Kind).ThenBy(a => string.Join(' ', a.Experts), StringComparer.Ordinal).ThenBy(a => a.File, StringComparer.Ordinal),
        ];
    }

    private static (Dictionary<(string File, string Expert), double> Of, double Noise) Residuals(IReadOnlyList<ScreenedSheet> sheets)
    {
        var result = SeverityModel.Calibrate([.. sheets.Select(s => new GivenScore(s.File, s.Expert, s.Hundredths))]);
        var quality = result.Files.ToDictionary(f => f.File, f => f.Corrected, StringComparer.Ordinal);
        var lenience = result.Experts.ToDictionary(e => e.Expert, e => e.Lenience, StringComparer.Ordinal);
        return (sheets.ToDictionary(s => (s.File, s.Expert), s => (s.Hundredths / 100.0) - quality[s.File] - lenience[s.Expert]), result.Noise);
    }

    /// <summary>Against the others of the same file, each less his lenience, so that the voice itself does not blur the comparison; the deviation is that of all such differences, robustly.</summary>
    private static IEnumerable<Anomaly> LoneVoices(IReadOnlyList<ScreenedSheet> sheets, ScreenRules rules)
    {
        var result = SeverityModel.Calibrate([.. sheets.Select(s => new GivenScore(s.File, s.Expert, s.Hundredths))]);
        var lenience = result.Experts.ToDictionary(e => e.Expert, e => e.Lenience, StringComparer.Ordinal);
        List<(ScreenedSheet Sheet, double Off)> off = [];
        foreach (var file in sheets.GroupBy(s => s.File, StringComparer.Ordinal).Where(g => g.Count() >= 3))
        {
            var corrected = file.Select(s => (Sheet: s, Points: (s.Hundredths / 100.0) - lenience[s.Expert])).ToList();
            var sum = corrected.Sum(c => c.Points);
            off.AddRange(corrected.Select(c => (c.Sheet, c.Points - ((sum - c.Points) / (corrected.Count - 1)))));
        }

        if (off.Count == 0)
        {
            yield break;
        }

        // Half of all lie within the median; of a normal law that is 0.6745 standard deviations.
        var sizes = off.Select(o => Math.Abs(o.Off)).Order().ToList();
        var line = Math.Max(rules.LonePoints, rules.Deviations * sizes[sizes.Count / 2] / 0.6745);
        foreach (var (sheet, points) in off.Where(o => Math.Abs(o.Off) >= line))
        {
            yield return new Anomaly(AnomalyKind.LoneVoice, [sheet.Expert], sheet.File, sheet.Group, Math.Abs(points) / line, Text($"与同项目其他专家的平均分（扣除宽严差异）相差 {points:+0.0;-0.0} 分"));
        }
    }

    private static IEnumerable<Anomaly> OneSided(IReadOnlyList<ScreenedSheet> sheets, (Dictionary<(string File, string Expert), double> Of, double Noise) residuals, ScreenRules rules)
    {
        foreach (var own in sheets.Where(s => s.Group is not null).GroupBy(s => (s.Expert, s.Group)).Where(g => g.Count() >= rules.FewestShared))
        {
            var mean = own.Average(s => residuals.Of[(s.File, s.Expert)]);
            var line = Math.Max(rules.GroupPoints, rules.Deviations * residuals.Noise / Math.Sqrt(own.Count()));
            if (Math.Abs(mean) >= line)
            {
                yield return new Anomaly(AnomalyKind.OneSided, [own.Key.Expert], null, own.Key.Group, Math.Abs(mean) / line, Text($"对该组 {own.Count()} 个项目的评分平均偏{(mean > 0 ? "高" : "低")} {Math.Abs(mean):0.0} 分"));
            }
        }
    }

    private static IEnumerable<Anomaly> Paired(IReadOnlyList<ScreenedSheet> sheets, ScreenRules rules)
    {
        var pairs = new Dictionary<(string A, string B), (int Shared, int Alike)>();
        foreach (var file in sheets.GroupBy(s => s.File, StringComparer.Ordinal))
        {
            var sorted = file.OrderBy(s => s.Expert, StringComparer.Ordinal).ToList();
            for (var i = 0; i < sorted.Count; i++)
            {
                for (var j = i + 1; j < sorted.Count; j++)
                {
                    var (shared, alike) = pairs.GetValueOrDefault((sorted[i].Expert, sorted[j].Expert));
                    pairs[(sorted[i].Expert, sorted[j].Expert)] = (shared + 1, alike + (IsAlike(sorted[i], sorted[j]) ? 1 : 0));
                }
            }
        }

        foreach (var ((a, b), (shared, alike)) in pairs.Where(p => p.Value.Shared >= rules.FewestShared && p.Value.Alike * 100 >= p.Value.Shared * rules.AlikePercent))
        {
            yield return new Anomaly(AnomalyKind.Paired, [a, b], null, null, alike * 100.0 / (shared * rules.AlikePercent), Text($"共同评审的 {shared} 个项目中有 {alike} 个评分完全相同"));
        }
    }

    private static bool IsAlike(ScreenedSheet a, ScreenedSheet b) =>
        a.Hundredths == b.Hundredths && a.Criteria.Count == b.Criteria.Count && a.Criteria.All(c => b.Criteria.TryGetValue(c.Key, out var other) && other == c.Value);

    private static IEnumerable<Anomaly> Flat(IReadOnlyList<ScreenedSheet> sheets, ScreenRules rules)
    {
        foreach (var own in sheets.GroupBy(s => s.Expert, StringComparer.Ordinal).Where(g => g.Count() >= 2 * rules.FewestShared))
        {
            var same = own.GroupBy(s => s.Hundredths).MaxBy(g => g.Count())!;
            if (same.Count() * 100 >= own.Count() * rules.AlikePercent)
            {
                yield return new Anomaly(AnomalyKind.Flat, [own.Key], null, null, same.Count() * 100.0 / (own.Count() * rules.AlikePercent), Text($"{own.Count()} 个项目中有 {same.Count()} 个都评为 {same.Key / 100m:0.##} 分"));
            }
        }
    }

    private static IEnumerable<Anomaly> Late(IReadOnlyList<ScoreChange> changes, ScreenRules rules) =>
        from change in changes
        where change.Due is { } due && change.At > due - rules.Late && Math.Abs(change.To - change.From) >= rules.LatePoints * 100
        select new Anomaly(
            AnomalyKind.LateChange, [change.Expert], change.File, null, Math.Abs(change.To - change.From) / (rules.LatePoints * 100.0),
            Text($"{(change.At > change.Due ? "截止后" : "截止前不久")}将评分由 {change.From / 100m:0.##} 分改为 {change.To / 100m:0.##} 分"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
