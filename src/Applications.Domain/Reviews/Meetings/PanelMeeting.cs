using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Meetings;

/// <summary>
/// A session of a panel (programmes.md 4.2, modes; 4.3, point 3): called by the department, led by one of its members, closed by the opinion that those present
/// confirm. Scores stay on the members' own sheets.
/// </summary>
public sealed partial class PanelMeeting
{
    public const int LongestPlace = 200;
    public const int LongestNote = 500;
    public const int LongestOpinion = 2000;
    public const int MostMinutes = 480;

    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    public required string Round { get; init; }

    /// <summary>The draw whose panel meets.</summary>
    public required Guid DrawId { get; init; }

    /// <summary>Key of the panel in that draw.</summary>
    public required string Panel { get; init; }

    public required string Number { get; init; }

    public required string Title { get; init; }

    public required MeetingKind Kind { get; init; }

    /// <summary>UTC.</summary>
    public DateTime StartsAt { get; private set; }

    public string Place { get; private set; } = string.Empty;

    /// <summary>For those who take part from afar; null without.</summary>
    public string? Link { get; private set; }

    public IReadOnlyList<AgendaItem> Agenda { get; private set; } = [];

    public IReadOnlyList<MeetingMember> Members { get; private set; } = [];

    /// <summary>Named by the department or elected by the members (programmes.md 4.3, point 3); null until then.</summary>
    public Guid? LeaderId { get; private set; }

    public MeetingState State { get; private set; }

    /// <summary>How often time, place or order were changed: each change is told anew.</summary>
    public int Changes { get; private set; }

    public IReadOnlyList<SiteFinding> Findings { get; private set; } = [];

    /// <summary>A draft of the leader's until <see cref="WrittenAt"/>.</summary>
    public IReadOnlyList<FileOpinion> Opinions { get; private set; } = [];

    /// <summary>What the panel says of all files together; may be empty.</summary>
    public string Summary { get; private set; } = string.Empty;

    /// <summary>UTC; when the opinion was handed in last.</summary>
    public DateTime? WrittenAt { get; private set; }

    /// <summary>UTC; when the minutes came to stand.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>Why it was changed, called off or closed without all answers.</summary>
    public string? Note { get; private set; }

    public required string CalledBy { get; init; }

    public required DateTime CalledAt { get; init; }

    public Guid Version { get; set; }

    /// <summary>Changes with the leader's words alone: members come and go while he writes, and who confirms must have read the latest.</summary>
    public Guid WordsVersion { get; private set; }

    public MeetingPlan Plan => new(StartsAt, Place, Link, Agenda);

    public IEnumerable<MeetingMember> Present => Members.Where(m => m.SignedInAt is not null);

    /// <summary>How many must have come for an opinion: two thirds of the panel.</summary>
    public int Quorum => ((Members.Count * 2) + 2) / 3;

    /// <summary>Whether the first file was begun.</summary>
    public bool IsRunning => State == MeetingState.Called && Agenda.Any(a => a.StartedAt is not null);

    /// <summary>Whether all who came have confirmed the opinion or dissented.</summary>
    public bool IsAnswered => Present.All(m => m.AnsweredAt is not null);

    public bool IsOpen => State is MeetingState.Called or MeetingState.Written;

    public MeetingMember? Find(Guid? expert) => Members.FirstOrDefault(m => m.ExpertId == expert);

    /// <exception cref="RuleBrokenException"><c>agenda-empty</c>, <c>not-a-member</c>.</exception>
    public void Seat(MeetingPlan plan, IReadOnlyList<MeetingMember> members, Guid? leader)
    {
        Take(plan);
        Members = members;
        LeaderId = leader is null ? null : Require(leader.Value, "Leader").ExpertId;
    }

    /// <summary>Other time, place or order; not once somebody has come.</summary>
    /// <exception cref="RuleBrokenException"><c>meeting-closed</c>, <c>meeting-begun</c>, <c>agenda-empty</c>, <c>reason-required</c>, <c>text-too-long</c>.</exception>
    public void Change(MeetingPlan plan, string? reason)
    {
        RequireCalled();
        if (Present.Any())
        {
            throw new RuleBrokenException("meeting-begun", "已有专家签到，不能再变更；会议开不成的，请取消后另行安排。");
        }

        Note = RequireText(reason, LongestNote, "Reason", "请写明变更的理由，专家和申报单位会收到通知。");
        Take(plan);
        Changes++;
    }

    /// <summary>Takes in who sits now: whoever left since the call and never came goes, whoever came in his place is a member. Once the opinion is handed in the list stands.</summary>
    /// <param name="sitting">Experts with a seat at a file of the session, in the order of their seats.</param>
    /// <param name="stepped">Experts who stepped down from one of its files: they cannot lead the panel.</param>
    public void Follow(IReadOnlyList<MeetingMember> sitting, IReadOnlySet<Guid> stepped)
    {
        ArgumentNullException.ThrowIfNull(sitting);
        ArgumentNullException.ThrowIfNull(stepped);
        if (State != MeetingState.Called)
        {
            return;
        }

        var stay = Members.Where(m => m.SignedInAt is not null || sitting.Any(s => s.ExpertId == m.ExpertId)).ToList();
        Members = [.. stay, .. sitting.Where(s => stay.TrueForAll(m => m.ExpertId != s.ExpertId))];
        LeaderId = LeaderId is { } leader && Find(leader) is not null && !stepped.Contains(leader) ? leader : null;
    }

