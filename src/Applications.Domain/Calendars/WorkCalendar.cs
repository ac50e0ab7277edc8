using System.Collections.Frozen;

namespace Applications.Domain.Calendars;

/// <summary>
/// Working days: Monday to Friday, but for the exceptions given. Immutable; days are calendar days in China. The day of receipt is not
/// counted, and a period ends at 24:00 of its last working day, as in 行政许可法 (days are working days, holidays excluded).
/// </summary>
public sealed class WorkCalendar
{
    private readonly FrozenDictionary<DateOnly, CalendarDay> _exceptions;

    /// <exception cref="ArgumentException">Two exceptions stand for the same day.</exception>
    public WorkCalendar(IEnumerable<CalendarDay> exceptions)
    {
        var byDate = new Dictionary<DateOnly, CalendarDay>();
        foreach (var day in exceptions)
        {
            if (!byDate.TryAdd(day.Date, day))
            {
                throw new ArgumentException($"The calendar names {day.Date:yyyy-MM-dd} twice.", nameof(exceptions));
            }
        }

        _exceptions = byDate.ToFrozenDictionary();
    }

    /// <summary>The State Council's arrangements built into the product, see <see cref="ChineseHolidays"/>.</summary>
    public static WorkCalendar BuiltIn { get; } = new(ChineseHolidays.All);

    public bool IsWorkday(DateOnly date) => _exceptions.TryGetValue(date, out var day)
        ? day.IsWorkday
        : date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The exception entered for a day, with its reason, or null for a day of the ordinary week.</summary>
    public CalendarDay? ExceptionOn(DateOnly date) => _exceptions.GetValueOrDefault(date);

    /// <summary>
    /// The last day of a period of <paramref name="count"/> working days that starts with a receipt on <paramref name="from"/>, which is
    /// itself not counted. Zero gives <paramref name="from"/>, whether it is a working day or not.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative; use <see cref="SubtractWorkingDays"/>.</exception>
    public DateOnly AddWorkingDays(DateOnly from, int count) => Walk(from, count, 1);

    /// <summary>The working day that stands <paramref name="count"/> working days before <paramref name="from"/>; zero gives <paramref name="from"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public DateOnly SubtractWorkingDays(DateOnly from, int count) => Walk(from, count, -1);

    /// <summary>The day itself when offices work on it, otherwise the next one on which they do.</summary>
    public DateOnly OnOrAfter(DateOnly date)
    {
        while (!IsWorkday(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    /// <summary>
    /// How many working days lie after <paramref name="from"/> up to and including <paramref name="to"/>: what is left of a period on a
    /// given day. Negative when <paramref name="to"/> is earlier: the working days overdue.
    /// </summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -WorkingDaysBetween(to, from);
        }

        var count = 0;
        for (var day = from; day < to;)
        {
            day = day.AddDays(1);
            if (IsWorkday(day))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>
    /// When a period of working days ends that starts at an instant: 24:00 in China of its last working day, as UTC. What is done before
    /// that instant is in time. Zero working days end with the day of the start.
    /// </summary>
    public DateTime DueAt(DateTime utcStart, int workingDays) =>
        ChinaTime.EndOfDay(AddWorkingDays(ChinaTime.DateOf(utcStart), workingDays));

    private DateOnly Walk(DateOnly from, int count, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);

        var day = from;
        while (count > 0)
        {
            day = day.AddDays(step);
            if (IsWorkday(day))
            {
                count--;
            }
        }

        return day;
    }
}
