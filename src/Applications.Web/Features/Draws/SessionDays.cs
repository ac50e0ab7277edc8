using Applications.Domain.Calendars;
using Applications.Domain.Common;

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

    /// <summary>A request names the day, for taking today in its place would seal nothing; and it is still to come.</summary>
    /// <param name="day">The first of all days when none was given.</param>
    /// <exception cref="RuleBrokenException"><c>session-required</c>, <c>session-past</c>.</exception>
    public static void Require(DateOnly day, DateOnly today)
    {
        if (day == default)
        {
            throw new RuleBrokenException("session-required", "请填写评审日期；专家姓名到这一天才开封。", "SessionOn");
        }

        if (day < today)
        {
            throw new RuleBrokenException("session-past", "评审日期不能早于今天。", "SessionOn");
        }
    }

    public static DateOnly Proposed(WorkCalendar calendar, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.AddWorkingDays(today, Lead);
    }
}