    /// <summary>A member signs in, on the day only.</summary>
    /// <param name="today">In China.</param>
    /// <param name="day">The day of the session in China.</param>
    /// <exception cref="RuleBrokenException"><c>meeting-closed</c>, <c>not-the-day</c>, <c>not-a-member</c>, <c>signed-in</c>.</exception>
    public void SignIn(Guid expert, DateOnly today, DateOnly day, DateTime at)
    {
        RequireCalled();
        if (today != day)
        {
            throw new RuleBrokenException("not-the-day", "只能在会议当天签到。");
        }

        var member = Require(expert);
        if (member.SignedInAt is not null)
        {
            throw new RuleBrokenException("signed-in", "您已签到。");
        }

        Put(member with { SignedInAt = at, IsAbsent = false, Note = null, MarkedBy = null });
    }

    /// <summary>Staff mark a member present or absent, with the reason.</summary>
    /// <exception cref="RuleBrokenException"><c>meeting-closed</c>, <c>reason-required</c>, <c>text-too-long</c>, <c>not-a-member</c>.</exception>
    public void Mark(Guid expert, bool isPresent, string? reason, string by, DateTime at)
    {
        RequireCalled();
        Put(Require(expert, "Expert") with
        {
            SignedInAt = isPresent ? at : null,
            IsAbsent = !isPresent,
            Note = RequireText(reason, LongestNote, "Reason", isPresent ? "请写明为何代为签到。" : "请写明缺席的原因。"),
            MarkedBy = by,
        });
    }

    /// <summary>Who leads the panel.</summary>
    /// <param name="stepped">Experts who stepped down from a file of the session: they cannot speak for the panel about it.</param>
    /// <exception cref="RuleBrokenException"><c>meeting-closed</c>, <c>leader-stepped-down</c>, <c>not-a-member</c>.</exception>
    public void Elect(Guid expert, IReadOnlySet<Guid> stepped)
    {
        ArgumentNullException.ThrowIfNull(stepped);
        RequireCalled();
        if (stepped.Contains(expert))
        {
            throw new RuleBrokenException("leader-stepped-down", "该专家已对本次会议的项目回避，不能担任组长。", "Expert");
        }

        LeaderId = Require(expert, "Expert").ExpertId;
    }

    /// <summary>The turn of a file comes.</summary>
    /// <exception cref="RuleBrokenException"><c>meeting-closed</c>, <c>not-on-agenda</c>, <c>nobody-there</c>.</exception>
    public void Begin(Guid caseId, DateTime at)
    {
        RequireCalled();
        RequireListed(caseId);
        if (!Present.Any())
        {
            throw new RuleBrokenException("nobody-there", "还没有专家签到，不能开始。");
        }

        Agenda = [.. Agenda.Select(a => a.CaseId == caseId ? a with { StartedAt = at } : a)];
    }

    /// <exception cref="RuleBrokenException"><c>meeting-closed</c>, <c>reason-required</c>, <c>text-too-long</c>.</exception>
    public void Cancel(string? reason)
    {
        RequireCalled();
        (Note, State) = (RequireText(reason, LongestNote, "Reason", "请写明取消的理由，专家和申报单位会收到通知。"), MeetingState.Cancelled);
    }

    /// <summary>Names a point of a file in forms.</summary>
    public static string KeyOf(Guid caseId, string point) => $"{caseId:N}:{point}";

    private void Take(MeetingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Agenda.Count == 0)
        {
            throw new RuleBrokenException("agenda-empty", "至少要有一个项目填写顺序。");
        }

        (StartsAt, Place, Link, Agenda) = (plan.StartsAt, plan.Place, plan.Link, plan.Agenda);
    }

    private void Put(MeetingMember member) => Members = [.. Members.Select(m => m.ExpertId == member.ExpertId ? member : m)];

    private MeetingMember Require(Guid expert, string? field = null) => Find(expert) ?? throw new RuleBrokenException("not-a-member", "请选择本组的专家。", field);

    private AgendaItem RequireListed(Guid caseId) => Agenda.FirstOrDefault(a => a.CaseId == caseId) ?? throw new RuleBrokenException("not-on-agenda", "本次会议没有这个项目。");

    private void RequireCalled()
    {
        if (State != MeetingState.Called)
        {
            throw new RuleBrokenException("meeting-closed", State == MeetingState.Cancelled ? "会议已取消。" : "专家组意见已形成，不能再修改。");
        }
    }

    private static string RequireText(string? text, int longest, string field, string message) =>
        string.IsNullOrWhiteSpace(text) ? throw new RuleBrokenException("reason-required", message, field)
        : text.Trim().Length > longest ? throw new RuleBrokenException("text-too-long", $"不超过 {longest} 字。", field)
        : text.Trim();
}
