namespace Applications.Domain.Reviews.Meetings;

public enum MeetingKind
{
    /// <summary>会议评审、答辩: the applicants come, the panel asks.</summary>
    Defence,

    /// <summary>现场核查: the panel goes there.</summary>
    SiteVisit,
}

public enum MeetingState
{
    /// <summary>Called; members sign in on the day, and the leader drafts what the panel holds.</summary>
    Called,

    /// <summary>The leader has handed in the panel's opinion; those present confirm it or say what they hold against it, and may change their answer.</summary>
    Written,

    /// <summary>The minutes stand.</summary>
    Closed,

    /// <summary>Called off.</summary>
    Cancelled,
}

/// <summary>What is looked at on site: a figure that the application rests on.</summary>
/// <param name="Key">Unique within the file.</param>
/// <param name="Filed">As it was filed, with its unit.</param>
public sealed record SitePoint(string Key, string Title, string Filed);

/// <summary>A file of the session, in the order in which it is taken.</summary>
/// <param name="Minutes">How long it has.</param>
/// <param name="Points">The site-check sheet; empty at a defence.</param>
/// <param name="StartedAt">UTC; when it was really begun.</param>
public sealed record AgendaItem(Guid CaseId, string Number, string Name, int Minutes, IReadOnlyList<SitePoint> Points, DateTime? StartedAt = null);

/// <summary>A member of the panel at the session.</summary>
/// <param name="SignedInAt">UTC; null for one who has not come.</param>
/// <param name="Note">Why staff marked him present or absent.</param>
/// <param name="MarkedBy">Who of the staff did; null when he signed in himself.</param>
/// <param name="AnsweredAt">UTC; when he confirmed the opinion or dissented.</param>
/// <param name="Dissent">What he holds against it; null when he confirms.</param>
public sealed record MeetingMember(
    Guid ExpertId, string Name, DateTime? SignedInAt = null, bool IsAbsent = false, string? Note = null, string? MarkedBy = null, DateTime? AnsweredAt = null, string? Dissent = null);

/// <summary>What was found on site about one point of one file.</summary>
/// <param name="Point">Its <see cref="SitePoint.Key"/>.</param>
/// <param name="Holds">Whether what was filed is so.</param>
/// <param name="Note">What was found instead; needed where it is not so.</param>
public sealed record SiteFinding(Guid CaseId, string Point, bool Holds, string Note);

/// <summary>What the panel holds of a file.</summary>
public sealed record FileOpinion(Guid CaseId, string Text);

/// <summary>The leader's words: what was found on site, what the panel holds of each file, and of all of them.</summary>
/// <param name="Summary">May be empty.</param>
public sealed record PanelWords(IReadOnlyList<SiteFinding> Findings, IReadOnlyList<FileOpinion> Opinions, string Summary);

/// <summary>When and where, and what is taken in which order.</summary>
/// <param name="StartsAt">UTC.</param>
/// <param name="Link">For those who take part from afar; null without.</param>
public sealed record MeetingPlan(DateTime StartsAt, string Place, string? Link, IReadOnlyList<AgendaItem> Agenda)
{
    /// <summary>UTC.</summary>
    public DateTime EndsAt => StartsAt.AddMinutes(Agenda.Sum(a => a.Minutes));

    /// <summary>UTC; when the turn of a file comes, null where it is not taken.</summary>
    public DateTime? StartOf(Guid caseId) =>
        Agenda.Any(a => a.CaseId == caseId) ? StartsAt.AddMinutes(Agenda.TakeWhile(a => a.CaseId != caseId).Sum(a => a.Minutes)) : null;

    public bool Overlaps(MeetingPlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return StartsAt < other.EndsAt && other.StartsAt < EndsAt;
    }
}
