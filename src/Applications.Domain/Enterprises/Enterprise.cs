namespace Applications.Domain.Enterprises;

/// <summary>An enterprise's own record: kept once, drawn on by every application, frozen with each filing.</summary>
public sealed class Enterprise
{
    public required Guid Id { get; init; }

    public required string Uscc { get; set; }

    /// <summary>The code's check character is wrong: the city has to look at the licence before the enterprise may submit.</summary>
    public bool UsccIsIrregular { get; private set; }

    public required string Name { get; set; }

    /// <summary>The city bureau that recommends it.</summary>
    public required Guid CityId { get; init; }

    /// <summary>The county bureau that checks first, where there is one.</summary>
    public Guid? CountyId { get; init; }

    public required EnterpriseProfile Profile { get; set; }

    /// <summary>Yearly figures, latest year first.</summary>
    public required IReadOnlyList<YearFigures> Figures { get; set; }

    /// <summary>Why the city accepted a code whose check digit is wrong (early pilot codes); null when the code is regular.</summary>
    public string? UsccOverrideReason { get; set; }

    public DateTime UpdatedAt { get; set; }

    public Guid Version { get; set; }

    /// <summary>True when the code is regular, or irregular and confirmed by the city.</summary>
    public bool HasAcceptedUscc => !UsccIsIrregular || UsccOverrideReason is not null;

    /// <summary>Takes another code or name; a confirmation holds only for the code it was given for.</summary>
    public void Identify(string uscc, string name)
    {
        if (uscc != Uscc)
        {
            UsccOverrideReason = null;
        }

        Uscc = uscc;
        UsccIsIrregular = !Identifiers.Uscc.Check(uscc).IsValid;
        Name = name;
        Profile = Profile with { Uscc = uscc, Name = name };
    }
}
