using Applications.Domain.Experts.Conflicts;

namespace Applications.Domain.Experts;

/// <summary>What an expert declares that can stand against him: the units, people and works he is bound to. The employer is not repeated here.</summary>
public sealed record ExpertInterests
{
    /// <summary>Earlier employments, advisory posts, shares.</summary>
    public IReadOnlyList<Tie> Ties { get; init; } = [];

    /// <summary>Spouse and near kin who work for, advise or own a unit.</summary>
    public IReadOnlyList<Relative> Relatives { get; init; } = [];

    /// <summary>Patents, projects and publications with others.</summary>
    public IReadOnlyList<SharedWork> Works { get; init; } = [];

    /// <summary>Teachers and students.</summary>
    public IReadOnlyList<Person> Academic { get; init; } = [];

    /// <summary>Tests and advice for enterprises.</summary>
    public IReadOnlyList<Service> Services { get; init; } = [];

    public IReadOnlyList<Dispute> Disputes { get; init; } = [];
}
