using Applications.Domain.Common;

namespace Applications.Web.Infrastructure.Workbooks;

/// <summary>A table found in a workbook by its headings.</summary>
public sealed class SheetTable
{
    /// <summary>Heading of the column in which faults are handed back; it is not read.</summary>
    public const string RemarkHeading = "检查结果（导入时忽略）";

    /// <summary>Above the headings there may be a title and a line of explanation.</summary>
    private const int MostRowsAbove = 10;

    private readonly Dictionary<string, int> places;
    private readonly Dictionary<string, SheetColumn> columns;

    private SheetTable(Worksheet sheet, SheetRow heading, IReadOnlyList<SheetColumn> columns, int mostRows)
    {
        Name = sheet.Name;
        var known = columns.ToDictionary(c => Plain(c.Heading));
        var found = heading.Cells.OrderBy(c => c.Key).Select(c => (Place: c.Key, Heading: Plain(c.Value.Text))).Where(c => c.Heading.Length > 0 && c.Heading != Plain(RemarkHeading)).ToList();
        if (found.GroupBy(f => f.Heading).FirstOrDefault(g => g.Count() > 1 && known.ContainsKey(g.Key)) is { } twice)
        {
            throw new RuleBrokenException("sheet-headings", $"工作表“{Name}”中“{known[twice.Key].Heading}”出现了 {twice.Count()} 列（{string.Join("、", twice.Select(t => Workbook.Letters(t.Place)))}），请只保留一列。", "Upload");
        }

        places = found.Where(f => known.ContainsKey(f.Heading)).ToDictionary(f => known[f.Heading].Key, f => f.Place);
        this.columns = columns.ToDictionary(c => c.Key);
        Columns = [.. columns.Where(c => places.ContainsKey(c.Key))];
        Unknown = [.. found.Where(f => !known.ContainsKey(f.Heading)).Select(f => $"{Workbook.Letters(f.Place)} {heading.Cells[f.Place].Text}")];
        var rows = sheet.Rows.Where(r => r.Number > heading.Number && places.Values.Any(r.Cells.ContainsKey)).Where(r => !IsExample(r)).ToList();
        if (rows.Count > mostRows)
        {
            throw new RuleBrokenException("sheet-too-long", $"工作表“{Name}”有 {rows.Count} 行，一次最多导入 {mostRows} 行，请分批导入。", "Upload");
        }

        var merged = sheet.Merged.Where(m => m.LastRow > heading.Number).ToList();
        Rows = [.. rows.Select(r => new TableRow(this, r.Number, places.Where(p => r.Cells.ContainsKey(p.Value)).ToDictionary(p => p.Key, p => r.Cells[p.Value]), [.. merged.Where(m => m.FirstRow <= r.Number && r.Number <= m.LastRow)]))];
    }

    public string Name { get; }

    /// <summary>Those of the columns that the table has, in their own order.</summary>
    public IReadOnlyList<SheetColumn> Columns { get; }

    /// <summary>Headings that say nothing here, with their letters; the columns are not read.</summary>
    public IReadOnlyList<string> Unknown { get; }

    public IReadOnlyList<TableRow> Rows { get; }

    /// <summary>Looks for the table, first in the sheet of this name.</summary>
    /// <exception cref="RuleBrokenException"><c>sheet-headings</c>, <c>sheet-empty</c>, <c>sheet-too-long</c>.</exception>
    public static SheetTable Find(Workbook workbook, string name, IReadOnlyList<SheetColumn> columns, int mostRows)
    {
        ArgumentNullException.ThrowIfNull(workbook);
        ArgumentNullException.ThrowIfNull(columns);
        var table = TryFind(workbook, name, columns, mostRows) ?? throw Missing(workbook, name, columns);
        return table.Rows.Count > 0 ? table : throw new RuleBrokenException("sheet-empty", $"工作表“{table.Name}”的表头下面没有数据（示例行不算）。", "Upload");
    }

