using System.Globalization;
using System.Numerics;
using Applications.Domain.Identifiers;

namespace Applications.Domain.Reviews.Draws;

/// <summary>A rule of a panel: what was asked, what was reached.</summary>
public sealed record ReachedConstraint(string Name, string Asked, string Reached, bool Holds);

/// <summary>Says of a finished draw what each rule came to and why somebody sits; why somebody else does not <see cref="DrawAbsences"/> says.</summary>
public static class DrawExplainer
{
    public static IReadOnlyList<ReachedConstraint> Constraints(DrawRecord record, string panelKey)
    {
        ArgumentNullException.ThrowIfNull(record);
        var panel = record.Request.Panels.Single(p => p.Key == panelKey);
        var rules = record.Request.Rules;
        var members = record.MembersOf(panelKey);
        var drawn = record.Panels.Single(p => p.Key == panelKey);
        var busiest = members.GroupBy(m => m.Employer, StringComparer.Ordinal).Select(g => g.Count()).DefaultIfEmpty().Max();
        var sessions = members.Select(m => m.SessionsThisYear).DefaultIfEmpty().Max();
        var again = members.Count(m => m.JudgedLastYear.Any(panel.Enterprises.Contains));
        var appointed = drawn.Seats.Count(s => s.IsAppointed);
        return
        [
            new("人数", panel.Seated is { } seated ? $"{panel.Size} 人，其中已在组 {seated.Count} 人" : $"{panel.Size} 人（单数）", $"{members.Count} 人", members.Count >= panel.Size),
            .. PanelModel.NeedsOf(panel, rules).Select(n => new ReachedConstraint(n.Name, $"{n.Required} 人", $"{members.Count(n.Counts)} 人", members.Count(n.Counts) >= n.Required)),
            new("同一单位", $"至多 {rules.PerEmployer} 人", $"{busiest} 人", busiest <= rules.PerEmployer),
            new("本年度已参加次数", $"少于 {rules.SessionsPerYear} 次", $"最多 {sessions} 次", sessions < rules.SessionsPerYear),
            new("连续两年评审同一企业", rules.NotTwoYearsRunning ? "不允许" : "允许", $"{again} 人", !rules.NotTwoYearsRunning || again == 0),
            new("指定专家", $"至多 {panel.Size / rules.AppointedOneIn} 人", $"{appointed} 人", appointed * rules.AppointedOneIn <= panel.Size),
            new("备选专家", $"每席 {rules.ReservesPerSeat} 人", $"{drawn.Reserves.Count} 人", drawn.Reserves.Count >= panel.Size * rules.ReservesPerSeat),
        ];
    }

    /// <summary>Why this one: what he counts for, and what his chance was.</summary>
    public static string WhyHim(DrawRecord record, string panelKey, string expertId)
    {
        ArgumentNullException.ThrowIfNull(record);
        var panel = record.Request.Panels.Single(p => p.Key == panelKey);
        var one = record.Pool.Single(c => c.Id == expertId);
        if (panel.Seated?.Contains(expertId) == true)
        {
            return "补充抽取前已在组";
        }

        if (panel.Appointed.FirstOrDefault(a => a.ExpertId == expertId) is { } appointed)
        {
            return $"指定：{appointed.Reason}（{appointed.ApprovedBy}批准）";
        }

        var covers = PanelModel.NeedsOf(panel, record.Request.Rules).Where(n => n.Counts(one)).Select(n => n.Constraint switch
        {
            DrawConstraint.Finance => "财务专家",
            DrawConstraint.Outside => "外市专家",
            _ => IndustryCodes.Labelled(n.Code!),
        }).ToList();
        var how = record.Substitutions.FirstOrDefault(s => s.Panel == panelKey && s.In == expertId) is { } change
            ? change.Out.Length == 0 ? "按备选顺序增补" : "按备选顺序替补"
            : $"以相等概率从 {Grouped(record.Panels.Single(p => p.Key == panelKey).Choices)} 种合规组合中抽出";
        return covers.Count == 0 ? $"{how}；无须回避" : $"{how}；满足{(char.IsAscii(covers[0][0]) ? " " : string.Empty)}{string.Join('、', covers)}的要求；无须回避";
    }

    /// <summary>A count that may have forty digits, in groups of three.</summary>
    public static string Grouped(string count) => BigInteger.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString("N0", CultureInfo.InvariantCulture) : count;
}
