using Applications.Domain.Forms;

namespace Applications.Web.Infrastructure.Workbooks;

/// <summary>A table of a template with the rows it comes with.</summary>
/// <param name="Rows">By column key; nothing but the example where there are none.</param>
/// <param name="WithExample">The example row of the columns stands first.</param>
public sealed record ImportTable(string Name, IReadOnlyList<SheetColumn> Columns, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows, bool WithExample = false);

/// <summary>The workbooks that go with every import: the template to be filled in, and the faulty rows to be corrected.</summary>
public static class ImportWorkbooks
{
    public const string Explanation = "填写说明";

    private static readonly string[] Headings = ["工作表", "列", "必填", "填写什么", "说明", "示例"];

    /// <param name="words">What there is to know of the whole, a line each.</param>
    public static Task<MemoryStream> TemplateAsync(IReadOnlyList<ImportTable> tables, IReadOnlyList<string> words, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return WorkbookWriter.WriteAsync([.. tables.Select(Sheet), Explain(tables, words)], ct);
    }

    /// <summary>The rows in which faults were found, as they were handed in: the cells marked, the faults in words behind them.</summary>
    public static Task<MemoryStream> FaultsAsync(IReadOnlyList<SheetTable> tables, IReadOnlyList<SheetFault> faults, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var byRow = faults.ToLookup(f => (f.Sheet, f.Row));
        return WorkbookWriter.WriteAsync([.. tables.Select(t => Faulty(t, byRow)).Where(s => s.Rows.Count > 1)], ct);
    }

    private static SheetContent Sheet(ImportTable table)
    {
        List<IReadOnlyList<CellContent>> rows = [[.. table.Columns.Select(Heading)]];
        if (table.WithExample)
        {
            rows.Add([.. table.Columns.Select(c => new CellContent(c.Example, CellLook.Example))]);
        }

        rows.AddRange(table.Rows.Select(r => (IReadOnlyList<CellContent>)[.. table.Columns.Select(c => new CellContent(Value(c, r.GetValueOrDefault(c.Key, string.Empty))))]));
        return Formatted(new SheetContent(table.Name, rows), table.Columns);
    }

    private static SheetContent Faulty(SheetTable table, ILookup<(string, int), SheetFault> byRow)
    {
        List<IReadOnlyList<CellContent>> rows = [[.. table.Columns.Select(Heading), new CellContent(SheetTable.RemarkHeading, CellLook.Heading)]];
        foreach (var row in table.Rows)
        {
            var faults = byRow[(table.Name, row.Number)].ToList();
            if (faults.Count > 0)
            {
                rows.Add([
                    .. table.Columns.Select(c => faults.Exists(f => f.Heading == c.Heading) ? new CellContent(row.Text(c.Key), CellLook.Fault) : new CellContent(Value(c, row.Text(c.Key)))),
                    new CellContent($"原第 {row.Number} 行：{string.Join("；", faults.Select(f => f.Column.Length == 0 ? f.Words : $"{f.Heading}：{f.Words}"))}", CellLook.Remark),
                ]);
            }
        }

        return Formatted(new SheetContent(table.Name, rows), table.Columns);
    }

    private static SheetContent Formatted(SheetContent sheet, IReadOnlyList<SheetColumn> columns) => sheet with
    {
        Texts = columns.Select((c, i) => (c, i)).Where(x => !FieldCells.IsNumber(x.c.Field)).Select(x => x.i).ToHashSet(),
        Choices = columns.Select((c, i) => (c.Offered, i)).Where(x => x.Offered.Count > 0).ToDictionary(x => x.i, x => x.Offered),
    };

    private static CellContent Heading(SheetColumn column) => new(column.Heading, column.Required ? CellLook.Required : CellLook.Heading);

    private static object? Value(SheetColumn column, string text) => text.Length == 0 ? null
        : FieldCells.IsNumber(column.Field) && decimal.TryParse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
        : text;

    private static SheetContent Explain(IReadOnlyList<ImportTable> tables, IReadOnlyList<string> words)
    {
        List<IReadOnlyList<CellContent>> rows = [.. words.Select(w => (IReadOnlyList<CellContent>)[new CellContent(w)])];
        rows.Add([]);
        rows.Add([.. Headings.Select(h => new CellContent(h, CellLook.Heading))]);
        foreach (var table in tables)
        {
            rows.AddRange(table.Columns.Select(c => (IReadOnlyList<CellContent>)
            [
                new CellContent(table.Name), new CellContent(c.Heading), new CellContent(c.Required ? "是" : ""), new CellContent(c.Choices is null ? FieldCells.Expected(c.Field) : $"下列之一：{string.Join("、", c.Choices)}", CellLook.Remark),
                new CellContent(c.Note, CellLook.Remark), new CellContent(c.Example),
            ]));
        }

        return new SheetContent(Explanation, rows) { Frozen = 0 };
    }
}
