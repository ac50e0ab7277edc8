using System.Text.Json.Nodes;
using Applications.Domain.Forms;

namespace Applications.Domain.Programmes;

/// <summary>What somebody whom a form names is to the application.</summary>
public enum PartyRole
{
    Shareholder,

    /// <summary>合作单位, the operating company included.</summary>
    Partner,

    /// <summary>项目负责人, 技术带头人: a person.</summary>
    Leader,
}

/// <summary>Where a form names one: a field, or with <see cref="Table"/> a column of a table.</summary>
public sealed record PartyField
{
    public required PartyRole Role { get; init; }

    /// <summary>Key of the table whose rows name one each.</summary>
    public string? Table { get; init; }

    /// <summary>Key of the field or column with the name.</summary>
    public required string Name { get; init; }

    /// <summary>Key of the field or column with the unified social credit code.</summary>
    public string? Uscc { get; init; }

    private static readonly char[] Separators = ['、', '，', ',', '；', ';', '\n'];

    /// <summary>Those named in <paramref name="answers"/>.</summary>
    public IEnumerable<NamedParty> In(Answers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return (Table is null ? [answers.Json] : answers.Rows(Table))
            .SelectMany(row => Text(row, Uscc) is { } code ? [new NamedParty(Role, code, Text(row, Name) ?? string.Empty)] : Several(Text(row, Name)));
    }

    /// <summary>Where no code is asked for, people write several names into one field.</summary>
    private IEnumerable<NamedParty> Several(string? names) =>
        (names ?? string.Empty).Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => new NamedParty(Role, null, name));

    private static string? Text(JsonObject row, string? key) =>
        key is not null && row[key] is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}

/// <summary>One whom a form names.</summary>
public sealed record NamedParty(PartyRole Role, string? Uscc, string Name);
