using System.Text.Json.Serialization;

namespace Applications.Domain.Experts.Conflicts;

/// <summary>A unit by its unified social credit code; the name is for reading and for units without a code.</summary>
public sealed record Unit(string? Uscc, string Name)
{
    /// <summary>The same code; where one of them has none, the same name.</summary>
    public bool Is(Unit other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.IsNullOrWhiteSpace(Uscc) || string.IsNullOrWhiteSpace(other.Uscc)
            ? !string.IsNullOrWhiteSpace(Name) && string.Equals(Name.Trim(), other.Name.Trim(), StringComparison.Ordinal)
            : string.Equals(Uscc.Trim(), other.Uscc.Trim(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>As people read it.</summary>
    public override string ToString() => string.IsNullOrWhiteSpace(Uscc) ? Name : $"{Name}（{Uscc}）";
}

/// <summary>A person. <paramref name="Key"/> stands for the identity number (a keyed hash of it, never the number); without it only the name can be compared.</summary>
public sealed record Person(string? Key, string Name)
{
    /// <summary>True when the keys are the same, false when they differ or the names do, null when only the names are the same: a possible match.</summary>
    public bool? Is(Person other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Key is not null && other.Key is not null ? Key == other.Key
            : !string.IsNullOrWhiteSpace(Name) && Name.Trim() == other.Name.Trim() ? null
            : false;
    }
}

[JsonConverter(typeof(JsonStringEnumConverter<TieKind>))]
public enum TieKind
{
    /// <summary>任职.</summary>
    Employment,

    /// <summary>顾问, independent director.</summary>
    Advisory,

    /// <summary>持股.</summary>
    Shareholding,
}

/// <summary>What bound or binds somebody to a unit.</summary>
/// <param name="To">Last day; null while it lasts.</param>
public sealed record Tie(TieKind Kind, Unit Unit, DateOnly From, DateOnly? To);

/// <summary>A relative as the expert declared him: who he is and what binds him to units.</summary>
/// <param name="Relation">For example 配偶.</param>
public sealed record Relative(Person Person, string Relation, IReadOnlyList<Tie> Ties);

[JsonConverter(typeof(JsonStringEnumConverter<WorkKind>))]
public enum WorkKind
{
    /// <summary>A patent owned together: counts as long as it is in force.</summary>
    Patent,

    /// <summary>A project carried out together.</summary>
    Project,

    /// <summary>A paper or book written together.</summary>
    Publication,
}

/// <summary>Something done or owned together with persons or units.</summary>
/// <param name="Until">Day of publication, of the project's end, of the patent's expiry; null while it lasts.</param>
public sealed record SharedWork(WorkKind Kind, string Title, DateOnly? Until, IReadOnlyList<Unit> Units, IReadOnlyList<Person> People);

[JsonConverter(typeof(JsonStringEnumConverter<ServiceKind>))]
public enum ServiceKind
{
    /// <summary>检测: 4.2, having tested for the applicant counts as interest.</summary>
    Tested,

    /// <summary>咨询, 辅导, 代写.</summary>
    Consulted,
}

/// <summary>A service on a file or for its applicant.</summary>
/// <param name="CaseId">The file, when it was for one.</param>
public sealed record Service(ServiceKind Kind, string? CaseId, Unit For, DateOnly On, string What);

/// <summary>A dispute at law.</summary>
/// <param name="ClosedOn">Null while it is open.</param>
public sealed record Dispute(Unit With, DateOnly? ClosedOn, string What);

/// <summary>What the expert said about one file before opening it.</summary>
public sealed record OwnDeclaration(string CaseId, bool HasConflict, string Reason);

/// <summary>A unit that files an application in a batch of a programme.</summary>
public sealed record OwnFiling(Unit Unit, string ProgrammeId, string BatchId);

/// <summary>Who speaks for a unit and who commands it.</summary>
/// <param name="Controllers">Persons who control it.</param>
/// <param name="Parents">Units that control it.</param>
public sealed record Control(Unit Unit, Person? LegalRepresentative, IReadOnlyList<Person> Controllers, IReadOnlyList<Unit> Parents);

/// <summary>All that is known of an expert that can stand against him.</summary>
public sealed record ExpertFacts
{
    public required string ExpertId { get; init; }

    public required Person Person { get; init; }

    public IReadOnlyList<Tie> Ties { get; init; } = [];

    public IReadOnlyList<Relative> Relatives { get; init; } = [];

    public IReadOnlyList<SharedWork> Works { get; init; } = [];

    /// <summary>Teachers and students.</summary>
    public IReadOnlyList<Person> Academic { get; init; } = [];

    public IReadOnlyList<Service> Services { get; init; } = [];

    public IReadOnlyList<Dispute> Disputes { get; init; } = [];

    public IReadOnlyList<OwnFiling> Filings { get; init; } = [];

    /// <summary>Of the units he works for now.</summary>
    public IReadOnlyList<Control> Controls { get; init; } = [];

    public IReadOnlyList<OwnDeclaration> Declarations { get; init; } = [];
}
