using Applications.Domain.Identifiers;

namespace Applications.Domain.Reviews.Draws;

/// <summary>Why an expert cannot be drawn for a panel.</summary>
public enum Hindrance
{
    /// <summary>A conflict of interest, an absence: a <see cref="DrawBar"/>.</summary>
    Barred,

    /// <summary>Had as many sessions this year as are allowed.</summary>
    YearlyLoad,

    /// <summary>Judged one of these enterprises last year.</summary>
    TwoYearsRunning,
}

/// <summary>Something the members of a panel have to cover together.</summary>
/// <param name="Name">In words, for people.</param>
internal sealed record Need(DrawConstraint Constraint, string? Code, string Name, int Required, Func<DrawCandidate, bool> Counts);

/// <summary>
/// A panel as the draw sees it: who can sit, the seats that are left beside those appointed, and what they still have to cover. Candidates stand by
/// employer, then id, compared by code unit.
/// </summary>
internal sealed class PanelModel
{
    private PanelModel(PanelRequest panel, DrawRules rules, IReadOnlyList<DrawCandidate> pool, IReadOnlySet<string> taken)
    {
        (Panel, Rules) = (panel, rules);
        var appointed = panel.Appointed.Select(a => a.ExpertId).Concat(panel.Seated ?? []).ToHashSet(StringComparer.Ordinal);
        Appointed = [.. pool.Where(c => appointed.Contains(c.Id))];
        Needs = [.. NeedsOf(panel, rules)];
        var full = Appointed.GroupBy(EmployerOf, StringComparer.Ordinal).Where(g => g.Count() >= rules.PerEmployer).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        Candidates =
        [
            .. pool.Where(c => !appointed.Contains(c.Id) && !taken.Contains(c.Id) && HindranceOf(c, panel, rules) is null && !full.Contains(EmployerOf(c)))
                .OrderBy(c => EmployerOf(c), StringComparer.Ordinal).ThenBy(c => c.Id, StringComparer.Ordinal),
        ];
    }

    public PanelRequest Panel { get; }

    public DrawRules Rules { get; }

    /// <summary>Those who sit without being drawn: appointed, or there already.</summary>
    public IReadOnlyList<DrawCandidate> Appointed { get; }

    public IReadOnlyList<Need> Needs { get; }

    public IReadOnlyList<DrawCandidate> Candidates { get; }

    /// <summary>Seats to be drawn.</summary>
    public int Seats => Panel.Size - Appointed.Count;

    public static PanelModel Of(PanelRequest panel, DrawRules rules, IReadOnlyList<DrawCandidate> sortedPool, IReadOnlySet<string> taken) => new(panel, rules, sortedPool, taken);

    /// <summary>Whom two experts share as employer; where nothing limits them everybody is on his own.</summary>
    public string EmployerOf(DrawCandidate candidate) => Rules.PerEmployer >= Panel.Size ? candidate.Id : candidate.Employer;

    public static Hindrance? HindranceOf(DrawCandidate candidate, PanelRequest panel, DrawRules rules) =>
        candidate.Bars.Any(b => b.Panel.Length == 0 || b.Panel == panel.Key) ? Hindrance.Barred
        : candidate.SessionsThisYear >= rules.SessionsPerYear ? Hindrance.YearlyLoad
        : rules.NotTwoYearsRunning && candidate.JudgedLastYear.Any(panel.Enterprises.Contains) ? Hindrance.TwoYearsRunning
        : null;

    /// <summary>Whether one more makes these, one short of the panel's size, a panel by every rule but those about single experts.</summary>
    public Func<DrawCandidate, bool> Completes(IReadOnlyList<DrawCandidate> staying)
    {
        var uses = staying.GroupBy(EmployerOf, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var missing = Needs.Select(n => (Need: n, Left: n.Required - staying.Count(n.Counts))).Where(m => m.Left > 0).ToList();
        if (staying.Count + 1 != Panel.Size || missing.Exists(m => m.Left > 1) || uses.Values.Any(u => u > Rules.PerEmployer))
        {
            return _ => false;
        }

        return c => uses.GetValueOrDefault(EmployerOf(c)) < Rules.PerEmployer && missing.TrueForAll(m => m.Need.Counts(c));
    }

    public static IEnumerable<Need> NeedsOf(PanelRequest panel, DrawRules rules)
    {
        foreach (var need in panel.Specialities.Where(s => s.AtLeast > 0))
        {
            yield return new Need(DrawConstraint.Speciality, need.Code, $"专业 {IndustryCodes.Labelled(need.Code)} 至少 {need.AtLeast} 人", need.AtLeast, c => c.Specialities.Contains(need.Code));
        }

        if (panel.Finance > 0)
        {
            yield return new Need(DrawConstraint.Finance, null, $"财务专家至少 {panel.Finance} 人", panel.Finance, c => c.IsFinance);
        }

        if (panel.Outside(rules) is > 0 and var outside)
        {
            yield return new Need(DrawConstraint.Outside, null, $"申报单位所在市以外的专家至少 {outside} 人", outside, c => !panel.Cities.Contains(c.CityCode));
        }
    }
}
