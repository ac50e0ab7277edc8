using System.Text.Json.Serialization;

namespace Applications.Domain.Experts;

/// <summary>By which of the entry rules an expert asks to be taken in (programmes.md 4.3, point 1).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EntryGround>))]
public enum EntryGround
{
    /// <summary>副高级及以上职称.</summary>
    SeniorTitle,

    /// <summary>企业、园区、协会高级管理人员.</summary>
    IndustryManager,

    /// <summary>注册会计师，质量、品牌、知识产权专业人员.</summary>
    Professional,
}

/// <summary>What an expert says of himself and his work. Nothing here is secret; phone, identity and bank numbers are kept apart.</summary>
public sealed record ExpertProfile
{
    public required string Name { get; init; }

    public required int BirthYear { get; init; }

    /// <summary>Academicians (院士) may be older.</summary>
    public bool IsAcademician { get; init; }

    public required EntryGround Ground { get; init; }

    /// <summary>职称, for example 教授 or 高级工程师.</summary>
    public required string Title { get; init; }

    /// <summary>职务.</summary>
    public string? Position { get; init; }

    /// <summary>执业资格, for example 注册会计师.</summary>
    public string? Licence { get; init; }

    /// <summary>技术, 财务, 管理 or 其他: the types of 鲁科字〔2023〕17号.</summary>
    public required string Category { get; init; }

    /// <summary>The first year of work in the field.</summary>
    public required int WorkingSince { get; init; }

    /// <summary>The first year as a senior manager, for those who enter as one.</summary>
    public int? ManagerSince { get; init; }

    public required string Employer { get; init; }

    /// <summary>Unified social credit code of the employer; null for units that have none.</summary>
    public string? EmployerUscc { get; init; }

    public required DateOnly EmployedSince { get; init; }

    /// <summary>GB/T 2260 city; 000000 outside the province.</summary>
    public required string CityCode { get; init; }

    /// <summary>GB/T 4754 divisions with their letter, for example C34.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Industrial chains (产业链), for example 高端装备.</summary>
    public IReadOnlyList<string> Chains { get; init; } = [];

    /// <summary>Specialities in the expert's own words.</summary>
    public IReadOnlyList<string> Specialities { get; init; } = [];

    /// <summary>Main achievements in a few sentences.</summary>
    public string? Achievements { get; init; }
}
