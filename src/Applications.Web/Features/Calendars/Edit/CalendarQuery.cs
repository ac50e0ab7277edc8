using Applications.Data;
using Applications.Data.Outbox;
using Applications.Domain.Calendars;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Calendars.Edit;

/// <param name="Exception">What is entered for the day, or null.</param>
public sealed record DayView(DateOnly Date, bool IsWorkday, CalendarDay? Exception);

/// <param name="Blank">Empty cells before the first day; weeks begin on Monday.</param>
public sealed record MonthView(int Month, int Blank, IReadOnlyList<DayView> Days, int Workdays);

public sealed record YearView(int Year, IReadOnlyList<MonthView> Months, IReadOnlyList<CalendarRow> Exceptions, bool HasMakeUpDays);

/// <summary>A year as a calendar.</summary>
public sealed class CalendarQuery(ApplicationsDbContext db)
{
    private const int Months = 12;

    public async Task<YearView> ExecuteAsync(int year, CancellationToken ct)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var rows = await db.Calendar.AsNoTracking().Where(d => d.Date >= first && d.Date <= last).OrderBy(d => d.Date).ToListAsync(ct);
        var calendar = new WorkCalendar(rows.Select(r => new CalendarDay(r.Date, r.IsWorkday, r.Note)));
        return new YearView(year, [.. Enumerable.Range(1, Months).Select(month => MonthOf(year, month, calendar))], rows, rows.Exists(r => r.IsWorkday));
    }

    private static MonthView MonthOf(int year, int month, WorkCalendar calendar)
    {
        var days = Enumerable.Range(1, DateTime.DaysInMonth(year, month))
            .Select(day => new DateOnly(year, month, day))
            .Select(date => new DayView(date, calendar.IsWorkday(date), calendar.ExceptionOn(date)))
            .ToList();

        // Sunday is 0 in .NET and last in a Chinese week.
        var blank = ((int)days[0].Date.DayOfWeek + 6) % 7;
        return new MonthView(month, blank, days, days.Count(d => d.IsWorkday));
    }
}
