using Applications.Domain.Identifiers;
using Applications.Domain.Reviews.Draws;
using Applications.Web.Infrastructure.TagHelpers;

namespace Applications.Web.Features.Draws;

/// <summary>What the stages of a draw are called.</summary>
public static class DrawWords
{
    public static string Of(DrawState state) => state switch
    {
        DrawState.Requested => "待批准",
        DrawState.Returned => "已退回",
        DrawState.Committed => "已承诺，待抽取",
        DrawState.Withdrawn => "已撤回",
        _ => "已抽取",
    };

    public static StatusKind KindOf(DrawState state) => state switch
    {
        DrawState.Requested => StatusKind.Info,
        DrawState.Committed => StatusKind.Progress,
        DrawState.Drawn => StatusKind.Success,
        DrawState.Returned => StatusKind.Warning,
        _ => StatusKind.Neutral,
    };

    public static string Of(Hindrance hindrance) => hindrance switch
    {
        Hindrance.Barred => "回避、请假",
        Hindrance.YearlyLoad => "已达年度次数",
        _ => "上一年度评审过同一企业",
    };

    public static string Of(AbsenceKind kind) => kind switch
    {
        AbsenceKind.Barred => Of(Hindrance.Barred),
        AbsenceKind.YearlyLoad => Of(Hindrance.YearlyLoad),
        AbsenceKind.TwoYearsRunning => Of(Hindrance.TwoYearsRunning),
        AbsenceKind.Left => "抽中后离开",
        AbsenceKind.OtherPanel => "在其他评审组",
        AbsenceKind.Reserve => "备选",
        AbsenceKind.SameEmployer => "同单位已有专家",
        _ => "符合条件，未抽中",
    };

    /// <summary>What a panel asks for, in one line.</summary>
    public static string Needs(PanelRequest panel, DrawRules rules)
    {
        ArgumentNullException.ThrowIfNull(panel);
        List<string> needs = [.. panel.Specialities.Where(s => s.AtLeast > 0).Select(s => $"{IndustryCodes.Labelled(s.Code)} ≥ {s.AtLeast} 人")];
        if (panel.Finance > 0)
        {
            needs.Add($"财务专家 ≥ {panel.Finance} 人");
        }

        if (panel.Outside(rules) is > 0 and var outside)
        {
            needs.Add($"外市专家 ≥ {outside} 人");
        }

        return needs.Count == 0 ? "无" : string.Join("；", needs);
    }
}
