namespace Applications.Domain.Reviews;

/// <summary>A member of the expert pool (专家库). 鲁工信法规〔2024〕243号.</summary>
public sealed class Expert
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Employer { get; init; }

    /// <summary>Unified social credit code of the employer; equal to an applicant's it is a conflict.</summary>
    public string? EmployerUscc { get; init; }

    /// <summary>职称, for example 教授 or 高级工程师.</summary>
    public required string Title { get; init; }

    /// <summary>技术, 财务, 管理.</summary>
    public required string Category { get; init; }

    /// <summary>GB/T 4754 divisions, comma separated, for example C34,C35.</summary>
    public required string Fields { get; init; }

    /// <summary>GB/T 2260 city; 000000 outside the province.</summary>
    public required string CityCode { get; init; }

    public bool IsActive { get; set; } = true;
}
