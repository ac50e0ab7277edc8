namespace Applications.Domain.Organisations;

/// <summary>What an organisation is in the chain from county to department.</summary>
public enum OrganisationKind
{
    /// <summary>省工信厅.</summary>
    Department,

    /// <summary>处室.</summary>
    Division,

    /// <summary>市工业和信息化局: recommends under a quota.</summary>
    CityBureau,

    /// <summary>县级工信部门: checks first.</summary>
    CountyBureau,
}

/// <summary>A bureau or division. Enterprises are not organisations: they have their own record.</summary>
public sealed class Organisation
{
    public required Guid Id { get; init; }

    public required OrganisationKind Kind { get; init; }

    public required string Name { get; set; }

    /// <summary>GB/T 2260 code of the area it answers for, six digits.</summary>
    public required string DivisionCode { get; init; }

    public Guid? ParentId { get; init; }

    public Guid Version { get; set; }
}
