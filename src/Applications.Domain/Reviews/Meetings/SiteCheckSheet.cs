using Applications.Domain.Expressions;
using Applications.Domain.Programmes;
using Applications.Domain.Rubrics;

namespace Applications.Domain.Reviews.Meetings;

/// <summary>
/// 现场核查表: what the decision about a file rests on and can be counted on site, each as it was filed: the numbers of the conditions, then the measures that were scored by
/// themselves. What the department itself keeps (titles, revocations, bad records) is not asked on site.
/// </summary>
public static class SiteCheckSheet
{
    /// <summary>The last point of each sheet; no figure stands for it.</summary>
    public const string Premises = "premises";

    public static IReadOnlyList<SitePoint> Of(IEnumerable<EligibilityResult> conditions, IEnumerable<AutoScore> scores)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(scores);
        return
        [
            .. conditions.Where(c => ScriptReferences.Of(c.Rule.Expression).All(r => r.Root is not "history"))
                .SelectMany(c => c.Figures.Where(f => f.Value is double).Select((f, i) => new SitePoint($"{c.Rule.Id}.{i}", f.Label, f.Text)))
                .Concat(scores.Where(s => s.Measure is not null && s.Criterion.Scoring == Scoring.Auto).Select(s => new SitePoint(s.Criterion.Key, s.Criterion.Title, s.MeasureText)))
                .DistinctBy(p => p.Title),
            new SitePoint(Premises, "场所、设备和人员与申报一致", "见申报书"),
        ];
    }
}
