namespace Applications.Domain.Cases;

/// <summary>A file given with one field of the form. The content lies in the file store under its hash.</summary>
public sealed class Attachment
{
    /// <summary>Characters of <see cref="ScanNote"/>.</summary>
    public const int LongestNote = 200;

    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>The form field it belongs to.</summary>
    public required string FieldKey { get; init; }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Pages of a PDF; null for other kinds, and where they cannot be counted.</summary>
    public int? Pages { get; init; }

    /// <summary>What the virus scanner said; null until it was asked.</summary>
    public ScanVerdict? Scan { get; private set; }

    /// <summary>The finding's name, or why the scanner would not look.</summary>
    public string? ScanNote { get; private set; }

    public DateTime? ScannedAt { get; private set; }

    public required DateTime AddedAt { get; init; }

    public required string AddedBy { get; init; }

    /// <summary>The first filing that carried it; null while only in the draft.</summary>
    public int? FiledInRound { get; set; }

    /// <summary>Set when the applicant took it away after it had been filed; it stays with the earlier filing.</summary>
    public DateTime? RemovedAt { get; set; }

    public int? RemovedAfterRound { get; set; }

    /// <summary>The newer version that took its place; null when it is current or was simply removed.</summary>
    public Guid? ReplacedById { get; set; }

    /// <summary>Notes what the virus scanner said.</summary>
    public void Judge(ScanVerdict verdict, string? note, DateTime at)
    {
        Scan = verdict;
        ScanNote = note is { Length: > LongestNote } ? note[..LongestNote] : note;
        ScannedAt = at;
    }

    /// <summary>A newer version takes its place; it is kept, and stays with the filings that carried it.</summary>
    /// <param name="round">How often the application had been filed by then.</param>
    public void GiveWayTo(Guid newer, DateTime at, int round)
    {
        ReplacedById = newer;
        RemovedAt = at;
        RemovedAfterRound = round;
    }

    /// <summary>Whether it belongs to that filing; null asks for the draft.</summary>
    public bool IsOf(int? round) => round is null
        ? RemovedAt is null
        : FiledInRound <= round && (RemovedAfterRound is null || RemovedAfterRound >= round);
}

/// <summary>A virus scanner's word on a file.</summary>
public enum ScanVerdict
{
    Clean,
    Infected,

    /// <summary>The scanner answers, but not for this file: too large for it, for example.</summary>
    Refused,
}
