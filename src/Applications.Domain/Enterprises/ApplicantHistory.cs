namespace Applications.Domain.Enterprises;

/// <summary>What an enterprise's past in the system means for a new application.</summary>
public sealed record ApplicantHistory
{
    public static ApplicantHistory None { get; } = new();

    public IReadOnlyList<HeldTitle> Titles { get; init; } = [];

    /// <summary>Titles of other programmes, on which a further step may build (provincial before national, cultivation before acceptance).</summary>
    public IReadOnlyList<HeldTitle> OtherTitles { get; init; } = [];

    public IReadOnlyList<RevokedTitle> Revocations { get; init; } = [];

    /// <summary>Bad records known to the department, by the day they were found.</summary>
    public IReadOnlyList<BadRecord> BadRecords { get; init; } = [];
}

/// <summary>A provincial title in force; <paramref name="Programme"/> is the programme's key.</summary>
public sealed record HeldTitle(string Programme, string Number, DateOnly GrantedOn, DateOnly? ExpiresOn = null);

/// <summary>A provincial title taken away; <paramref name="Ground"/> is a key of the programme's revocation grounds.</summary>
public sealed record RevokedTitle(string Programme, string Ground, DateOnly RevokedOn);

/// <summary>不良记录: an entry that bars an application for the programme's look-back.</summary>
public sealed record BadRecord(string Kind, DateOnly FoundOn, string Authority);
