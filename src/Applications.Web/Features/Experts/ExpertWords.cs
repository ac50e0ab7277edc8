using Applications.Domain.Calendars;
using Applications.Domain.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Identifiers;
using Applications.Web.Infrastructure.TagHelpers;

namespace Applications.Web.Features.Experts;

/// <summary>The pool's terms in Chinese.</summary>
public static class ExpertWords
{
    /// <summary>The code of experts from other provinces.</summary>
    public const string Outside = "000000";

    public static readonly IReadOnlyList<string> Categories = ["技术", "管理", "财务", "其他"];

    public static readonly IReadOnlyList<(string Value, string Words)> Ties = [.. Enum.GetValues<TieKind>().Select(k => (k.ToString(), Of(k)))];

    public static readonly IReadOnlyList<(string Value, string Words)> Works = [.. Enum.GetValues<WorkKind>().Select(k => (k.ToString(), Of(k)))];

    public static readonly IReadOnlyList<(string Value, string Words)> Services = [.. Enum.GetValues<ServiceKind>().Select(k => (k.ToString(), Of(k)))];

    public static string Of(ExpertStatus status) => status switch
    {
        ExpertStatus.Applied => "申请中",
        ExpertStatus.Returned => "退回补充",
        ExpertStatus.Refused => "未通过",
        ExpertStatus.InPool => "在库",
        ExpertStatus.Suspended => "暂停",
        ExpertStatus.Removed => "移出",
        _ => "到期",
    };

    public static StatusKind KindOf(ExpertStatus status) => status switch
    {
        ExpertStatus.Applied => StatusKind.Progress,
        ExpertStatus.Returned or ExpertStatus.Suspended or ExpertStatus.Expired => StatusKind.Warning,
        ExpertStatus.InPool => StatusKind.Success,
        ExpertStatus.Removed => StatusKind.Danger,
        _ => StatusKind.Neutral,
    };

    public static string Of(EntryGround ground) => QualifyingFacts.TextOf(ground);

    public static string Of(TieKind kind) => kind switch
    {
        TieKind.Employment => "任职",
        TieKind.Advisory => "顾问、独立董事",
        _ => "持股",
    };

    public static string Of(WorkKind kind) => kind switch
    {
        WorkKind.Patent => "共有专利",
        WorkKind.Project => "合作项目",
        _ => "合著论文、著作",
    };

    public static string Of(ServiceKind kind) => kind is ServiceKind.Tested ? "检测" : "咨询、辅导";

    public static string Of(DisciplineKind kind) => kind switch
    {
        DisciplineKind.Warning => "警告",
        DisciplineKind.Suspension => "暂停",
        _ => "移出",
    };

    public static string Of(SecretKind kind) => kind switch
    {
        SecretKind.Phone => "手机号码",
        SecretKind.Identity => "公民身份号码",
        _ => "银行账号",
    };

    /// <summary>The city, or 省外.</summary>
    public static string CityOf(string code) => code == Outside ? "省外" : DivisionCodes.NameOf(code);

    /// <summary>C34 通用设备制造业.</summary>
    /// <summary>A day as all pages of the pool write it.</summary>
    public static string Day(DateOnly? day) => day is { } one ? ChinaTime.FormatDate(one) : "—";

    public static string FieldOf(string code) => IndustryCodes.Labelled(code);
}
