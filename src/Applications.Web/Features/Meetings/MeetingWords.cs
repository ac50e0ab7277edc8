using Applications.Domain.Reviews.Meetings;
using Applications.Web.Infrastructure.TagHelpers;

namespace Applications.Web.Features.Meetings;

/// <summary>What kinds and stages of meetings are called.</summary>
public static class MeetingWords
{
    public static string Of(MeetingKind kind) => kind == MeetingKind.SiteVisit ? "现场核查" : "答辩评审会";

    /// <summary>As the applicant reads it.</summary>
    public static string ForApplicant(MeetingKind kind) => kind == MeetingKind.SiteVisit ? "现场核查" : "答辩";

    /// <summary>As it stands now: called, or running already.</summary>
    public static string Of(PanelMeeting meeting)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return meeting.IsRunning ? "进行中" : Of(meeting.State);
    }

    public static StatusKind KindOf(PanelMeeting meeting)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return meeting.IsRunning ? StatusKind.Progress : KindOf(meeting.State);
    }

    public static string Of(MeetingState state) => state switch
    {
        MeetingState.Called => "已通知",
        MeetingState.Written => "意见待确认",
        MeetingState.Closed => "已结束",
        _ => "已取消",
    };

    public static StatusKind KindOf(MeetingState state) => state switch
    {
        MeetingState.Called => StatusKind.Info,
        MeetingState.Written => StatusKind.Progress,
        MeetingState.Closed => StatusKind.Success,
        _ => StatusKind.Neutral,
    };

    /// <summary>Place and link, as far as there are.</summary>
    public static string Where(MeetingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return string.Join("，", new[] { plan.Place, plan.Link is null ? null : plan.Place.Length > 0 ? $"线上 {plan.Link}" : plan.Link }.Where(w => !string.IsNullOrEmpty(w)));
    }
}
