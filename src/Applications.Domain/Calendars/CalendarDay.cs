namespace Applications.Domain.Calendars;

/// <summary>A day that differs from the ordinary week: a holiday on a weekday, or a make-up working day (调休) at a weekend.</summary>
/// <param name="Date">The day in China.</param>
/// <param name="IsWorkday">Whether offices work on it.</param>
/// <param name="Note">Why, in Chinese, for example 春节 or 春节调休上班.</param>
/// <param name="IsProvisional">Entered before the year's notice came out; the notice will add days and make-up days.</param>
public sealed record CalendarDay(DateOnly Date, bool IsWorkday, string Note, bool IsProvisional = false);
