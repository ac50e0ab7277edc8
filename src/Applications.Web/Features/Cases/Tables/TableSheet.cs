using System.Text.Json.Nodes;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Tables;
using Applications.Web.Infrastructure.Workbooks;

namespace Applications.Web.Features.Cases.Tables;

/// <summary>A spreadsheet's rows as those of a table.</summary>
/// <param name="Rows">With keys of their own.</param>
/// <param name="Sources">For each row the one of the spreadsheet.</param>
/// <param name="Faults">What cannot be read at all: formulas, error values, numbers that Excel has cut.</param>
public sealed record SheetRows(JsonArray Rows, IReadOnlyList<TableRow> Sources, IReadOnlyList<SheetFault> Faults, IReadOnlyList<string> Unknown);

/// <summary>One table of a form as an Excel file, out and in.</summary>
public static class TableSheet
{
    /// <summary>The columns that can be filled in.</summary>
    public static IReadOnlyList<SheetColumn> Columns(FieldDefinition table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. table.Columns.Where(FieldCells.Fits).Select(c => SheetColumn.Of(c, c.Required, note: c.Hint ?? (c.RequiredWhen is null ? string.Empty : "视情况必填")))];
    }

    /// <summary>The rows there are under their headings, and an explanation of every column; the headings stand there without rows too.</summary>
    public static Task<MemoryStream> WriteAsync(FieldDefinition table, IReadOnlyList<JsonObject> rows, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = Columns(table);
        return ImportWorkbooks.TemplateAsync(
            [new ImportTable(table.Label, columns, [.. rows.Select(r => (IReadOnlyDictionary<string, string>)columns.ToDictionary(c => c.Key, c => FieldCells.Write(c.Field, r[c.Key])))])],
            [$"在工作表“{table.Label}”中每行填写一项，最多 {table.MaxRows} 行；红色表头的列必须填写。不要改动表头，不要用公式，不要合并单元格。"],
            ct);
    }

    /// <exception cref="RuleBrokenException"><c>sheet-empty</c>, <c>sheet-headings</c>, <c>sheet-too-long</c>.</exception>
    public static SheetRows Read(Workbook workbook, FieldDefinition table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = Columns(table);
        var sheet = SheetTable.Find(workbook, table.Label, columns, table.MaxRows);
        var faults = new List<SheetFault>();
        var rows = new JsonArray();
        foreach (var source in sheet.Rows)
        {
            var unreadable = source.Unreadable().ToList();
            faults.AddRange(unreadable);
            var row = new JsonObject { [Answers.RowKey] = RowAction.NewKey() };
            foreach (var column in sheet.Columns.Where(c => source.Has(c.Key) && !unreadable.Exists(f => f.Heading == c.Heading)))
            {
                if (FieldCells.Read(column.Field, source.Text(column.Key)) is { } value)
                {
                    row[column.Key] = value;
                }
            }

            rows.Add((JsonNode)row);
        }

        return new SheetRows(rows, sheet.Rows, faults, sheet.Unknown);
    }
}
