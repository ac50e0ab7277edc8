namespace Applications.Data.Similarity;

/// <summary>A value of a case's last filing that is looked for in other applications (<see cref="Domain.Programmes.Crossing.Claim"/>).</summary>
public sealed class CaseClaim
{
    public required Guid CaseId { get; init; }

    /// <summary>What it is: patent, project.</summary>
    public required string Kind { get; init; }

    /// <summary>Letters and digits alone.</summary>
    public required string Text { get; init; }

    public required Guid EnterpriseId { get; init; }
}
