using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Draws;

/// <summary>What must hold of a request before anything is counted.</summary>
internal static class DrawRequestRules
{
    private const int LargestPanel = 15;

    /// <exception cref="RuleBrokenException">The first rule that is broken.</exception>
    public static void Require(DrawRequest request, IReadOnlyList<DrawCandidate> pool)
    {
        var rules = request.Rules;
        Require(request.Panels.Count > 0, "draw-no-panel", "至少要有一个评审组。", "Panels");
        Require(request.Panels.Select(p => p.Key).Distinct(StringComparer.Ordinal).Count() == request.Panels.Count, "draw-panel-twice", "评审组的编号不能重复。", "Panels");
        Require(rules.PerEmployer >= 1, "draw-per-employer", "同一单位的专家人数上限至少为 1。", "PerEmployer");
        Require(rules.ReservesPerSeat is >= 0 and <= 3, "draw-reserves", "每个席位的备选专家为 0 至 3 人。", "ReservesPerSeat");
        Require(rules is { OutsideOneIn: >= 0, AppointedOneIn: >= 1, SessionsPerYear: >= 1 }, "draw-rules", "外市比例、指定比例和年度次数不能为负或为零。", "Rules");
        Require(pool.Select(c => c.Id).Distinct(StringComparer.Ordinal).Count() == pool.Count, "draw-pool-twice", "专家库快照中有重复的专家。");
        var known = pool.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var appointed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var panel in request.Panels)
        {
            Require((panel.Size % 2 == 1 || panel.Seated is not null) && panel.Size is >= 1 and <= LargestPanel, "panel-size", $"“{panel.Title}”的人数应为 1 至 {LargestPanel} 的单数。", "Size");
            Require(panel.Specialities.Select(s => s.Code).Distinct(StringComparer.Ordinal).Count() == panel.Specialities.Count, "speciality-twice", $"“{panel.Title}”的专业要求重复。", "Specialities");
            Require(panel.Finance >= 0 && panel.Specialities.All(s => s.AtLeast >= 0), "need-negative", $"“{panel.Title}”的专业或财务专家人数不能为负。", "Specialities");
            Require(panel.Appointed.Count * rules.AppointedOneIn <= panel.Size, "appointed-too-many", $"“{panel.Title}”指定的专家不得超过 {panel.Size / rules.AppointedOneIn} 人。", "Appointed");
            Require((panel.Seated ?? []).All(known.ContainsKey), "seated-unknown", $"“{panel.Title}”的在组专家不在快照中。");
            foreach (var one in panel.Appointed)
            {
                Require(!string.IsNullOrWhiteSpace(one.Reason), "appointed-reason", "指定专家须写明理由。", "Appointed");
                Require(!string.IsNullOrWhiteSpace(one.ApprovedBy), "appointed-approval", "指定专家须经批准。", "Appointed");
                Require(appointed.Add(one.ExpertId), "appointed-twice", "同一名专家只能指定一次。", "Appointed");
                Require(known.TryGetValue(one.ExpertId, out var expert), "appointed-unknown", "指定的专家不在专家库中。", "Appointed");
                var hindrance = PanelModel.HindranceOf(expert!, panel, rules);
                Require(hindrance is null, "appointed-hindered", $"指定的专家{expert!.Name}不能参加：{(hindrance is { } h ? HindranceText(expert, panel, h) : null)}。", "Appointed");
            }
        }
    }

    public static string HindranceText(DrawCandidate candidate, PanelRequest panel, Hindrance hindrance) => hindrance switch
    {
        Hindrance.Barred => candidate.Bars.First(b => b.Panel.Length == 0 || b.Panel == panel.Key).Fact,
        Hindrance.YearlyLoad => $"本年度已参加 {candidate.SessionsThisYear} 次",
        _ => "上一年度评审过同一企业",
    };

    private static void Require(bool holds, string code, string message, string? field = null)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, message, field);
        }
    }
}
