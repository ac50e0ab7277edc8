using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Trail;

/// <summary>
/// One line of the story of a case or batch: who did what, when, why. Append-only; each line carries the hash of the one before, so a changed,
/// missing or inserted line shows.
/// </summary>
public sealed class JournalEntry
{
    /// <summary>The case or batch.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>1, 2, 3… within the subject.</summary>
    public required int Sequence { get; init; }

    public required DateTime At { get; init; }

    public Guid? ActorId { get; init; }

    public required string ActorName { get; init; }

    public required string ActorRole { get; init; }

    /// <summary>What kind of line: <c>start</c>, <c>complete</c>, <c>signal</c>, <c>timeout</c>, <c>answer</c>, <c>enlist</c>, <c>reopen</c>, <c>send-back</c>, <c>recall</c>, <c>add-signer</c>, <c>sign</c>, <c>reassign</c>,
    /// <c>urge</c>, <c>suspend</c>, <c>resume</c>, <c>terminate</c>, <c>migrate</c>, <c>note</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Activity id.</summary>
    public required string Activity { get; init; }

    public required string ActivityTitle { get; init; }

    public required string Outcome { get; init; }

    public required string OutcomeLabel { get; init; }

    public string? Reason { get; init; }

    /// <summary>Where the subject stood afterwards.</summary>
    public required string StandsAt { get; init; }

    public required string PreviousHash { get; init; }

    public required string Hash { get; init; }

    /// <summary>SHA-256 (hex) over every field of the line and the hash before it, joined by unit separators.</summary>
    public string ComputeHash() => HashOf(
        SubjectId, Sequence, At, ActorId, ActorName, ActorRole, Kind, Activity, ActivityTitle, Outcome, OutcomeLabel, Reason, StandsAt, PreviousHash);

    public static string HashOf(
        Guid subjectId, int sequence, DateTime at, Guid? actorId, string actorName, string actorRole, string kind, string activity,
        string activityTitle, string outcome, string outcomeLabel, string? reason, string standsAt, string previousHash)
    {
        // Milliseconds: the coarsest clock among the databases must give the same text back.
        var text = string.Join(
            '\u001f',
            subjectId.ToString("N"), sequence.ToString(CultureInfo.InvariantCulture), at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture),
            actorId?.ToString("N"), actorName, actorRole, kind, activity, activityTitle, outcome, outcomeLabel, reason, standsAt, previousHash);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
