namespace Applications.Domain.Cases;

/// <summary>
/// A file on its way in, part by part. How much of it has arrived is told by the parts themselves; this row says what it will be. Begun again with the
/// same name and length it goes on where it stopped.
/// </summary>
public sealed class Upload
{
    /// <summary>How long an upload waits for its next part before it is cleared away.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>The form field it is meant for.</summary>
    public required string FieldKey { get; init; }

    public required string FileName { get; init; }

    /// <summary>Bytes it will have.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 (hex) the sender counted beforehand, compared at the end; null when he could not.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The attachment it is to take the place of.</summary>
    public Guid? ReplacesId { get; init; }

    public required Guid UserId { get; init; }

    public required DateTime StartedAt { get; init; }

    /// <summary>UTC; after it the parts are cleared away.</summary>
    public required DateTime ExpiresAt { get; set; }

    /// <summary>The attachment it became; kept for a sender who missed the answer.</summary>
    public Guid? FileId { get; set; }
}
