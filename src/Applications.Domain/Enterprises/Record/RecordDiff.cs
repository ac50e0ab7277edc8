using System.Text.Json.Nodes;
using Applications.Domain.Forms;

namespace Applications.Domain.Enterprises.Record;

/// <summary>One thing that stands otherwise than before.</summary>
/// <param name="Entry">Which row of a table: the year, the number or the name; null for a single field.</param>
/// <param name="Before">As people read it; null for what was added.</param>
/// <param name="After">Null for what was taken away.</param>
public sealed record RecordChange(string Section, string Label, string? Entry, string? Before, string? After);

/// <summary>What changed between two states of an enterprise's record, in the order of its form.</summary>
public static class RecordDiff
{
    /// <summary>What tells the rows of a table apart, in the order in which it is asked for.</summary>
    private static readonly string[] Identities = ["number", "name", "year"];

    public static IReadOnlyList<RecordChange> Between(Answers before, Answers after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. RecordForm.Definition.Sections.SelectMany(s => s.Fields.SelectMany(f => f.IsTable ? Rows(s, f, before, after) : Field(s, f, before, after)))];
    }

    private static IEnumerable<RecordChange> Field(SectionDefinition section, FieldDefinition field, Answers before, Answers after) =>
        Compare(section, field, field.Label, null, before[field.Key], after[field.Key]);

    private static IEnumerable<RecordChange> Rows(SectionDefinition section, FieldDefinition table, Answers before, Answers after)
    {
        var (was, now) = (ByIdentity(table, before), ByIdentity(table, after));
        foreach (var (entry, row) in was.Where(w => !now.ContainsKey(w.Key)))
        {
            yield return new RecordChange(section.Title, table.Label, entry, Whole(table, row), null);
        }

        foreach (var (entry, row) in now)
        {
            if (!was.TryGetValue(entry, out var old))
            {
                yield return new RecordChange(section.Title, table.Label, entry, null, Whole(table, row));
                continue;
            }

            foreach (var change in table.Columns.SelectMany(c => Compare(section, c, $"{table.Label}：{c.Label}", entry, old[c.Key], row[c.Key])))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<RecordChange> Compare(SectionDefinition section, FieldDefinition field, string label, string? entry, JsonNode? before, JsonNode? after)
    {
        var (was, now) = (FormDisplay.Text(field, before), FormDisplay.Text(field, after));
        if (was != now)
        {
            yield return new RecordChange(section.Title, label, entry, was.Length == 0 ? null : was, now.Length == 0 ? null : now);
        }
    }

    private static Dictionary<string, JsonObject> ByIdentity(FieldDefinition table, Answers answers)
    {
        var rows = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var row in answers.Rows(table.Key))
        {
            var name = Identities.Select(key => table.FindColumn(key) is { } column ? FormDisplay.Text(column, row[key]) : string.Empty).FirstOrDefault(t => t.Length > 0) ?? "—";
            var entry = name;
            for (var again = 2; !rows.TryAdd(entry, row); again++)
            {
                entry = $"{name}（{again}）";
            }
        }

        return rows;
    }

    private static string Whole(FieldDefinition table, JsonObject row) =>
        string.Join("，", table.Columns.Select(c => FormDisplay.Text(c, row[c.Key])).Where(t => t.Length > 0));
}
