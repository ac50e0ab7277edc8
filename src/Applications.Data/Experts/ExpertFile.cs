namespace Applications.Data.Experts;

/// <summary>A document an expert or his organisation handed in as evidence: title, licence, achievements.</summary>
public sealed class ExpertFile
{
    public required Guid Id { get; init; }

    public required Guid ExpertId { get; init; }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Lower case hex; the key into the file store.</summary>
    public required string Sha256 { get; init; }

    public required DateTime AddedAt { get; init; }

    public required string AddedBy { get; init; }
}
