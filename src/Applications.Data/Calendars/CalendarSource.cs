using Applications.Domain.Calendars;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Data.Calendars;

/// <summary>The work calendar of the database, kept in memory for a minute: every decision needs it and it changes once a year.</summary>
public sealed class CalendarSource(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private (WorkCalendar Calendar, DateTimeOffset At)? cached;

    public async ValueTask<WorkCalendar> GetAsync(CancellationToken ct)
    {
        lock (gate)
        {
            if (cached is { } known && clock.GetUtcNow() - known.At < Freshness)
            {
                return known.Calendar;
            }
        }

        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>().Calendar.AsNoTracking().ToListAsync(ct);
        var calendar = new WorkCalendar(rows.Select(r => new CalendarDay(r.Date, r.IsWorkday, r.Note)));
        lock (gate)
        {
            cached = (calendar, clock.GetUtcNow());
        }

        return calendar;
    }

    /// <summary>Call after editing the calendar.</summary>
    public void Forget()
    {
        lock (gate)
        {
            cached = null;
        }
    }
}
