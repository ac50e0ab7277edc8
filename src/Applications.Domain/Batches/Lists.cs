namespace Applications.Domain.Batches;

/// <summary>A city's recommendation document (推荐文件) with its ranked list; issued once or in several instalments.</summary>
public sealed class RecommendationList
{
    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    public required Guid CityId { get; init; }

    public required string CityName { get; init; }

    /// <summary>The city's own document number.</summary>
    public required string DocumentNumber { get; init; }

    public required DateTime IssuedAt { get; init; }

    public required string IssuedBy { get; init; }

    public required IReadOnlyList<ListEntry> Entries { get; init; }
}

/// <summary>The list that goes up for signature (拟定名单); a returned one is followed by another round.</summary>
public sealed class ProposedList
{
    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    /// <summary>1 the first time, more after a return.</summary>
    public required int Round { get; init; }

    public required DateTime ProposedAt { get; init; }

    public required string ProposedBy { get; init; }

    /// <summary>The officer's reasoning, above all where the list departs from the ranking.</summary>
    public required string Note { get; init; }

    public required IReadOnlyList<ListEntry> Entries { get; init; }
}

/// <summary>A line of a list as it stood when the list was made.</summary>
/// <param name="Score">Hundredths of a point; null where nothing was scored yet.</param>
/// <param name="Reason">Why the line departs from the ranking, when it does.</param>
/// <param name="Object">What is recognised, where it is not the enterprise itself: an experience, a centre.</param>
public sealed record ListEntry(
    int Rank, Guid CaseId, string Number, string EnterpriseName, string CityName, int? Score = null, bool Selected = true, string? Reason = null,
    string? Object = null);

/// <summary>What kind of public page a notice is.</summary>
public enum NoticeKind
{
    /// <summary>申报通知.</summary>
    Call,

    /// <summary>公示.</summary>
    PublicNotice,

    /// <summary>公告.</summary>
    Announcement,
}

/// <summary>A page of the public site.</summary>
public sealed class Notice
{
    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>Last part of its address.</summary>
    public required string Slug { get; init; }

    public required string Title { get; init; }

    /// <summary>Plain text; blank lines part the paragraphs.</summary>
    public required string Body { get; set; }

    public required DateTime PublishedAt { get; init; }

    /// <summary>End of the notice period, for <see cref="NoticeKind.PublicNotice"/>; of filing, for a call.</summary>
    public DateTime? ClosesAt { get; set; }

    /// <summary>Enterprise names only: scores are not public.</summary>
    public required IReadOnlyList<ListEntry> Entries { get; init; }
}
