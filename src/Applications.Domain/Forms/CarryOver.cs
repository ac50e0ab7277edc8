using System.Text.Json.Nodes;
using Applications.Domain.Forms.Fields;

namespace Applications.Domain.Forms;

/// <summary>
/// Begins an application with the answers of an earlier one of the same programme. What the enterprise record gives is taken from there, as it is today;
/// files and declarations, with the name and the date beside them, are given anew; an answer that today's form would refuse, or that answered another kind of question, is left out.
/// </summary>
public static class CarryOver
{
    /// <param name="form">The new application's form, which may be a later version than that of the earlier one.</param>
    /// <param name="begun">The new application as the record fills it.</param>
    /// <param name="then">The earlier application's form.</param>
    /// <param name="earlier">What was filed then.</param>
    /// <returns>The answers, and the keys of the fields that were taken over.</returns>
    public static (Answers Answers, IReadOnlyList<string> Carried) Into(FormDefinition form, Answers begun, FormDefinition then, Answers earlier)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(begun);
        ArgumentNullException.ThrowIfNull(then);
        ArgumentNullException.ThrowIfNull(earlier);
        var answers = begun.Clone();
        var carried = new List<string>();
        foreach (var field in form.Sections.SelectMany(Carriable).Where(f => FieldType.IsEmpty(answers[f.Key])))
        {
            if (then.FindField(field.Key) is { } old && old.Kind == field.Kind && Take(field, old, earlier) is { } value)
            {
                answers[field.Key] = value;
                carried.Add(field.Key);
            }
        }

        return (answers, carried);
    }

    private static IEnumerable<FieldDefinition> Carriable(SectionDefinition section)
    {
        var isSigned = section.Fields.Any(f => f.Kind is FieldKind.Declaration);
        return section.Fields.Where(f => !f.ReadOnly && (f.IsTable || !isSigned));
    }

    private static JsonNode? Take(FieldDefinition field, FieldDefinition old, Answers earlier)
    {
        if (!field.IsTable)
        {
            return TakeValue(field, earlier[field.Key]);
        }

        var rows = new JsonArray();
        foreach (var given in earlier.Rows(field.Key).Take(field.MaxRows))
        {
            var row = new JsonObject { [Answers.RowKey] = $"r{rows.Count}" };
            foreach (var column in field.Columns.Where(c => old.FindColumn(c.Key)?.Kind == c.Kind))
            {
                if (TakeValue(column, given[column.Key]) is { } cell)
                {
                    row[column.Key] = cell;
                }
            }

            if (row.Count > 1)
            {
                rows.Add((JsonNode)row);
            }
        }

        return rows.Count == 0 ? null : rows;
    }

    private static JsonNode? TakeValue(FieldDefinition field, JsonNode? value) =>
        value is not null && !FieldType.IsEmpty(value) && FieldType.Of(field.Kind) is { } type && type.Check(field, value, out _) is null ? value.DeepClone() : null;
}
