using System.Text.Json.Nodes;

namespace Applications.Domain.Forms.Merging;

/// <summary>The rows of a table by their keys, in order.</summary>
internal static class TableRows
{
    public static OrderedDictionary<string, JsonObject> Of(Answers answers, FieldDefinition table)
    {
        var rows = new OrderedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (row, i) in answers.Rows(table.Key).Select((row, i) => (row, i)))
        {
            rows.TryAdd(FormBinder.KeyOf(row, i), row);
        }

        return rows;
    }
}
