using System.Globalization;
using Applications.Domain.Reviews.Assigning;
using Applications.Web.Infrastructure.TagHelpers;

namespace Applications.Web.Features.Assignments;

/// <summary>What the stages of an assignment are called.</summary>
public static class AssignmentWords
{
    public static string Of(AssignmentState state) => state switch
    {
        AssignmentState.Solving => "计算中",
        AssignmentState.Short => "无法满足",
        AssignmentState.Proposed => "方案已生成",
        AssignmentState.Requested => "待批准",
        AssignmentState.Returned => "已退回",
        AssignmentState.Withdrawn => "已撤回",
        _ => "已生效",
    };

    public static StatusKind KindOf(AssignmentState state) => state switch
    {
        AssignmentState.Solving or AssignmentState.Proposed => StatusKind.Progress,
        AssignmentState.Requested => StatusKind.Info,
        AssignmentState.Confirmed => StatusKind.Success,
        AssignmentState.Returned or AssignmentState.Short => StatusKind.Warning,
        _ => StatusKind.Neutral,
    };

    public static string Of(PairStanding standing) => standing switch
    {
        PairStanding.Assigned => "已分派",
        PairStanding.Conflict => "回避",
        PairStanding.Limit => "受上限所限",
        PairStanding.LoadFull => "任务已满",
        _ => "可替换",
    };

    /// <summary>What a reader calls an expert: by name, or by number where the names are still sealed.</summary>
    public static Func<int, string> Labels(AssignmentRecord record, ExpertNumbers numbers, bool isOpen)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(numbers);
        return isOpen ? e => record.Snapshot.Experts[e].Name : e => string.Create(CultureInfo.InvariantCulture, $"专家 {numbers.Of(e):000}");
    }

    /// <summary>How well a file is served, in words.</summary>
    public static string Of(FileStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return standing.Worst switch { >= 60 => "有专家专业不符", >= 20 => "有专家仅专长相符", > 0 => "行业均相符", _ => "行业、专长均相符" };
    }
}
