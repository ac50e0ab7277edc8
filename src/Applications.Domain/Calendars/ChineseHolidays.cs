namespace Applications.Domain.Calendars;

/// <summary>
/// Holidays and make-up days as the General Office of the State Council published them: 2025 by 国办发明电〔2024〕12号
/// (12 November 2024), 2026 by 国办发明电〔2025〕7号 (4 November 2025). 2027 has only the statutory days of
/// 全国年节及纪念日放假办法 (2024), marked provisional until the notice for that year is entered in the calendar table.
/// Only seeds and tests need this list: what counts at run time is the table.
/// </summary>
public static class ChineseHolidays
{
    /// <summary>Years whose notice is entered in full.</summary>
    public static IReadOnlyList<int> AnnouncedYears { get; } = [2025, 2026];

    public static IReadOnlyList<CalendarDay> Year2025 { get; } =
    [
        .. Off("元旦", new(2025, 1, 1), 1),
        .. Off("春节", new(2025, 1, 28), 8),
        Work("春节", new(2025, 1, 26)),
        Work("春节", new(2025, 2, 8)),
        .. Off("清明节", new(2025, 4, 4), 3),
        .. Off("劳动节", new(2025, 5, 1), 5),
        Work("劳动节", new(2025, 4, 27)),
        .. Off("端午节", new(2025, 5, 31), 3),
        .. Off("国庆节、中秋节", new(2025, 10, 1), 8),
        Work("国庆节、中秋节", new(2025, 9, 28)),
        Work("国庆节、中秋节", new(2025, 10, 11)),
    ];

    public static IReadOnlyList<CalendarDay> Year2026 { get; } =
    [
        .. Off("元旦", new(2026, 1, 1), 3),
        Work("元旦", new(2026, 1, 4)),
        .. Off("春节", new(2026, 2, 15), 9),
        Work("春节", new(2026, 2, 14)),
        Work("春节", new(2026, 2, 28)),
        .. Off("清明节", new(2026, 4, 4), 3),
        .. Off("劳动节", new(2026, 5, 1), 5),
        Work("劳动节", new(2026, 5, 9)),
        .. Off("端午节", new(2026, 6, 19), 3),
        .. Off("中秋节", new(2026, 9, 25), 3),
        .. Off("国庆节", new(2026, 10, 1), 7),
        Work("国庆节", new(2026, 9, 20)),
        Work("国庆节", new(2026, 10, 10)),
    ];

    public static IReadOnlyList<CalendarDay> Year2027 { get; } =
    [
        .. Statutory("元旦", new(2027, 1, 1), 1),
        .. Statutory("春节", new(2027, 2, 5), 4),
        .. Statutory("清明节", new(2027, 4, 5), 1),
        .. Statutory("劳动节", new(2027, 5, 1), 2),
        .. Statutory("端午节", new(2027, 6, 9), 1),
        .. Statutory("中秋节", new(2027, 9, 15), 1),
        .. Statutory("国庆节", new(2027, 10, 1), 3),
    ];

    public static IReadOnlyList<CalendarDay> All { get; } = [.. Year2025, .. Year2026, .. Year2027];

    private static IEnumerable<CalendarDay> Off(string name, DateOnly first, int days) =>
        Enumerable.Range(0, days).Select(i => new CalendarDay(first.AddDays(i), false, name));

    private static CalendarDay Work(string name, DateOnly date) => new(date, true, name + "调休上班");

    private static IEnumerable<CalendarDay> Statutory(string name, DateOnly first, int days) =>
        Off(name, first, days).Select(d => d with { Note = name + "（暂定）", IsProvisional = true });
}
