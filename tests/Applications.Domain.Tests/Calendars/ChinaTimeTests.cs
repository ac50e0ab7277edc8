using Applications.Domain.Calendars;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Applications.Domain.Tests.Calendars;

public sealed class ChinaTimeTests
{
    private static readonly Gen<DateTime> AnyInstant =
        Gen.DateTime[new DateTime(2000, 1, 1), new DateTime(2100, 1, 1)].Select(d => DateTime.SpecifyKind(d, DateTimeKind.Utc));

    [Fact]
    public void Format_UtcInstant_ShowsChineseWallTime()
    {
        var utc = new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

        Assert.Equal("2026年11月23日 17:00", ChinaTime.Format(utc));
        Assert.Equal("2026年11月23日", ChinaTime.FormatDate(utc));
        Assert.Equal("2026年1月5日", ChinaTime.FormatDate(new DateOnly(2026, 1, 5)));
    }

    [Fact]
    public void FormatDeadline_Midnight_Is24OfTheDayThatEnds()
    {
        var due = ChinaTime.EndOfDay(new DateOnly(2026, 11, 30));

        Assert.Equal("2026年11月30日 24:00", ChinaTime.FormatDeadline(due));
        Assert.Equal("2026年11月30日 23:59", ChinaTime.FormatDeadline(due.AddMinutes(-1)));
    }

    [Fact]
    public void Today_JustAfterMidnightInChina_IsAlreadyTheNextDay()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 31, 16, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateOnly(2027, 1, 1), ChinaTime.Today(clock));
    }

    [Fact]
    public void StartAndEndOfDay_AreUtcInstants()
    {
        var day = new DateOnly(2026, 11, 23);

        Assert.Equal(new DateTime(2026, 11, 22, 16, 0, 0, DateTimeKind.Utc), ChinaTime.StartOfDay(day));
        Assert.Equal(new DateTime(2026, 11, 23, 16, 0, 0, DateTimeKind.Utc), ChinaTime.EndOfDay(day));
        Assert.Equal(DateTimeKind.Utc, ChinaTime.EndOfDay(day).Kind);
    }

    [Fact]
    public void ToLocal_ServerTime_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ChinaTime.ToLocal(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local)));

    [Fact]
    public void ToUtc_OfUtc_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ChinaTime.ToUtc(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)));

    [Fact]
    public void ToUtc_OfToLocal_IsTheSameInstant() =>
        AnyInstant.Sample(utc => ChinaTime.ToUtc(ChinaTime.ToLocal(utc)) == utc);

    [Fact]
    public void FixedOffset_EqualsTheTimeZoneDatabase()
    {
        var shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

        AnyInstant.Sample(utc => TimeZoneInfo.ConvertTimeFromUtc(utc, shanghai) == ChinaTime.ToLocal(utc));
    }
}
