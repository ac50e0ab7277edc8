using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Meetings.List;

/// <summary>A panel at work with files that no session takes.</summary>
/// <param name="Cases">How many no session takes.</param>
/// <param name="Of">How many it has.</param>
public sealed record WaitingPanel(Guid DrawId, string Panel, string Title, int Cases, int Of, DateOnly SessionOn);

/// <summary>Sessions: all for the department, their own for experts.</summary>
public sealed class MeetingListQuery(ApplicationsDbContext db, TimeProvider clock)
{
    /// <summary>How far back sessions are listed; those of a batch that is asked for, all.</summary>
    private const int Months = 12;

    /// <param name="text">A piece of number or title.</param>
    /// <returns>Those to come first, soonest first; then those that are over, latest first.</returns>
    public async Task<IReadOnlyList<PanelMeeting>> ExecuteAsync(Guid? batch, MeetingState? state, string? text, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var since = clock.GetUtcNow().UtcDateTime.AddMonths(-Months);
        var meetings = db.Meetings.AsNoTracking().Where(m => (batch == null ? m.StartsAt >= since : m.BatchId == batch) && (state == null || m.State == state));
        if (!string.IsNullOrWhiteSpace(text))
        {
            var piece = text.Trim();
            meetings = meetings.Where(m => m.Number.Contains(piece) || m.Title.Contains(piece));
        }

        IReadOnlyList<PanelMeeting> found = await meetings.OrderByDescending(m => m.StartsAt).ToListAsync(ct);
        if (!actor.IsDepartment)
        {
            found = await OwnAsync(found, actor, ct);
        }

        var today = ChinaTime.StartOfDay(ChinaTime.Today(clock));
        return [.. found.Where(m => m.IsOpen && m.StartsAt >= today).OrderBy(m => m.StartsAt), .. found.Where(m => !m.IsOpen || m.StartsAt < today)];
    }

    /// <summary>Panels whose files are under review and are not all called to a session, latest first.</summary>
    public async Task<IReadOnlyList<WaitingPanel>> WaitingAsync(Guid? batch, CancellationToken ct)
    {
        var draws = await db.Draws.AsNoTracking()
            .Where(d => d.State == DrawState.Drawn && d.Purpose == DrawPurpose.Panels && (batch == null || d.BatchId == batch)
                && db.Reviews.Any(r => r.DrawId == d.Id && (r.State == ReviewState.Assigned || r.State == ReviewState.Scoring)))
            .OrderByDescending(d => d.SessionOn).Select(d => new { d.Id, d.Title, d.Groups, d.SessionOn }).Take(50).ToListAsync(ct);
        var ids = draws.ConvertAll(d => d.Id);
        var called = (await db.Meetings.AsNoTracking().Where(m => ids.Contains(m.DrawId) && m.State != MeetingState.Cancelled).Select(m => new { m.DrawId, m.Agenda }).ToListAsync(ct)).SelectMany(m => m.Agenda.Select(a => (m.DrawId, a.CaseId))).ToHashSet();
        return
        [
            .. draws.SelectMany(d => d.Groups.Select(g => new WaitingPanel(d.Id, g.Key, $"{d.Title} {g.Title}", g.Cases.Count(c => !called.Contains((d.Id, c))), g.Cases.Count, d.SessionOn))).Where(p => p.Cases > 0),
        ];
    }

    /// <summary>An expert's own: he is on the list, or has come to a seat since.</summary>
    private async Task<IReadOnlyList<PanelMeeting>> OwnAsync(IReadOnlyList<PanelMeeting> meetings, Actor actor, CancellationToken ct)
    {
        if (meetings.Count == 0 || !actor.Is(Roles.Expert))
        {
            return [];
        }

        var seats = await db.Reviews.AsNoTracking().Where(r => r.ExpertId == actor.ScopeId).Select(r => new { r.CaseId, r.Round, r.State }).ToListAsync(ct);
        var sits = seats.Where(s => s.State != ReviewState.Declined).Select(s => (s.CaseId, s.Round)).ToHashSet();
        return [.. meetings.Where(m => m.Find(actor.ScopeId) is { SignedInAt: not null } || (m.State != MeetingState.Called && m.Find(actor.ScopeId) is not null) || m.Agenda.Any(a => sits.Contains((a.CaseId, m.Round))))];
    }
}
