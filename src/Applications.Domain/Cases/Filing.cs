namespace Applications.Domain.Cases;

/// <summary>What was filed, frozen: later changes to the draft or the enterprise record do not touch it.</summary>
public sealed class Filing
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>1 at submission, higher after corrections.</summary>
    public required int Round { get; init; }

    public required DateTime FiledAt { get; init; }

    public Guid? FiledBy { get; init; }

    public required string FiledByName { get; init; }

    /// <summary>Answers as JSON.</summary>
    public required string Answers { get; init; }

    /// <summary>The enterprise record (profile and figures) as JSON on that day.</summary>
    public required string Enterprise { get; init; }

    /// <summary>The applicant's words to the findings of the cross-checks on that day (JSON object finding key → word).</summary>
    public string Explanations { get; init; } = "{}";

    /// <summary>What had been sent back before and this filing answers (JSON object field key → remark); null at the first submission.</summary>
    public string? Marks { get; init; }

    /// <summary>SHA-256 over answers, enterprise and the files' hashes, hex; printed on the receipt.</summary>
    public required string Digest { get; init; }
}
