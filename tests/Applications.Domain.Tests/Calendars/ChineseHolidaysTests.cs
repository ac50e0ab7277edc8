using System.Globalization;
using Applications.Domain.Calendars;

namespace Applications.Domain.Tests.Calendars;

public sealed class ChineseHolidaysTests
{
    private static readonly ChineseLunisolarCalendar Lunar = new();

    /// <summary>Working days of the year: 365 less 104 weekend days and the 13 (since 2025) statutory days, whatever is moved around.</summary>
    [Theory]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void AnnouncedYear_HasTheWorkingDaysTheStatuteLeaves(int year, int expected)
    {
        var calendar = WorkCalendar.BuiltIn;

        var first = new DateOnly(year, 1, 1);
        var count = Enumerable.Range(0, 365).Count(i => calendar.IsWorkday(first.AddDays(i)));

        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    public void AnnouncedYear_MakeUpDays_FallOnWeekends(int year)
    {
        var makeUp = ChineseHolidays.All.Where(d => d.Date.Year == year && d.IsWorkday).ToList();

        Assert.NotEmpty(makeUp);
        Assert.All(makeUp, d => Assert.True(d.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
        Assert.DoesNotContain(makeUp, d => d.IsProvisional);
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2027)]
    public void Year_LunarHolidays_StandOnTheirLunarDays(int year)
    {
        var off = ChineseHolidays.All.Where(d => !d.IsWorkday).Select(d => d.Date).ToHashSet();
        var springFestival = LunarDay(year, 1, 1);

        Assert.Contains(springFestival.AddDays(-1), off);
        Assert.Contains(springFestival, off);
        Assert.Contains(springFestival.AddDays(2), off);
        Assert.Contains(LunarDay(year, 5, 5), off);
        Assert.Contains(LunarDay(year, 8, 15), off);
    }

    [Fact]
    public void Year2027_IsThirteenProvisionalDays()
    {
        Assert.Equal(13, ChineseHolidays.Year2027.Count);
        Assert.All(ChineseHolidays.Year2027, d => Assert.True(d.IsProvisional));
        Assert.DoesNotContain(2027, ChineseHolidays.AnnouncedYears);
    }

    /// <summary>The month counted without leap months, which the calendar numbers along with the others.</summary>
    private static DateOnly LunarDay(int year, int month, int day)
    {
        var leap = Lunar.GetLeapMonth(year);
        var number = leap > 0 && month >= leap ? month + 1 : month;
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, number, day, 0, 0, 0, 0));
    }
}
