using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews;
using Microsoft.EntityFrameworkCore;
using Shown = Applications.Web.Infrastructure.Presentation.ChinaTime;

namespace Applications.Web.Features.Meetings.Show;

/// <summary>A session as its reader sees it.</summary>
/// <param name="Names">What the reader calls each expert.</param>
/// <param name="Recused">Who stepped down, by file.</param>
/// <param name="Me">The reader's own seat; null for the department.</param>
/// <param name="At">UTC; when it is looked at.</param>
/// <param name="IsKnown">Whether the reader may know who sits.</param>
public sealed record MeetingView(
    PanelMeeting Meeting, string BatchName, IReadOnlyDictionary<Guid, string> Names, ILookup<Guid, Guid> Recused, MeetingMember? Me, bool IsKnown, bool IsToday, DateTime At)
{
    public bool IsLeader => Me is not null && Me.ExpertId == Meeting.LeaderId;

    /// <summary>The leader's words are his own until he hands them in.</summary>
    public bool ShowsOpinion => Meeting.WrittenAt is not null || (IsLeader && Me!.SignedInAt is not null && Meeting.State == MeetingState.Called);

    /// <summary>What runs now: the last that was begun.</summary>
    public AgendaItem? Now => Meeting.State == MeetingState.Called ? Meeting.Agenda.Where(a => a.StartedAt is not null).MaxBy(a => a.StartedAt) : null;

    /// <summary>When it was really begun, agreed upon and closed; null before the first file was begun.</summary>
    public string? Actual
    {
        get
        {
            if (Meeting.Agenda.Min(a => a.StartedAt) is not { } began)
            {
                return null;
            }

            string Moment(DateTime at) => ChinaTime.DateOf(at) == ChinaTime.DateOf(began) ? Shown.Clock(at) : Shown.DateAndTime(at);
            return $"{Shown.DateAndTime(began)} 开始{(Meeting.WrittenAt is { } written ? $"，{Moment(written)} 形成意见" : string.Empty)}{(Meeting.ClosedAt is { } closed ? $"，{Moment(closed)} 结束" : string.Empty)}";
        }
    }

    /// <summary>What is asked before a file is begun ahead of its hour or of others; null where nothing is odd.</summary>
    public string? DoubtAbout(AgendaItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var before = Meeting.Agenda.TakeWhile(a => a != item).Where(a => a.StartedAt is null).Select(a => a.Name).ToList();
        string?[] doubts =
        [
            At < Meeting.StartsAt ? $"还没到会议时间 {Shown.Clock(Meeting.StartsAt)}。" : null,
            before.Count > 0 ? $"排在前面的还没有开始：{string.Join("、", before)}。" : null,
        ];
        var doubt = string.Concat(doubts);
        return doubt.Length == 0 ? null : $"{doubt}现在就开始“{item.Name}”？";
    }

    /// <summary>The reader stepped down from this file and does not take part while it is spoken of.</summary>
    public bool IsRecused(Guid caseId) => Me is not null && Recused[caseId].Contains(Me.ExpertId);

    public string? OpinionOf(Guid caseId) => Meeting.Opinions.FirstOrDefault(o => o.CaseId == caseId)?.Text;

    public SiteFinding? FindingOf(Guid caseId, string point) => Meeting.Findings.FirstOrDefault(f => f.CaseId == caseId && f.Point == point);
}

/// <summary>One session, for the department and for its members.</summary>
public sealed class MeetingQuery(ApplicationsDbContext db, PanelSittingQuery sittings, SealedSourcesQuery sources, TimeProvider clock)
{
    public async Task<MeetingView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var meeting = (actor.IsDepartment || actor.Is(Roles.Expert) ? await db.Meetings.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) : null) ?? throw new NotFoundException();
        var sitting = await sittings.ExecuteAsync(meeting.Round, [.. meeting.Agenda.Select(a => a.CaseId)], ct);
        meeting.Follow(sitting.Members, sitting.Stepped);
        var me = actor.Is(Roles.Expert) ? meeting.Find(actor.ScopeId) ?? throw new NotFoundException() : null;
        var (day, today) = (ChinaTime.DateOf(meeting.StartsAt), ChinaTime.Today(clock));

        // Members meet one another on the day, and not before.
        var known = actor.IsDepartment ? (await sources.OfAsync(sitting.Sources, actor, ct)).Count == 0 : today >= day;
        var names = meeting.Members.Select((m, i) => (m.ExpertId, Name: known || m == me ? m.Name : $"专家 {i + 1}")).ToDictionary(m => m.ExpertId, m => m.Name);
        var batch = await db.Batches.AsNoTracking().Where(b => b.Id == meeting.BatchId).Select(b => b.Name).SingleAsync(ct);
        return new MeetingView(meeting, batch, names, sitting.Recused, me, known, day == today, clock.GetUtcNow().UtcDateTime);
    }
}
