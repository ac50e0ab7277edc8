using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Reviews.Meetings;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Meetings;

/// <summary>The turn of one file at a session.</summary>
/// <param name="Opinion">What the panel holds of the file; for the department, once it is handed in.</param>
/// <param name="Note">Why it was changed or called off.</param>
/// <param name="Differs">Points that were found otherwise than filed; likewise.</param>
public sealed record CaseMeeting(
    Guid Id, MeetingKind Kind, string Number, MeetingState State, DateTime StartsAt, int Minutes, string Where, string? Opinion, IReadOnlyList<string> Differs, bool IsRunning, string? Note);

/// <summary>A session that waits for a firm.</summary>
/// <param name="StartsAt">Of its own turn, UTC.</param>
public sealed record CalledFirm(Guid CaseId, string BatchName, MeetingKind Kind, DateTime StartsAt, int Minutes, string Where);

/// <summary>The sessions that take a file; whoever may read the file learns when and where, and the department what came of it.</summary>
public sealed class CaseMeetingsQuery(ApplicationsDbContext db)
{
    public async Task<IReadOnlyList<CaseMeeting>> ExecuteAsync(Application application, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(actor);
        var meetings = await db.Meetings.AsNoTracking().Where(m => m.BatchId == application.BatchId).OrderBy(m => m.StartsAt).ToListAsync(ct);
        return [.. meetings.Where(m => m.Agenda.Any(a => a.CaseId == application.Id)).Select(m => Of(m, application.Id, actor.IsDepartment && m.WrittenAt is not null))];
    }

    /// <summary>The sessions to which an enterprise is called and that have not come to their end.</summary>
    public async Task<IReadOnlyList<CalledFirm>> ForFirmAsync(Guid enterpriseId, CancellationToken ct)
    {
        var rows = await (
            from a in db.Applications.AsNoTracking()
            join m in db.Meetings.AsNoTracking() on a.BatchId equals m.BatchId
            join b in db.Batches.AsNoTracking() on a.BatchId equals b.Id
            where a.EnterpriseId == enterpriseId && a.Result == null && m.State == MeetingState.Called
            orderby m.StartsAt
            select new { a.Id, b.Name, Meeting = m }).ToListAsync(ct);
        return
        [
            .. from row in rows
               let turn = row.Meeting.Agenda.FirstOrDefault(t => t.CaseId == row.Id)
               where turn is not null
               select new CalledFirm(row.Id, row.Name, row.Meeting.Kind, row.Meeting.Plan.StartOf(row.Id)!.Value, turn.Minutes, MeetingWords.Where(row.Meeting.Plan)),
        ];
    }

    private static CaseMeeting Of(PanelMeeting meeting, Guid caseId, bool isTold)
    {
        var item = meeting.Agenda.Single(a => a.CaseId == caseId);
        var differs = isTold ? meeting.Findings.Where(f => f.CaseId == caseId && !f.Holds).ToList() : [];
        return new CaseMeeting(
            meeting.Id, meeting.Kind, meeting.Number, meeting.State, meeting.Plan.StartOf(caseId)!.Value, item.Minutes, MeetingWords.Where(meeting.Plan),
            isTold ? meeting.Opinions.FirstOrDefault(o => o.CaseId == caseId)?.Text : null,
            differs.ConvertAll(f => $"{item.Points.FirstOrDefault(p => p.Key == f.Point)?.Title}：{f.Note}"), meeting.IsRunning, meeting.State == MeetingState.Closed ? null : meeting.Note);
    }
}
