using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Applications.Data;

/// <summary>
/// Times are UTC and cut to milliseconds when written: every database then gives back exactly what was hashed and shown,
/// and Npgsql gets the kind it asks for.
/// </summary>
public sealed class UtcMilliseconds() : ValueConverter<DateTime, DateTime>(
    value => Cut(value),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    public static DateTime Cut(DateTime value) =>
        new(value.Ticks - (value.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
}
