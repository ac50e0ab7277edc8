using System.Text.Json.Serialization;
using Applications.Domain.Expressions;

namespace Applications.Domain.Forms;

public enum FieldKind
{
    Text,
    LongText,
    Integer,
    Decimal,

    /// <summary>Stored as <c>long</c> 分, typed and shown in 万元 with up to six decimals.</summary>
    Money,
    Date,

    /// <summary>Two dates, stored as an object of <c>from</c> and <c>to</c>.</summary>
    Period,
    Choice,

    /// <summary>An entry of a code list (<see cref="FieldDefinition.List"/>), found by search; its code is stored.</summary>
    Code,
    YesNo,
    Table,

    /// <summary>Attachments. They are kept beside the answers, not in them.</summary>
    Files,

    /// <summary>Never typed: the value of <see cref="FieldDefinition.Expression"/>.</summary>
    Computed,

    /// <summary>A statement to be ticked.</summary>
    Declaration,
}

/// <summary>What a text must look like beyond its length.</summary>
public enum TextFormat
{
    None,
    Uscc,
    Phone,
    Email,
}

/// <summary>How a computed value is shown.</summary>
public enum ComputedFormat
{
    Number,

    /// <summary>The value is a fraction: 0.0312 shows as 3.12%.</summary>
    Percent,

    /// <summary>The value is in 分 and shows in 万元.</summary>
    Money,
    Text,
}

/// <summary>A field of a form, or a column of a table. Which members count depends on <see cref="Kind"/>.</summary>
public sealed record FieldDefinition
{
    /// <summary>camelCase; unique in the form, or for a column in its table.</summary>
    public required string Key { get; init; }

    public required FieldKind Kind { get; init; }

    public required string Label { get; init; }

    public string? Hint { get; init; }

    public bool Required { get; init; }

    /// <summary>Required when this holds.</summary>
    public Script? RequiredWhen { get; init; }

    /// <summary>Hidden, not asked and taken as empty unless this holds.</summary>
    public Script? VisibleWhen { get; init; }

    /// <summary>Shown but not typed by the applicant, who changes it in the enterprise profile instead.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Where a first value comes from: <c>enterprise.name</c>, <c>enterprise.cityTitles[0].number</c>, <c>figures[0].rdSpend</c>, for a table <c>figures</c> or <c>enterprise.qualifications</c>.</summary>
    public string? Prefill { get; init; }

    /// <summary>In place of <see cref="Prefill"/>, where the record's entries have to be chosen or put otherwise: sees <c>enterprise</c>, <c>figures</c>, <c>year</c>, <c>today</c> and <c>asOf</c>.</summary>
    public Script? PrefillBy { get; init; }

    /// <summary>Where the record gives the field's value, as a path; null for what only the application asks for.</summary>
    [JsonIgnore]
    public string? RecordPath => Prefill ?? (PrefillBy is null
        ? null
        : ScriptReferences.Of(PrefillBy, "enterprise").Where(m => m != ScriptReferences.Everything).Select(m => $"enterprise.{m}").FirstOrDefault());

    /// <summary>Shown behind a number, for example 人. Money is always 万元.</summary>
    public string? Unit { get; init; }

    public TextFormat Format { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>Lowest allowed number; for money in 万元, as the applicant types it.</summary>
    public decimal? Min { get; init; }

    /// <summary>Highest allowed number; for money in 万元.</summary>
    public decimal? Max { get; init; }

    /// <summary>Most digits behind the point; 0 for integers, up to 6 for money, 2 unless told.</summary>
    public int? Decimals { get; init; }

    public IReadOnlyList<OptionDefinition> Options { get; init; } = [];

    /// <summary>Which code list (<see cref="Lists.CodeLists"/>) the code is of.</summary>
    public string? List { get; init; }

    /// <summary>Codes of that list under which the entry must stand; none: anywhere in it.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    /// <summary>A choice of several options.</summary>
    public bool Multiple { get; init; }

    public IReadOnlyList<FieldDefinition> Columns { get; init; } = [];

    public int MinRows { get; init; }

    public int MaxRows { get; init; } = 500;

    /// <summary>Allowed file extensions with the dot, for example .pdf.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    public int MaxCount { get; init; } = 10;

    /// <summary>Largest file of this field; null: what the installation allows.</summary>
    public int? MaxMegabytes { get; init; }

    public Script? Expression { get; init; }

    public ComputedFormat ComputedAs { get; init; }

    /// <summary>The statement of a declaration.</summary>
    public string? Statement { get; init; }

    /// <summary>The clause or practice the field rests on, for those who maintain the form.</summary>
    public string? Source { get; init; }

    [JsonIgnore]
    public bool IsTable => Kind is FieldKind.Table;

    public FieldDefinition? FindColumn(string key) => Columns.FirstOrDefault(c => c.Key == key);
}

public sealed record OptionDefinition(string Value, string Label);
