using System.Text.Json.Serialization;
using Applications.Domain.Common;
using Applications.Domain.Expressions;

namespace Applications.Domain.Forms;

/// <summary>
/// A programme's application form, read from <c>form.json</c> and immutable once published: a change is a new <see cref="Version"/>.
/// Expressions see <c>answers</c>, <c>computed</c>, <c>enterprise</c>, <c>figures</c>, <c>year</c>, <c>today</c> and <c>asOf</c>; in a row also <c>row</c>.
/// </summary>
public sealed record FormDefinition
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<SectionDefinition> Sections { get; init; }

    /// <summary>Rules between fields; a broken one is an error at <see cref="FormCheck.Field"/>.</summary>
    public IReadOnlyList<FormCheck> Checks { get; init; } = [];

    [JsonIgnore]
    public IEnumerable<FieldDefinition> Fields => Sections.SelectMany(s => s.Fields);

    public SectionDefinition? FindSection(string key) => Sections.FirstOrDefault(s => s.Key == key);

    public FieldDefinition? FindField(string key) => Fields.FirstOrDefault(f => f.Key == key);

    /// <exception cref="DefinitionException">The text is no valid form; the message names place and reason.</exception>
    public static FormDefinition Parse(string json, string fileName)
    {
        var form = DefinitionJson.Parse<FormDefinition>(json, fileName);
        var problems = new ProblemList(fileName);
        FormDefinitionRules.Require(form, problems);
        problems.ThrowIfAny();
        return form;
    }
}

/// <summary>One step of the task list.</summary>
public sealed record SectionDefinition
{
    public required string Key { get; init; }

    public required string Title { get; init; }

    public string? Hint { get; init; }

    public required IReadOnlyList<FieldDefinition> Fields { get; init; }
}

/// <summary>A rule between fields, or with <see cref="ForEach"/> a rule for every row of a table.</summary>
public sealed record FormCheck
{
    private Script? overRows;

    /// <summary>True when the answers are in order; null (something is not yet filled in) is passed over.</summary>
    public required Script Expression { get; init; }

    /// <summary>What to tell the applicant, in Chinese.</summary>
    public required string Message { get; init; }

    /// <summary>Key of the field the message stands at.</summary>
    public required string Field { get; init; }

    /// <summary>Key of a table: the expression is tried for each row, as <c>row</c> with <c>index</c>.</summary>
    public string? ForEach { get; init; }

    /// <summary>With <see cref="ForEach"/>: the column the message stands at.</summary>
    public string? Column { get; init; }

    /// <summary>The expression over all rows at once: a call per row costs more than the expression itself.</summary>
    internal Script OverRows => overRows ??= Script.Parse(
        $"answers.{ForEach}.map(function (row, index) {{ try {{ return {Body}; }} catch (e) {{ return null; }} }})");

    private string Body => Expression.Source.TrimStart().StartsWith("return ", StringComparison.Ordinal)
        ? $"(function () {{ {Expression.Source} }})()"
        : $"({Expression.Source})";
}
