using Applications.Domain.Reviews.Calibration;
using Applications.Web.Infrastructure.TagHelpers;

namespace Applications.Web.Features.Reviews.Analyse;

/// <summary>What anomalies and conclusions about them are called.</summary>
public static class AnalysisWords
{
    public static string Of(AnomalyKind kind) => kind switch
    {
        AnomalyKind.LoneVoice => "单份评分偏离",
        AnomalyKind.OneSided => "对某一组偏高或偏低",
        AnomalyKind.Paired => "两人评分雷同",
        AnomalyKind.Flat => "评分几乎不拉开差距",
        _ => "截止前后大幅修改",
    };

    public static string Of(AnomalyVerdict? verdict) => verdict switch
    {
        AnomalyVerdict.Explained => "有正当理由",
        AnomalyVerdict.Discuss => "提请集体讨论",
        AnomalyVerdict.Referred => "移送纪检监察",
        _ => "待核实",
    };

    public static StatusKind KindOf(AnomalyVerdict? verdict) => verdict switch
    {
        AnomalyVerdict.Explained => StatusKind.Success,
        AnomalyVerdict.Discuss => StatusKind.Warning,
        AnomalyVerdict.Referred => StatusKind.Danger,
        _ => StatusKind.Progress,
    };
}
