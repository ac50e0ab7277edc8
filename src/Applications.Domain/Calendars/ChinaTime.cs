using System.Globalization;

namespace Applications.Domain.Calendars;

/// <summary>
/// Between stored UTC and the time on the wall in Asia/Shanghai. The offset is fixed: China has kept UTC+8 without summer time since
/// 1992, and no instant here is older; so no time-zone database is needed.
/// </summary>
public static class ChinaTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>Wall time of a UTC instant; its kind is unspecified. An unspecified kind is taken as UTC, as the database gives it.</summary>
    /// <exception cref="ArgumentException">The kind is <see cref="DateTimeKind.Local"/>: the server's own zone never has a meaning here.</exception>
    public static DateTime ToLocal(DateTime utc) => utc.Kind == DateTimeKind.Local
        ? throw new ArgumentException("A UTC instant is needed, not the server's local time.", nameof(utc))
        : DateTime.SpecifyKind(utc + Offset, DateTimeKind.Unspecified);

    /// <summary>The UTC instant of a wall time in China, for example one typed into a form.</summary>
    /// <exception cref="ArgumentException">The value already says it is UTC, or is the server's local time.</exception>
    public static DateTime ToUtc(DateTime wallTime) => wallTime.Kind != DateTimeKind.Unspecified
        ? throw new ArgumentException("A wall time of unspecified kind is needed.", nameof(wallTime))
        : DateTime.SpecifyKind(wallTime - Offset, DateTimeKind.Utc);

    public static DateTime ToUtc(DateOnly date, TimeOnly time) => ToUtc(date.ToDateTime(time));

    /// <summary>The calendar day in China on which a UTC instant falls.</summary>
    public static DateOnly DateOf(DateTime utc) => DateOnly.FromDateTime(ToLocal(utc));

    /// <summary>Today in China.</summary>
    public static DateOnly Today(TimeProvider clock) => DateOf(clock.GetUtcNow().UtcDateTime);

    /// <summary>0:00 in China of the day, as UTC.</summary>
    public static DateTime StartOfDay(DateOnly date) => ToUtc(date, TimeOnly.MinValue);

    /// <summary>24:00 in China of the day, as UTC: the first instant that no longer belongs to it.</summary>
    public static DateTime EndOfDay(DateOnly date) => StartOfDay(date.AddDays(1));

    /// <summary>2026年11月23日 17:00</summary>
    public static string Format(DateTime utc) => ToLocal(utc).ToString("yyyy'年'M'月'd'日' HH':'mm", CultureInfo.InvariantCulture);

    /// <summary>2026年11月23日</summary>
    public static string FormatDate(DateTime utc) => FormatDate(DateOf(utc));

    /// <summary>2026年11月23日</summary>
    public static string FormatDate(DateOnly date) => date.ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture);

    /// <summary>
    /// A deadline as people read it: midnight is 24:00 of the day that ends (2026年11月23日 24:00), never 0:00 of the next, which
    /// readers take for a day more.
    /// </summary>
    public static string FormatDeadline(DateTime utc)
    {
        var wallTime = ToLocal(utc);
        return wallTime.TimeOfDay == TimeSpan.Zero && wallTime > DateTime.MinValue
            ? FormatDate(DateOnly.FromDateTime(wallTime).AddDays(-1)) + " 24:00"
            : Format(utc);
    }
}
