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
    /// <param name="before">What was told until now, when it is changed.</param>
    /// <param name="now">UTC.</param>
    public static async Task TellAsync(this ApplicationsDbContext db, PanelMeeting meeting, MeetingPlan? before, DateTime now, CancellationToken ct)
    {
        var step = $"{meeting.State}:{meeting.Changes}";
        foreach (var member in meeting.Members)
        {
            db.Send(OutboxKinds.SendLetter, ForMember(meeting, member.ExpertId, Because(meeting, "评审会议"), before), $"meeting:{meeting.Id:N}:{step}:{member.ExpertId:N}", now);
        }

        var cases = meeting.Agenda.Concat(before?.Agenda ?? []).Select(a => a.CaseId).Distinct().ToList();
        foreach (var one in await db.Applications.AsNoTracking().Where(a => cases.Contains(a.Id)).Select(a => new { a.Id, a.EnterpriseId }).ToListAsync(ct))
        {
            db.Send(OutboxKinds.SendLetter, ForApplicant(meeting, before, one.Id, Actor.HolderOf(Roles.Applicant, one.EnterpriseId)), $"meeting:{meeting.Id:N}:{step}:{one.Id:N}", now);
        }
    }

    /// <param name="because">What the letter is: a call, a change, a reminder.</param>
    /// <param name="before">See <see cref="TellAsync"/>.</param>
    public static SendLetter ForMember(PanelMeeting meeting, Guid expert, string because, MeetingPlan? before = null)
    {
        var isOff = meeting.State == MeetingState.Cancelled;
        string[] lines =
        [
            $"{MeetingWords.Of(meeting.Kind)} {meeting.Number}（{meeting.Title}）{(isOff ? "已取消。" : string.Empty)}",
            .. Moved(before?.StartsAt, meeting.StartsAt, isOff),
            .. Where(before, meeting.Plan, isOff),
            .. isOff ? Array.Empty<string>() : [$"项目：{meeting.Agenda.Count} 个"],
            .. Why(meeting),
        ];
        return new SendLetter(isOff ? "meeting-cancelled" : "meeting", Actor.HolderOf(Roles.Expert, expert), meeting.BatchId, null, string.Join('\n', lines), because, Path: $"/meetings/{meeting.Id}");
    }

    private static SendLetter ForApplicant(PanelMeeting meeting, MeetingPlan? before, Guid caseId, string holder)
    {
        var what = MeetingWords.ForApplicant(meeting.Kind);
        var (was, starts) = (before?.StartOf(caseId), meeting.Plan.StartOf(caseId));
        var isOff = meeting.State == MeetingState.Cancelled || starts is null;
        string[] lines =
        [
            .. isOff ? [$"原定的{what}已取消。"] : Array.Empty<string>(),
            .. Moved(was, starts ?? was!.Value, isOff),
            .. isOff ? Array.Empty<string>() : [$"时长：约 {meeting.Agenda.Single(a => a.CaseId == caseId).Minutes} 分钟"],
            .. Where(was is null ? null : before, meeting.Plan, isOff),
            .. Why(meeting),
        ];
        return new SendLetter(
            isOff ? "meeting-applicant-cancelled" : "meeting-applicant", holder, meeting.BatchId, caseId, string.Join('\n', lines),
            isOff ? $"{what}取消" : Because(meeting, what, isChange: before is null || was is not null));
    }

    private static IEnumerable<string> Moved(DateTime? was, DateTime starts, bool isOff) =>
        isOff ? [$"原定时间：{ChinaTime.DateAndTime(starts)}"]
        : was is null ? [$"时间：{ChinaTime.DateAndTime(starts)}"]
        : was == starts ? [$"时间：{ChinaTime.DateAndTime(starts)}（不变）"]
        : [$"原定时间：{ChinaTime.DateAndTime(was.Value)}（作废）", $"现定时间：{ChinaTime.DateAndTime(starts)}"];

    private static IEnumerable<string> Where(MeetingPlan? was, MeetingPlan plan, bool isOff)
    {
        var (old, place) = (was is null ? null : MeetingWords.Where(was), MeetingWords.Where(plan));
        return isOff ? [$"原定地点：{old ?? place}"]
            : old is null ? [$"地点：{place}"]
            : old == place ? [$"地点：{place}（不变）"]
            : [$"原定地点：{old}（作废）", $"现定地点：{place}"];
    }

    private static IEnumerable<string> Why(PanelMeeting meeting) =>
        meeting.Note is null ? [] : [$"{(meeting.State == MeetingState.Cancelled ? "取消" : "变更")}原因：{meeting.Note}"];

    private static string Because(PanelMeeting meeting, string what, bool isChange = true) =>
        meeting.State == MeetingState.Cancelled ? $"{what}取消" : meeting.Changes > 0 && isChange ? $"{what}变更" : $"{what}通知";
}
