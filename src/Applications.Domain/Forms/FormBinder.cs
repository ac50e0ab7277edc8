using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Applications.Domain.Forms.Fields;
using Applications.Domain.Forms.Tables;

namespace Applications.Domain.Forms;

/// <summary>
/// Turns posted names and values into <see cref="Answers"/>. Nothing typed is lost: text that does not parse is kept as it is.
/// A table posts <c>field.index</c> once per row with the row's key, and its cells as <c>field[key].column</c>. A name that was
/// not posted keeps what was there, so pages put an empty hidden input of the same name before tick boxes and an empty
/// <c>field.index</c> before a table's rows. A pressed <see cref="RowAction"/> is done to the rows as they were typed.
/// </summary>
public static partial class FormBinder
{
    /// <summary>More rows than this are not even read; a check says long before that they are too many.</summary>
    public const int MostRows = 5000;

    /// <param name="form">The definition the answers belong to.</param>
    /// <param name="posted">Posted values by input name, in order.</param>
    /// <param name="existing">What is already filled in; it is not changed, the result is a copy.</param>
    /// <param name="sectionKey">Only this section's fields are taken; null takes all.</param>
    public static Answers Bind(FormDefinition form, ILookup<string, string> posted, Answers? existing = null, string? sectionKey = null)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(posted);
        var answers = existing?.Clone() ?? new Answers();
        foreach (var field in form.Sections.Where(s => sectionKey is null || s.Key == sectionKey).SelectMany(s => s.Fields))
        {
            if (field.IsTable)
            {
                if (posted.Contains(IndexName(field)))
                {
                    Put(answers.Json, field.Key, BindRows(field, posted, answers));
                }
            }
            else if (FieldType.Of(field.Kind) is { } type && !field.ReadOnly && posted.Contains(field.Key))
            {
                Put(answers.Json, field.Key, type.Bind(field, [.. posted[field.Key]]));
            }
        }

        return answers;
    }

    /// <summary>Name of the input that lists a table's row keys.</summary>
    public static string IndexName(FieldDefinition table) => $"{table.Key}.index";

    /// <summary>Name of the input of a cell.</summary>
    public static string CellName(FieldDefinition table, string rowKey, FieldDefinition column) => $"{table.Key}[{rowKey}].{column.Key}";

    /// <summary>The key of a row; rows that came without one (by API) are numbered.</summary>
    public static string KeyOf(JsonObject row, int index) =>
        row[Answers.RowKey] is JsonValue value && value.TryGetValue<string>(out var key) && IsRowKey().IsMatch(key) ? key : $"r{index}";

    private static JsonArray BindRows(FieldDefinition table, ILookup<string, string> posted, Answers answers)
    {
        var before = answers.Rows(table.Key).Select((row, i) => (Key: KeyOf(row, i), Row: row)).DistinctBy(r => r.Key).ToDictionary(r => r.Key, r => r.Row);
        var rows = new JsonArray();
        foreach (var key in posted[IndexName(table)].Where(k => IsRowKey().IsMatch(k)).Distinct().Take(MostRows))
        {
            var old = before.GetValueOrDefault(key);
            var row = new JsonObject { [Answers.RowKey] = key };
            foreach (var column in table.Columns)
            {
                var name = CellName(table, key, column);
                if (FieldType.Of(column.Kind) is not { } type)
                {
                    continue;
                }

                Put(row, column.Key, column.ReadOnly || !posted.Contains(name) ? old?[column.Key]?.DeepClone() : type.Bind(column, [.. posted[name]]));
            }

            // A row in which nothing was typed is one the page offered, not one somebody filled in.
            if (row.Count > 1)
            {
                rows.Add((JsonNode)row);
            }
        }

        if (posted[RowAction.ButtonName].Select(RowAction.Parse).LastOrDefault() is { } action && action.Table == table.Key)
        {
            action.Apply(table, rows);
        }

        return rows;
    }

    private static void Put(JsonObject target, string key, JsonNode? value)
    {
        if (value is null)
        {
            target.Remove(key);
        }
        else
        {
            target[key] = value;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex IsRowKey();
}
