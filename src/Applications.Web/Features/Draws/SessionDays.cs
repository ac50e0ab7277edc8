using Applications.Domain.Calendars;

namespace Applications.Web.Features.Draws;

/// <summary>The day of the review that a new request proposes.</summary>
public static class SessionDays
{
    /// <summary>Working days that approval, draw and invitations take; names stay sealed as long.</summary>
    public const int Lead = 3;

    /// <summary>What the day decides, for whoever fills it in.</summary>
    public const string Hint = "专家姓名到这一天才对经办开封，此前以编号代替；默认三个工作日后。填今天即不保密。";

    public static DateOnly Proposed(WorkCalendar calendar, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.AddWorkingDays(today, Lead);
    }
}
