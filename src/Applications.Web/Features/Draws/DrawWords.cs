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
        Hindrance.Barred => "回避",
        Hindrance.YearlyLoad => "已达年度次数",
        _ => "上一年度评审过同一企业",
    };

    /// <summary>What a panel asks for, in one line.</summary>
    public static string Needs(PanelRequest panel, DrawRules rules)
    {
        ArgumentNullException.ThrowIfNull(panel);
        List<string> needs = [.. panel.Specialities.Where(s => s.AtLeast > 0).Select(s => $"{s.Code} ≥ {s.AtLeast}")];
        if (panel.Finance > 0)
        {
            needs.Add($"财务 ≥ {panel.Finance}");
        }

        if (panel.Outside(rules) is > 0 and var outside)
        {
            needs.Add($"外市 ≥ {outside}");
        }

        return needs.Count == 0 ? "无" : string.Join('，', needs);
    }
}
