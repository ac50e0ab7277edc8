using Applications.Data;
using Applications.Data.Outbox;
using Applications.Domain.Accounts;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Presentation;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Meetings;

/// <summary>Letters about sessions: members get the whole of it, applicants their own turn and no names.</summary>
internal static class MeetingLetters
{
    /// <summary>Called, changed or called off.</summary>
    /// <param name="now">UTC.</param>
    public static async Task TellAsync(this ApplicationsDbContext db, PanelMeeting meeting, DateTime now, CancellationToken ct)
    {
        var step = $"{meeting.State}:{meeting.Changes}";
        foreach (var member in meeting.Members)
        {
            db.Send(OutboxKinds.SendLetter, ForMember(meeting, member.ExpertId, Because(meeting, "评审会议")), $"meeting:{meeting.Id:N}:{step}:{member.ExpertId:N}", now);
        }

        var cases = meeting.Agenda.Select(a => a.CaseId).ToList();
        foreach (var one in await db.Applications.AsNoTracking().Where(a => cases.Contains(a.Id)).Select(a => new { a.Id, a.EnterpriseId }).ToListAsync(ct))
        {
            var what = MeetingWords.ForApplicant(meeting.Kind);
            var text = meeting.State == MeetingState.Cancelled
                ? $"原定 {ChinaTime.DateAndTime(meeting.Plan.StartOf(one.Id)!.Value)} 的{what}取消。{meeting.Note}"
                : $"{what}时间：{ChinaTime.DateAndTime(meeting.Plan.StartOf(one.Id)!.Value)}，约 {meeting.Agenda.Single(a => a.CaseId == one.Id).Minutes} 分钟。\n地点：{MeetingWords.Where(meeting.Plan)}。{(meeting.Note is null ? string.Empty : $"\n变更原因：{meeting.Note}")}";
            db.Send(OutboxKinds.SendLetter, new SendLetter("meeting-applicant", Actor.HolderOf(Roles.Applicant, one.EnterpriseId), meeting.BatchId, one.Id, text, Because(meeting, what)), $"meeting:{meeting.Id:N}:{step}:{one.Id:N}", now);
        }
    }

    /// <param name="because">What the letter is: a call, a change, a reminder.</param>
    public static SendLetter ForMember(PanelMeeting meeting, Guid expert, string because) => new(
        "meeting", Actor.HolderOf(Roles.Expert, expert), meeting.BatchId, null,
        $"{MeetingWords.Of(meeting.Kind)} {meeting.Number}（{meeting.Title}）\n时间：{ChinaTime.DateAndTime(meeting.StartsAt)}\n地点：{MeetingWords.Where(meeting.Plan)}\n项目：{meeting.Agenda.Count} 个{(meeting.Note is null ? string.Empty : $"\n说明：{meeting.Note}")}",
        because, Path: $"/meetings/{meeting.Id}");

    private static string Because(PanelMeeting meeting, string what) => meeting.State == MeetingState.Cancelled ? $"{what}取消" : meeting.Changes > 0 ? $"{what}时间地点变更" : $"{what}通知";
}
