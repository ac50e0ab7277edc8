using Applications.Domain.Calendars;

namespace Applications.Web.Features.Draws;

/// <summary>The day of the review that a new request proposes.</summary>
public static class SessionDays
{
    /// <summary>Working days that approval, draw and invitations take; names stay sealed as long.</summary>
    public const int Lead = 3;

    /// <summary>What the day decides, for whoever fills it in.</summary>
    public const string Hint = "专家姓名到这一天才对经办开封，此前以编号代替；默认三个工作日后。填今天即不保密。";

    /// <summary>The same for a draw, where not even numbers are shown: <see cref="Domain.Reviews.Draws.NameSeal"/>.</summary>
    public const string DrawHint = "专家名单到这一天开封：此前只有批准人、抽取人和纪检监察能看姓名，其他人只看到人数；默认三个工作日后。填今天即不保密。";

    /// <summary>The answer of the interface to a request without the day: taking today for it would seal nothing.</summary>
    public static IResult Missing() => Results.ValidationProblem(new Dictionary<string, string[]> { ["sessionOn"] = ["请填写评审日期（sessionOn，例如 2026-05-06）；专家姓名到这一天才开封。"] }, title: "提交的内容有误。");

    public static DateOnly Proposed(WorkCalendar calendar, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.AddWorkingDays(today, Lead);
    }
}
