namespace Applications.Domain.Accounts;

/// <summary>委托: for a time, and perhaps for one programme only, one person may do another's work. Who did it and for whom stands in the trail.</summary>
public sealed class Delegation
{
    public required Guid Id { get; init; }

    public required Guid FromUserId { get; init; }

    public required string FromName { get; init; }

    /// <summary>The post that is lent.</summary>
    public required string FromRole { get; init; }

    public Guid? FromScopeId { get; init; }

    /// <summary>The desk whose work may be done (<see cref="Actor.Holder"/>).</summary>
    public required string FromHolder { get; init; }

    public required Guid ToUserId { get; init; }

    public required string ToName { get; init; }

    /// <summary>The programme it is limited to; null for all.</summary>
    public string? ProgrammeKey { get; init; }

    /// <summary>UTC, inclusive.</summary>
    public required DateTime StartsAt { get; init; }

    /// <summary>UTC, exclusive.</summary>
    public required DateTime EndsAt { get; init; }

    public required string Reason { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? RevokedAt { get; set; }

    public bool IsInForce(DateTime now) => RevokedAt is null && now >= StartsAt && now < EndsAt;
}
