using System.Globalization;
using Applications.Domain.Calendars;
using CsCheck;

namespace Applications.Domain.Tests.Calendars;

public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar Calendar = WorkCalendar.BuiltIn;

    private static readonly Gen<DateOnly> AnyDay = Gen.Int[0, 1200].Select(i => new DateOnly(2024, 12, 1).AddDays(i));
    private static readonly Gen<int> AnyCount = Gen.Int[0, 120];

    [Theory]
    [InlineData("2026-11-23", true, "an ordinary Monday")]
    [InlineData("2026-11-21", false, "an ordinary Saturday")]
    [InlineData("2026-02-14", true, "make-up Saturday before Spring Festival")]
    [InlineData("2026-02-16", false, "Spring Festival")]
    [InlineData("2026-10-10", true, "make-up Saturday after National Day")]
    [InlineData("2025-10-08", false, "National Day and Mid-Autumn together")]
    [InlineData("2025-09-28", true, "make-up Sunday")]
    public void IsWorkday_Day_FollowsTheNotice(string date, bool expected, string why) =>
        Assert.True(expected == Calendar.IsWorkday(Day(date)), why);

    [Theory]
    [InlineData("2025-12-01", 4, "2025-12-05")]
    [InlineData("2026-11-20", 1, "2026-11-23")]
    [InlineData("2026-11-21", 1, "2026-11-23")]
    [InlineData("2026-11-23", 5, "2026-11-30")]
    [InlineData("2026-02-13", 1, "2026-02-14")]
    [InlineData("2026-02-13", 2, "2026-02-24")]
    [InlineData("2026-09-30", 1, "2026-10-08")]
    [InlineData("2026-09-30", 3, "2026-10-10")]
    [InlineData("2026-09-30", 4, "2026-10-12")]
    [InlineData("2026-11-21", 0, "2026-11-21")]
    public void AddWorkingDays_DayOfReceipt_IsNotCounted(string from, int count, string expected) =>
        Assert.Equal(Day(expected), Calendar.AddWorkingDays(Day(from), count));

    [Theory]
    [InlineData("2026-11-23", 1, "2026-11-20")]
    [InlineData("2026-02-24", 1, "2026-02-14")]
    [InlineData("2026-11-30", 10, "2026-11-16")]
    public void SubtractWorkingDays_FindsTheDayToRemind(string from, int count, string expected) =>
        Assert.Equal(Day(expected), Calendar.SubtractWorkingDays(Day(from), count));

    [Theory]
    [InlineData("2026-11-23", "2026-11-23", 0)]
    [InlineData("2026-11-20", "2026-11-23", 1)]
    [InlineData("2026-11-23", "2026-11-20", -1)]
    [InlineData("2026-09-30", "2026-10-10", 3)]
    public void WorkingDaysBetween_TwoDays_CountsTheLastNotTheFirst(string from, string to, int expected) =>
        Assert.Equal(expected, Calendar.WorkingDaysBetween(Day(from), Day(to)));

    [Fact]
    public void DueAt_IsMidnightInChinaAfterTheLastWorkingDay()
    {
        // 23:30 on Monday in China is still Monday's receipt.
        var received = new DateTime(2026, 11, 23, 15, 30, 0, DateTimeKind.Utc);

        var due = Calendar.DueAt(received, 5);

        Assert.Equal(new DateTime(2026, 11, 30, 16, 0, 0, DateTimeKind.Utc), due);
        Assert.Equal(DateTimeKind.Utc, due.Kind);
        Assert.Equal("2026年11月30日 24:00", ChinaTime.FormatDeadline(due));
    }

    [Fact]
    public void DueAt_ReceivedAfterMidnightInChina_CountsFromThatDay()
    {
        // 16:30 UTC on Monday is 0:30 on Tuesday in China.
        var received = new DateTime(2026, 11, 23, 16, 30, 0, DateTimeKind.Utc);

        Assert.Equal(new DateTime(2026, 12, 1, 16, 0, 0, DateTimeKind.Utc), Calendar.DueAt(received, 5));
    }

    [Fact]
    public void OnOrAfter_Holiday_IsTheFirstDayBack() =>
        Assert.Equal(new DateOnly(2026, 2, 24), Calendar.OnOrAfter(new DateOnly(2026, 2, 15)));

    [Fact]
    public void ExceptionOn_Holiday_SaysWhy()
    {
        Assert.Equal("春节", Calendar.ExceptionOn(new DateOnly(2026, 2, 16))?.Note);
        Assert.Null(Calendar.ExceptionOn(new DateOnly(2026, 11, 21)));
    }

    [Fact]
    public void New_SameDayTwice_IsRefused()
    {
        var day = new CalendarDay(new DateOnly(2026, 5, 1), false, "劳动节");

        Assert.Throws<ArgumentException>(() => new WorkCalendar([day, day with { IsWorkday = true }]));
    }

    [Fact]
    public void AddWorkingDays_NegativeCount_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkingDays(new DateOnly(2026, 1, 1), -1));

    [Fact]
    public void AddWorkingDays_Positive_EndsOnAWorkday() =>
        Gen.Select(AnyDay, AnyCount).Where((_, count) => count > 0)
            .Sample((day, count) => Calendar.IsWorkday(Calendar.AddWorkingDays(day, count)));

    [Fact]
    public void AddWorkingDays_MoreDaysOrLaterStart_NeverEndsEarlier() =>
        Gen.Select(AnyDay, AnyDay, AnyCount, AnyCount).Sample((first, second, few, many) =>
        {
            var (from, later) = first <= second ? (first, second) : (second, first);
            var (less, more) = few <= many ? (few, many) : (many, few);
            return Calendar.AddWorkingDays(from, less) <= Calendar.AddWorkingDays(from, more)
                && Calendar.AddWorkingDays(from, less) <= Calendar.AddWorkingDays(later, less);
        });

    [Fact]
    public void AddWorkingDays_InTwoSteps_IsTheSameAsInOne() =>
        Gen.Select(AnyDay, AnyCount, AnyCount).Sample((day, first, second) =>
            Calendar.AddWorkingDays(Calendar.AddWorkingDays(day, first), second) == Calendar.AddWorkingDays(day, first + second));

    [Fact]
    public void WorkingDaysBetween_StartAndEndOfPeriod_IsItsLength() =>
        Gen.Select(AnyDay, AnyCount).Sample((day, count) =>
            Calendar.WorkingDaysBetween(day, Calendar.AddWorkingDays(day, count)) == count);

    [Fact]
    public void SubtractWorkingDays_FromAWorkday_UndoesAdding() =>
        Gen.Select(AnyDay.Where(Calendar.IsWorkday), AnyCount).Sample((day, count) =>
            Calendar.SubtractWorkingDays(Calendar.AddWorkingDays(day, count), count) == day);

    private static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
