using System.Text.Json.Nodes;
using Applications.Domain.Expressions;
using Applications.Domain.Forms.Fields;

namespace Applications.Domain.Forms;

/// <summary>Reads one table: typed cells, computed columns, and the errors of its rows. Rows without any content are passed over.</summary>
internal sealed class TableReader(
    ScriptSession session, string section, FieldDefinition table, Answers answers, List<AnswerError> errors)
{
    private readonly bool scripted = table.Columns.Any(c => c.Expression is not null || c.RequiredWhen is not null || c.VisibleWhen is not null);

    public IReadOnlyList<AnswerRow> Read()
    {
        var node = answers[table.Key];
        if (node is not null and not JsonArray || (node is JsonArray array && array.Any(n => n is not JsonObject)))
        {
            errors.Add(new AnswerError(section, table.Key, $"{table.Label}应为表格的各行。"));
            return [];
        }

        var given = answers.Rows(table.Key);
        if (given.Count > table.MaxRows)
        {
            errors.Add(new AnswerError(section, table.Key, $"{table.Label}最多{table.MaxRows}行，现有{given.Count}行。"));
        }

        var rows = new List<AnswerRow>(Math.Min(given.Count, table.MaxRows));
        for (var i = 0; i < Math.Min(given.Count, table.MaxRows); i++)
        {
            if (given[i].Any(c => c.Key != Answers.RowKey && !FieldType.IsEmpty(c.Value)))
            {
                rows.Add(Row(given[i], i));
            }
        }

        return rows;
    }

    private AnswerRow Row(JsonObject given, int index)
    {
        var key = FormBinder.KeyOf(given, index);
        var cells = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var column in table.Columns)
        {
            cells[column.Key] = null;
            if (column.Kind is not FieldKind.Computed && !FieldType.IsEmpty(given[column.Key]))
            {
                if (FieldType.Of(column.Kind)!.Check(column, given[column.Key]!, out var value) is { } problem)
                {
                    Add(index, key, column, problem, missing: false);
                }

                cells[column.Key] = value;
            }
        }

        foreach (var (name, _) in given)
        {
            if (name != Answers.RowKey && !cells.ContainsKey(name))
            {
                errors.Add(new AnswerError(section, table.Key, $"第{index + 1}行：表格中没有列“{name}”。") { Row = index, RowKey = key });
            }
        }

        if (scripted)
        {
            session.Set("row", cells);
        }

        foreach (var column in table.Columns)
        {
            Decide(given, index, key, cells, column);
        }

        return new AnswerRow(index, key, cells);
    }

    private void Decide(JsonObject given, int index, string key, Dictionary<string, object?> cells, FieldDefinition column)
    {
        if (column.VisibleWhen is not null && session.TryEvaluate(column.VisibleWhen) is not true)
        {
            cells[column.Key] = null;
            errors.RemoveAll(e => e.Row == index && e.Column == column.Key);
            session.Put("row", column.Key, null);
        }
        else if (column.Kind is FieldKind.Computed)
        {
            cells[column.Key] = session.TryEvaluate(column.Expression!);
            session.Put("row", column.Key, cells[column.Key]);
        }
        else if (FieldType.IsEmpty(given[column.Key])
            && (column.Required || (column.RequiredWhen is not null && session.TryEvaluate(column.RequiredWhen) is true)))
        {
            Add(index, key, column, FieldType.Of(column.Kind)!.MissingMessage(column), missing: true);
        }
    }

    private void Add(int index, string key, FieldDefinition column, string message, bool missing) =>
        errors.Add(new AnswerError(section, table.Key, $"第{index + 1}行：{message}") { Row = index, RowKey = key, Column = column.Key, IsMissing = missing });
}
