namespace Applications.Domain.Trail;

/// <summary>
/// Where the sealed chain of audit events ends, and what the last check of the trail found. One row: without it, sealed events cut off at the end
/// would not be missed.
/// </summary>
public sealed class AuditSeal
{
    /// <summary>Id of the only row.</summary>
    public const int TheOne = 1;

    public required int Id { get; init; }

    /// <summary>Seal number of the last sealed event; 0 before the first.</summary>
    public long Number { get; set; }

    /// <summary>Hash of the last sealed event.</summary>
    public string Hash { get; set; } = string.Empty;

    public DateTime? SealedAt { get; set; }

    /// <summary>When the trail was last checked.</summary>
    public DateTime? CheckedAt { get; set; }

    /// <summary>What was wrong then, in words; null when all was whole.</summary>
    public string? CheckedFault { get; set; }
}
