using System.Globalization;

namespace Applications.Web.Infrastructure.Presentation;

/// <summary>Times as people here read them: stored UTC, shown in Asia/Shanghai.</summary>
public static class ChinaTime
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>The wall-clock time in Shanghai of a stored UTC instant.</summary>
    public static DateTime Local(DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>2026年3月9日</summary>
    public static string Date(DateTime utc) => Local(utc).ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    /// <summary>3月9日</summary>
    public static string ShortDate(DateTime utc) => Local(utc).ToString("M月d日", CultureInfo.InvariantCulture);

    /// <summary>2026年3月9日 17:30</summary>
    public static string DateAndTime(DateTime utc) => Local(utc).ToString("yyyy年M月d日 HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A deadline: midnight is 24:00 of the day that ends, never 0:00 of the next.</summary>
    public static string Deadline(DateTime utc) => Domain.Calendars.ChinaTime.FormatDeadline(utc);

    /// <summary>17:30</summary>
    public static string Clock(DateTime utc) => Local(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The machine-readable form for a <c>time</c> element, with the offset of Shanghai.</summary>
    public static string Machine(DateTime utc) => Local(utc).ToString("yyyy-MM-dd'T'HH:mm:ss'+08:00'", CultureInfo.InvariantCulture);

    /// <summary>刚刚, 12分钟前, 3小时前, 昨天, 5天前; further back the date.</summary>
    public static string Ago(DateTime utc, DateTime nowUtc)
    {
        var passed = nowUtc - utc;
        if (passed < TimeSpan.Zero)
        {
            return DateAndTime(utc);
        }

        if (passed < TimeSpan.FromMinutes(1))
        {
            return "刚刚";
        }

        if (passed < TimeSpan.FromHours(1))
        {
            return $"{(int)passed.TotalMinutes}分钟前";
        }

        var days = (Local(nowUtc).Date - Local(utc).Date).Days;
        return days switch
        {
            0 => $"{(int)passed.TotalHours}小时前",
            1 => "昨天",
            <= 30 => $"{days}天前",
            _ => Date(utc),
        };
    }
}
