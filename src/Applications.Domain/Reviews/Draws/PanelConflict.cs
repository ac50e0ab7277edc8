using Applications.Domain.Identifiers;

namespace Applications.Domain.Reviews.Draws;

/// <summary>
/// Finds a smallest set, in the sense that nothing can be left out, of constraints that make a panel impossible: each is dropped in turn and stays dropped
/// when the panel is impossible all the same.
/// </summary>
internal static class PanelConflict
{
    private sealed record Situation(PanelRequest Panel, DrawRules Rules, IReadOnlyList<DrawCandidate> Pool)
    {
        public bool IsPossible => DrawAdvisor.IsPossibleEased(Panel, Rules, Pool);
    }

    public static IReadOnlyList<string> Minimal(PanelRequest panel, DrawRules rules, IReadOnlyList<DrawCandidate> pool)
    {
        var now = new Situation(panel, rules, pool);
        List<string> kept = [];
        foreach (var (text, without) in Constraints(panel, rules))
        {
            var next = without(now);
            if (next.IsPossible)
            {
                kept.Add(text);
            }
            else
            {
                now = next;
            }
        }

        var able = PanelModel.Of(now.Panel, now.Rules, now.Pool, new HashSet<string>());
        return [$"人数 {panel.Size} 人（可选专家 {able.Appointed.Count + able.Candidates.Count} 人）", .. kept];
    }

    private static IEnumerable<(string Text, Func<Situation, Situation> Without)> Constraints(PanelRequest panel, DrawRules rules)
    {
        yield return ("回避与请假", s => s with { Pool = [.. s.Pool.Select(c => c with { Bars = [] })] });
        yield return ($"本年度已参加少于 {rules.SessionsPerYear} 次", s => s with { Rules = s.Rules with { SessionsPerYear = int.MaxValue } });
        if (rules.NotTwoYearsRunning)
        {
            yield return ("不连续两年评审同一企业", s => s with { Rules = s.Rules with { NotTwoYearsRunning = false } });
        }

        if (panel.Outside(rules) is > 0 and var outside)
        {
            yield return ($"申报单位所在市以外的专家至少 {outside} 人", s => s with { Rules = s.Rules with { OutsideOneIn = 0 } });
        }

        yield return ($"同一单位至多 {rules.PerEmployer} 人", s => s with { Rules = s.Rules with { PerEmployer = s.Panel.Size } });
        foreach (var need in panel.Specialities.Where(s => s.AtLeast > 0))
        {
            yield return ($"专业 {IndustryCodes.Labelled(need.Code)} 至少 {need.AtLeast} 人", s => s with { Panel = s.Panel with { Specialities = [.. s.Panel.Specialities.Where(n => n.Code != need.Code)] } });
        }

        if (panel.Finance > 0)
        {
            yield return ($"财务专家至少 {panel.Finance} 人", s => s with { Panel = s.Panel with { Finance = 0 } });
        }
    }
}
