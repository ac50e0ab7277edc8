using System.Text.Json.Nodes;

namespace Applications.Domain.Forms.Tables;

/// <summary>
/// What a button beside a row asks for, posted as <c>row-action=up:items:n12ab</c> together with the whole form: it is done to the rows as they were typed.
/// </summary>
public sealed record RowAction(string Verb, string Table, string RowKey)
{
    /// <summary>Name of the buttons; no field's key has a dash.</summary>
    public const string ButtonName = "row-action";

    public const string Add = "add";
    public const string Up = "up";
    public const string Down = "down";
    public const string Copy = "copy";
    public const string Remove = "remove";

    /// <summary>Value of the button; <paramref name="rowKey"/> is empty for <see cref="Add"/>.</summary>
    public static string Value(string verb, FieldDefinition table, string rowKey) => $"{verb}:{(table ?? throw new ArgumentNullException(nameof(table))).Key}:{rowKey}";

    /// <summary>Null when the text asks for nothing.</summary>
    public static RowAction? Parse(string? posted) =>
        posted?.Split(':') is [Add or Up or Down or Copy or Remove, { Length: > 0 } table, var row] parts ? new RowAction(parts[0], table, row) : null;

    /// <summary>Does it to the rows; a row that is not there, a first one that should go up, a copy beyond the limit: nothing happens.</summary>
    internal void Apply(FieldDefinition table, JsonArray rows)
    {
        var keys = rows.Select((row, i) => row is JsonObject given ? FormBinder.KeyOf(given, i) : string.Empty).ToList();
        var at = keys.IndexOf(RowKey);
        if (at < 0)
        {
            return;
        }

        var row = rows[at]!;
        switch (Verb)
        {
            case Up when at > 0:
                rows.RemoveAt(at);
                rows.Insert(at - 1, row);
                break;
            case Down when at < rows.Count - 1:
                rows.RemoveAt(at);
                rows.Insert(at + 1, row);
                break;
            case Copy when rows.Count < table.MaxRows:
                var copy = row.DeepClone();
                copy[Answers.RowKey] = NewKey();
                rows.Insert(at + 1, copy);
                break;
            case Remove:
                rows.RemoveAt(at);
                break;
        }
    }

    /// <summary>A key no other row has: one that was used before would join two rows.</summary>
    public static string NewKey() => $"n{Guid.NewGuid():n}"[..12];
}
