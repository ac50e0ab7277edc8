namespace Applications.Domain.Titles;

/// <summary>A recognition granted, checkable by anyone by its number.</summary>
public sealed class Certificate
{
    public required Guid Id { get; init; }

    /// <summary>Printed on the certificate; unique.</summary>
    public required string Number { get; init; }

    public required Guid CaseId { get; init; }

    public required Guid EnterpriseId { get; init; }

    public required string EnterpriseName { get; init; }

    public required string Uscc { get; init; }

    public required string CityName { get; init; }

    public required string ProgrammeKey { get; init; }

    public required string TitleName { get; init; }

    public required DateTime IssuedAt { get; init; }

    /// <summary>Null when the title stands until an evaluation ends it.</summary>
    public DateTime? ValidUntil { get; init; }

    /// <summary>Set when the title is revoked.</summary>
    public DateTime? RevokedAt { get; set; }

    public string? RevokedBecause { get; set; }
}
