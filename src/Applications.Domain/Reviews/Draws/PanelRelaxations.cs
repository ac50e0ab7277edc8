using Applications.Domain.Identifiers;

namespace Applications.Domain.Reviews.Draws;

/// <summary>Each single change that makes an impossible panel possible, taken no further than needed.</summary>
internal static class PanelRelaxations
{
    private const int SmallestPanel = 3;
    private const int CostOfKind = 100;

    public static IEnumerable<DrawRelaxation> Of(DrawRequest request, PanelRequest panel, IReadOnlyList<DrawCandidate> pool)
    {
        var rules = request.Rules;
        foreach (var kind in Kinds(request, panel, pool))
        {
            var steps = 0;
            foreach (var (text, easedPanel, easedRules) in kind.Steps)
            {
                steps++;
                if (DrawAdvisor.IsPossibleEased(easedPanel ?? panel, easedRules ?? rules, pool) is true)
                {
                    var eased = request with { Rules = easedRules ?? rules, Panels = [.. request.Panels.Select(p => p.Key == panel.Key ? easedPanel ?? p : p)] };
                    yield return new DrawRelaxation(panel.Key, $"“{panel.Title}”：{text}", ((int)kind.Kind * CostOfKind) + steps, eased);
                    break;
                }
            }
        }

        for (var more = 1; more <= panel.Size; more++)
        {
            if (DrawAdvisor.IsPossibleEased(panel, rules, [.. pool, .. Enumerable.Range(1, more).Select(i => Wanted(panel, i))]) is true)
            {
                yield return new DrawRelaxation(panel.Key, $"“{panel.Title}”：向专家库补充至少 {more} 名符合全部条件的专家", ((int)DrawConstraint.Barred * CostOfKind) + more, null);
                break;
            }
        }
    }

    private static IEnumerable<(DrawConstraint Kind, IEnumerable<(string Text, PanelRequest? Panel, DrawRules? Rules)> Steps)> Kinds(DrawRequest request, PanelRequest panel, IReadOnlyList<DrawCandidate> pool)
    {
        var rules = request.Rules;
        yield return (DrawConstraint.YearlyLoad, pool.Select(c => c.SessionsThisYear).Where(s => s >= rules.SessionsPerYear).Distinct().Order()
            .Select(s => ($"年度次数上限由 {rules.SessionsPerYear} 次放宽到 {s + 1} 次", (PanelRequest?)null, (DrawRules?)(rules with { SessionsPerYear = s + 1 }))));
        var outside = panel.Outside(rules);
        yield return (DrawConstraint.Outside, Down(outside).Select(n => (
            $"外市专家由至少 {outside} 人减为 {n} 人", (PanelRequest?)null, (DrawRules?)(rules with { OutsideOneIn = n == 0 ? 0 : (panel.Size + n - 1) / n }))));
        if (rules.NotTwoYearsRunning)
        {
            yield return (DrawConstraint.TwoYearsRunning, [("允许连续两年评审同一企业", null, rules with { NotTwoYearsRunning = false })]);
        }

        yield return (DrawConstraint.PerEmployer, Enumerable.Range(rules.PerEmployer + 1, Math.Max(0, panel.Size - rules.PerEmployer))
            .Select(n => ($"同一单位由至多 {rules.PerEmployer} 人放宽到 {n} 人", (PanelRequest?)null, (DrawRules?)(rules with { PerEmployer = n }))));
        foreach (var need in panel.Specialities)
        {
            yield return (DrawConstraint.Speciality, Down(need.AtLeast).Select(n => (
                $"专业 {IndustryCodes.Labelled(need.Code)} 由至少 {need.AtLeast} 人减为 {n} 人",
                (PanelRequest?)(panel with { Specialities = [.. panel.Specialities.Select(s => s.Code == need.Code ? s with { AtLeast = n } : s)] }),
                (DrawRules?)null)));
        }

        yield return (DrawConstraint.Finance, Down(panel.Finance).Select(n => ($"财务专家由至少 {panel.Finance} 人减为 {n} 人", (PanelRequest?)(panel with { Finance = n }), (DrawRules?)null)));
        yield return (DrawConstraint.Size, Sizes(panel, rules).Select(n => ($"人数由 {panel.Size} 人减为 {n} 人", (PanelRequest?)(panel with { Size = n }), (DrawRules?)null)));
    }

    private static IEnumerable<int> Down(int from) => Enumerable.Range(1, Math.Max(0, from)).Select(i => from - i);

    /// <summary>Smaller odd sizes that still have room for those appointed.</summary>
    private static IEnumerable<int> Sizes(PanelRequest panel, DrawRules rules)
    {
        for (var size = panel.Size - 2; size >= SmallestPanel && panel.Appointed.Count * rules.AppointedOneIn <= size; size -= 2)
        {
            yield return size;
        }
    }

    private static DrawCandidate Wanted(PanelRequest panel, int number) => new()
    {
        Id = $"\uffff{number}",
        Name = string.Empty,
        Employer = $"\uffff{number}",
        CityCode = string.Empty,
        Specialities = [.. panel.Specialities.Select(s => s.Code)],
        IsFinance = true,
    };
}
