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
        /// <summary>Proven; what is too large to be counted is not, so the constraint that keeps it small stays named.</summary>
        public bool IsImpossible => DrawAdvisor.IsPossibleEased(Panel, Rules, Pool) is false;
    }

    private sealed record Droppable(string Text, Func<Situation, Situation> Without);

    /// <summary>Conflicts that share no constraint but the panel's size: when the first is eased, the next still stands. Empty for a panel that is possible.</summary>
    public static IEnumerable<IReadOnlyList<string>> Of(PanelRequest panel, DrawRules rules, IReadOnlyList<DrawCandidate> pool)
    {
        var able = PanelModel.Of(panel, rules, pool, new HashSet<string>());
        List<DrawCandidate> eligible = [.. able.Appointed, .. able.Candidates];
        var size = $"人数 {panel.Size} 人（可选专家 {eligible.Count} 人）";
        var left = Constraints(panel, rules, eligible).ToList();
        for (var now = new Situation(panel, rules, pool); now.IsImpossible;)
        {
            var culprits = Minimal(now, left);
            yield return [size, .. culprits.Select(c => c.Text)];
            if (culprits.Count == 0)
            {
                yield break;
            }

            now = culprits.Aggregate(now, (s, c) => c.Without(s));
            left.RemoveAll(culprits.Contains);
        }
    }

    private static List<Droppable> Minimal(Situation now, List<Droppable> constraints)
    {
        List<Droppable> kept = [];
        foreach (var constraint in constraints)
        {
            var next = constraint.Without(now);
            if (next.IsImpossible)
            {
                now = next;
            }
            else
            {
                kept.Add(constraint);
            }
        }

        return kept;
    }

    private static IEnumerable<Droppable> Constraints(PanelRequest panel, DrawRules rules, List<DrawCandidate> eligible)
    {
        yield return new("回避与请假", s => s with { Pool = [.. s.Pool.Select(c => c with { Bars = [] })] });
        yield return new($"本年度已参加少于 {rules.SessionsPerYear} 次", s => s with { Rules = s.Rules with { SessionsPerYear = int.MaxValue } });
        if (rules.NotTwoYearsRunning)
        {
            yield return new("不连续两年评审同一企业", s => s with { Rules = s.Rules with { NotTwoYearsRunning = false } });
        }

        if (panel.Outside(rules) is > 0 and var outside)
        {
            yield return new($"申报单位所在市以外的专家至少 {outside} 人", s => s with { Rules = s.Rules with { OutsideOneIn = 0 } });
        }

        yield return new($"同一单位至多 {rules.PerEmployer} 人", s => s with { Rules = s.Rules with { PerEmployer = s.Panel.Size } });
        foreach (var need in panel.Specialities.Where(s => s.AtLeast > 0))
        {
            yield return new($"专业 {IndustryCodes.Labelled(need.Code)} 至少 {need.AtLeast} 人（可选 {eligible.Count(c => c.Specialities.Contains(need.Code))} 人）", s => s with { Panel = s.Panel with { Specialities = [.. s.Panel.Specialities.Where(n => n.Code != need.Code)] } });
        }

        if (panel.Finance > 0)
        {
            yield return new($"财务专家至少 {panel.Finance} 人（可选 {eligible.Count(c => c.IsFinance)} 人）", s => s with { Panel = s.Panel with { Finance = 0 } });
        }
    }
}
