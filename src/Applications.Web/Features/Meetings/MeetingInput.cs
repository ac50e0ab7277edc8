using Applications.Domain.Reviews.Meetings;

namespace Applications.Web.Features.Meetings;

/// <summary>The form by which a session is called or changed.</summary>
public sealed class MeetingInput
{
    /// <summary>In China.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>In China.</summary>
    public TimeOnly? Time { get; set; }

    public string? Place { get; set; }

    public string? Link { get; set; }

    /// <summary>Means an unusual time: a day off, or one that letters hardly reach.</summary>
    public bool Sure { get; set; }

    /// <summary>Place in the order, by case; files without one are not taken.</summary>
    public Dictionary<Guid, int?> Order { get; set; } = [];

    public Dictionary<Guid, int?> Minutes { get; set; } = [];

    /// <summary>What is called already, to be changed.</summary>
    public static MeetingInput Of(PanelMeeting meeting)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        var local = Infrastructure.Presentation.ChinaTime.Local(meeting.StartsAt);
        return new MeetingInput
        {
            Day = DateOnly.FromDateTime(local),
            Time = TimeOnly.FromDateTime(local),
            Place = meeting.Place,
            Link = meeting.Link,
            Order = meeting.Agenda.Select((a, i) => (a.CaseId, i)).ToDictionary(a => a.CaseId, a => (int?)(a.i + 1)),
            Minutes = meeting.Agenda.ToDictionary(a => a.CaseId, a => (int?)a.Minutes),
        };
    }
}

/// <summary>A file that the panel may take in a session.</summary>
public sealed record MeetingFile(Guid Id, string Number, string Name);

/// <summary>What the form shows beside what is typed.</summary>
public sealed record MeetingFormModel(MeetingInput Input, IReadOnlyList<MeetingFile> Files);
