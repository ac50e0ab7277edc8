namespace Applications.Domain.Enterprises;

/// <summary>
/// What the system knows of an enterprise beside its yearly figures (programmes.md 7). Forms prefill from it by path
/// (<c>enterprise.name</c>); expressions see it as <c>enterprise</c> in camelCase. Money is in 分.
/// </summary>
public sealed record EnterpriseProfile
{
    /// <summary>统一社会信用代码, upper case; see <see cref="Identifiers.Uscc"/>; a string because a city may let a code with a wrong check character pass.</summary>
    public required string Uscc { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<string> FormerNames { get; init; } = [];

    public string? Address { get; init; }

    public DateOnly? RegisteredOn { get; init; }

    public long? RegisteredCapital { get; init; }

    /// <summary>GB/T 2260 code of the city, for example 370100.</summary>
    public string? CityCode { get; init; }

    /// <summary>GB/T 2260 code of the county or district.</summary>
    public string? CountyCode { get; init; }

    /// <summary>国有, 合资, 民营 or 其他.</summary>
    public string? Ownership { get; init; }

    /// <summary>GB/T 4754 letter and four digits, for example C3821.</summary>
    public string? Industry { get; init; }

    /// <summary>Division 65, 软件和信息技术服务业: other size lines and the copyright rule instead of the patent rule.</summary>
    public bool IsSoftware => Industry?.StartsWith("I65", StringComparison.Ordinal) ?? false;

    public string? MainProducts { get; init; }

    public string? LegalRepresentative { get; init; }

    public string? ContactName { get; init; }

    public string? ContactPhone { get; init; }

    public string? ContactEmail { get; init; }

    public string? Website { get; init; }

    public IReadOnlyList<Qualification> Qualifications { get; init; } = [];

    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    public IReadOnlyList<CityTitle> CityTitles { get; init; } = [];

    public IReadOnlyList<Patent> Patents { get; init; } = [];

    public IReadOnlyList<SoftwareCopyright> Copyrights { get; init; } = [];

    public IReadOnlyList<Trademark> Trademarks { get; init; } = [];

    public IReadOnlyList<Standard> Standards { get; init; } = [];

    /// <summary>Scientific and technical awards.</summary>
    public IReadOnlyList<Award> Awards { get; init; } = [];

    /// <summary>Honours for quality.</summary>
    public IReadOnlyList<Award> Honours { get; init; } = [];

    public IReadOnlyList<ResearchProject> Projects { get; init; } = [];

    /// <summary>Certified management systems.</summary>
    public IReadOnlyList<ManagementSystem> Certificates { get; init; } = [];

    public IReadOnlyList<Person> People { get; init; } = [];
}

/// <summary>高企, 单项冠军, 小巨人, 专精特新, 瞪羚, 独角兽 and the like.</summary>
public sealed record Qualification(string Name, string? Number = null, DateOnly? GrantedOn = null, DateOnly? ExpiresOn = null);

/// <summary>An innovation platform or accredited laboratory; <paramref name="Level"/> is 国家级, 省级 or 市级.</summary>
public sealed record Platform(string Name, string Level, string? Number = null, DateOnly? GrantedOn = null);

/// <summary>A title given by the city that a provincial programme builds on; <paramref name="Programme"/> is the programme's key.</summary>
public sealed record CityTitle(string Programme, string Number, DateOnly GrantedOn);