    /// <summary>Null when no sheet has all required headings.</summary>
    public static SheetTable? TryFind(Workbook workbook, string name, IReadOnlyList<SheetColumn> columns, int mostRows, bool anySheet = true)
    {
        ArgumentNullException.ThrowIfNull(workbook);
        ArgumentNullException.ThrowIfNull(columns);
        var required = columns.Where(c => c.Required).Select(c => Plain(c.Heading)).ToList();
        var found = workbook.Sheets.Where(s => anySheet || s.Name == name).OrderByDescending(s => s.Name == name)
            .Select(s => (Sheet: s, Heading: s.Rows.Take(MostRowsAbove).FirstOrDefault(r => required.TrueForAll(h => r.Cells.Values.Any(c => Plain(c.Text) == h)))))
            .FirstOrDefault(f => f.Heading is not null);
        return found.Heading is null ? null : new SheetTable(found.Sheet, found.Heading, columns, mostRows);
    }

    public SheetFault Fault(TableRow row, string key, string words)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new SheetFault(Name, row.Number, places.TryGetValue(key, out var place) ? Workbook.Letters(place) : string.Empty, columns.GetValueOrDefault(key)?.Heading ?? string.Empty, row.Text(key), words);
    }

    internal bool Covers(string key, MergedCells merged) => places.TryGetValue(key, out var place) && merged.FirstColumn <= place && place <= merged.LastColumn;

    private bool IsExample(SheetRow row) =>
        Columns.Any(c => c.Example.Length > 0) && Columns.All(c => (row.Cells.TryGetValue(places[c.Key], out var cell) ? cell.Text : string.Empty) == c.Example);

    private static RuleBrokenException Missing(Workbook workbook, string name, IReadOnlyList<SheetColumn> columns)
    {
        if (workbook.Sheets.All(s => s.Rows.Count == 0))
        {
            return new("sheet-empty", "表格中没有内容。", "Upload");
        }

        var required = columns.Where(c => c.Required).ToList();
        var best = workbook.Sheets.SelectMany(s => s.Rows.Take(MostRowsAbove).Select(r => (Sheet: s, Row: r)))
            .Select(c => (c.Sheet, c.Row, Known: required.Where(h => c.Row.Cells.Values.Any(x => Plain(x.Text) == Plain(h.Heading))).ToList())).MaxBy(c => c.Known.Count);
        return new("sheet-headings", best.Known.Count > 0
            ? $"工作表“{best.Sheet.Name}”第 {best.Row.Number} 行的表头缺少必需的列：{string.Join("、", required.Except(best.Known).Select(c => c.Heading))}。请使用模板，不要改动表头。"
            : $"没有找到要导入的工作表“{name}”（现有：{string.Join("、", workbook.Sheets.Select(s => s.Name))}）。请使用模板填写，表头应有：{string.Join("、", required.Select(c => c.Heading))}。", "Upload");
    }

    /// <summary>A heading as it is compared: without blanks and stars, brackets of one kind.</summary>
    private static string Plain(string heading) => new([.. heading.Where(c => !char.IsWhiteSpace(c) && c is not ('*' or '＊')).Select(c => c switch { '(' => '（', ')' => '）', _ => c })]);
}

/// <summary>A row of a table that is handed in.</summary>
public sealed class TableRow(SheetTable table, int number, IReadOnlyDictionary<string, SheetCell> cells, IReadOnlyList<MergedCells> merged)
{
    /// <summary>As the spreadsheet counts.</summary>
    public int Number => number;

    public bool Has(string key) => cells.ContainsKey(key);

    public string Text(string key) => cells.TryGetValue(key, out var cell) ? cell.Text : string.Empty;

    public SheetFault Fault(string key, string words) => table.Fault(this, key, words);

    /// <summary>About the row as a whole.</summary>
    public SheetFault Fault(string words) => new(table.Name, number, string.Empty, string.Empty, string.Empty, words);

    /// <summary>What makes cells unreadable as such: formulas, error values, merged cells.</summary>
    public IEnumerable<SheetFault> Unreadable() =>
        table.Columns.Where(c => cells.TryGetValue(c.Key, out var cell) && cell.Problem is not null).Select(c => Fault(c.Key, cells[c.Key].Problem + "。"))
            .Concat(merged.SelectMany(m => table.Columns.Where(c => table.Covers(c.Key, m)).Select(c => Fault(c.Key, $"位于合并单元格 {m.Address} 中，请取消合并并逐格填写。"))));
}
