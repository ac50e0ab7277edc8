using Applications.Domain.Experts;
using Applications.Domain.Identifiers;
using Applications.Web.Infrastructure.TagHelpers;

namespace Applications.Web.Features.Experts;

/// <summary>The pool's terms in Chinese.</summary>
public static class ExpertWords
{
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

    /// <summary>The city, or 省外.</summary>
    public static string CityOf(string code) => code == "000000" ? "省外" : DivisionCodes.NameOf(code);
}
