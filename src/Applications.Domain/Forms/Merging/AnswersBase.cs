using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Applications.Domain.Forms.Merging;

/// <summary>
/// What a page showed of a section when it was made, as fingerprints: the page carries it, and a save tells by it what its writer changed and what a
/// colleague changed meanwhile. An entry is <c>stored</c>, or <c>stored~shown</c> where the page showed a first value out of the enterprise record that is
/// not stored yet. A table has an entry a row.
/// </summary>
public sealed class AnswersBase
{
    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<KeyValuePair<string, string>>> tables = new(StringComparer.Ordinal);

    /// <param name="section">The section on the page.</param>
    /// <param name="stored">As the case has it.</param>
    /// <param name="shown">As the page shows it.</param>
    public static AnswersBase Of(SectionDefinition section, Answers stored, Answers shown)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(shown);
        var known = new AnswersBase();
        foreach (var field in section.Fields.Where(f => f.Kind is not (FieldKind.Computed or FieldKind.Files)))
        {
            if (!field.IsTable)
            {
                known.fields[field.Key] = Entry(Print(field, stored[field.Key]), Print(field, shown[field.Key]));
                continue;
            }

            var kept = TableRows.Of(stored, field);
            known.tables[field.Key] = [.. TableRows.Of(shown, field).Select(r => KeyValuePair.Create(
                r.Key, Entry(kept.TryGetValue(r.Key, out var row) ? Print(field, row) : string.Empty, Print(field, r.Value))))];
        }

        return known;
    }

    /// <summary>Null when there is none, or when it is not one: the save then goes by the version alone.</summary>
    public static AnswersBase? Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return null;
        }

        try
        {
            var known = new AnswersBase();
            foreach (var (key, node) in JsonNode.Parse(json)!.AsObject())
            {
                if (node is JsonObject rows)
                {
                    known.tables[key] = [.. rows.Select(r => KeyValuePair.Create(r.Key, r.Value!.GetValue<string>()))];
                }
                else
                {
                    known.fields[key] = node!.GetValue<string>();
                }
            }

            return known;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            return null;
        }
    }

    public string ToJson()
    {
        var json = new JsonObject();
        foreach (var (key, entry) in fields)
        {
            json[key] = entry;
        }

        foreach (var (key, rows) in tables)
        {
            json[key] = new JsonObject(rows.DistinctBy(r => r.Key).Select(r => KeyValuePair.Create<string, JsonNode?>(r.Key, r.Value)));
        }

        return json.ToJsonString();
    }

    internal bool Knows(FieldDefinition field) => field.IsTable ? tables.ContainsKey(field.Key) : fields.ContainsKey(field.Key);

    internal bool IsStored(FieldDefinition field, JsonNode? value) => Stored(fields[field.Key]) == Print(field, value);

    internal bool IsShown(FieldDefinition field, JsonNode? value) => Shown(fields[field.Key]) == Print(field, value);

    internal IReadOnlyList<string> RowKeys(FieldDefinition table) => [.. tables[table.Key].Select(r => r.Key)];

    /// <summary>Whether the row is as it was stored; one that was only shown was not there.</summary>
    internal bool IsStoredRow(FieldDefinition table, string key, JsonObject? row) =>
        Find(table, key) is { } entry && Stored(entry) == (row is null ? string.Empty : Print(table, row));

    internal bool IsShownRow(FieldDefinition table, string key, JsonObject? row) =>
        Find(table, key) is { } entry && row is not null && Shown(entry) == Print(table, row);

    private string? Find(FieldDefinition table, string key) =>
        tables[table.Key].FirstOrDefault(r => r.Key == key) is { Key: not null } found ? found.Value : null;

    private static string Entry(string stored, string shown) => stored == shown ? stored : $"{stored}~{shown}";

    private static string Stored(string entry) => entry.Split('~')[0];

    private static string Shown(string entry) => entry.Split('~')[^1];

    /// <summary>Of a value as it would stand in its input; empty for nothing.</summary>
    private static string Print(FieldDefinition field, JsonNode? value) => Fingerprint(FormDisplay.Raw(field, value));

    private static string Print(FieldDefinition table, JsonObject row) => Fingerprint(string.Join(
        '\u001F', table.Columns.Where(c => c.Kind is not FieldKind.Computed).Select(c => FormDisplay.Raw(c, row[c.Key]))));

    private static string Fingerprint(string text) =>
        text.Trim('\u001F').Length == 0 ? string.Empty : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 6);
}
