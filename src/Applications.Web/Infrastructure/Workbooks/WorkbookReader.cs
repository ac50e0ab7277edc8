using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Applications.Domain.Common;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Applications.Web.Infrastructure.Workbooks;

/// <summary>Reads xlsx files that people hand in, and says in plain words what is wrong with one that cannot be read.</summary>
public static partial class WorkbookReader
{
    /// <summary>Largest file taken, in bytes.</summary>
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>Unpacked, a file of many equal cells is much larger; one that is larger than this is made to hurt.</summary>
    private const long MostUnpacked = 300L * 1024 * 1024;

    private const int MostRows = 100_000;
    private const int MostColumns = 400;

    private const double LargestExact = 1e15;

    /// <summary>Built-in number formats that show a date.</summary>
    private static readonly HashSet<uint> DateFormats = [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58];

    private static readonly HashSet<uint> PercentFormats = [9, 10];

    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0];

    /// <param name="content">Can be sought in.</param>
    /// <exception cref="RuleBrokenException"><c>sheet-unreadable</c>, <c>sheet-encrypted</c>, <c>sheet-old</c>, <c>sheet-too-long</c>, at the field <c>Upload</c>.</exception>
    public static Workbook Read(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        RequireXlsx(content);
        try
        {
            using var document = SpreadsheetDocument.Open(content, isEditable: false);
            return Read(document.WorkbookPart ?? throw Unreadable());
        }
        catch (Exception e) when (e is OpenXmlPackageException or InvalidDataException or FileFormatException or XmlException or FormatException or InvalidOperationException or ArgumentException or IOException or KeyNotFoundException)
        {
            throw Unreadable();
        }
    }

    private static void RequireXlsx(Stream content)
    {
        Span<byte> head = stackalloc byte[4];
        var read = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        content.Position = 0;
        if (read == 0)
        {
            throw new RuleBrokenException("sheet-unreadable", "文件是空的，请选择填写好的表格。", "Upload");
        }

        if (head.SequenceEqual(CompoundFile))
        {
            throw IsEncrypted(content)
                ? new RuleBrokenException("sheet-encrypted", "文件设有打开密码，系统读不到内容。请在 Excel 中“文件→信息→保护工作簿”取消密码后重新保存。", "Upload")
                : new RuleBrokenException("sheet-old", "这是旧版 .xls 文件。请在 Excel 中“另存为”.xlsx 格式后重新选择。", "Upload");
        }

        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Sum(e => e.Length) > MostUnpacked)
            {
                throw new RuleBrokenException("sheet-too-long", "表格展开后过大，请删除多余的工作表和格式，或分批导入。", "Upload");
            }
        }
        catch (InvalidDataException)
        {
            throw Unreadable();
        }

        content.Position = 0;
    }

    /// <summary>An encrypted workbook is a compound file with a stream of this name.</summary>
    private static bool IsEncrypted(Stream content)
    {
        var mark = Encoding.Unicode.GetBytes("EncryptedPackage");
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        content.Position = 0;
        return copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(mark) >= 0;
    }

    private static RuleBrokenException Unreadable() => new("sheet-unreadable", "文件不是有效的 Excel 工作簿（.xlsx），请用模板填写并重新保存。", "Upload");

    private static Workbook Read(WorkbookPart part)
    {
        List<string> strings = part.SharedStringTablePart is { } table ? [.. SharedStrings(table)] : [];
        var formats = Formats(part.WorkbookStylesPart?.Stylesheet);
        var isMac = part.Workbook!.WorkbookProperties?.Date1904?.Value == true;
        var sheets = new List<Worksheet>();
        foreach (var sheet in part.Workbook.Sheets?.Elements<Sheet>() ?? [])
        {
            if (sheet.Id?.Value is { } id && part.GetPartById(id) is WorksheetPart worksheet)
            {
                sheets.Add(Read(worksheet, sheet.Name?.Value ?? string.Empty, strings, formats, isMac));
            }
        }

        return new Workbook(sheets);
    }

    private static IEnumerable<string> SharedStrings(SharedStringTablePart table)
    {
        using var reader = OpenXmlReader.Create(table);
        while (reader.Read())
        {
            if (reader.IsStartElement && reader.ElementType == typeof(SharedStringItem))
            {
                yield return Unescape(TextOf((SharedStringItem)reader.LoadCurrentElement()!));
            }
        }
    }

    /// <summary>Text and runs of it; the reading aid over characters (furigana) is not part of it.</summary>
    private static string TextOf(OpenXmlElement item) => string.Concat(item.ChildElements.Select(c => c switch
    {
        Text text => text.Text,
        Run run => run.Text?.Text,
        _ => null,
    }));

    /// <summary>By the number of a cell's style: how it shows a number.</summary>
    private static List<Shown> Formats(Stylesheet? styles)
    {
        var own = styles?.NumberingFormats?.Elements<NumberingFormat>()
            .Where(f => f.NumberFormatId is not null).DistinctBy(f => f.NumberFormatId!.Value).ToDictionary(f => f.NumberFormatId!.Value, f => f.FormatCode?.Value ?? string.Empty) ?? [];
        return
        [
            .. (styles?.CellFormats?.Elements<CellFormat>() ?? []).Select(f => f.NumberFormatId?.Value ?? 0).Select(id =>
                DateFormats.Contains(id) || (own.TryGetValue(id, out var code) && DateCode().IsMatch(Literals().Replace(code, string.Empty))) ? Shown.Date
                : PercentFormats.Contains(id) || (own.TryGetValue(id, out code) && code.Contains('%', StringComparison.Ordinal)) ? Shown.Percent
                : Shown.Number),
        ];
    }

    private static Worksheet Read(WorksheetPart part, string name, List<string> strings, List<Shown> formats, bool isMac)
    {
        var rows = new List<SheetRow>();
        var merged = new List<MergedCells>();
        using var reader = OpenXmlReader.Create(part);
        var number = 0;
        while (reader.Read())
        {
            if (!reader.IsStartElement)
            {
                continue;
            }

            if (reader.ElementType == typeof(MergeCell) && (reader.LoadCurrentElement() as MergeCell)?.Reference?.Value is { } range)
            {
                merged.Add(Range(range));
            }
            else if (reader.ElementType == typeof(Row))
            {
                var row = (Row)reader.LoadCurrentElement()!;
                number = (int?)row.RowIndex?.Value ?? number + 1;
                var cells = Cells(row, strings, formats, isMac);
                if (cells.Count > 0)
                {
                    rows.Add(new SheetRow(number, cells));
                }

                if (rows.Count > MostRows)
                {
                    throw new RuleBrokenException("sheet-too-long", $"工作表“{name}”超过 {MostRows} 行，请分批导入。", "Upload");
                }
            }
        }

        return new Worksheet(name, rows, merged);
    }

    private static Dictionary<int, SheetCell> Cells(Row row, List<string> strings, List<Shown> formats, bool isMac)
    {
        var cells = new Dictionary<int, SheetCell>();
        var next = 0;
        foreach (var cell in row.Elements<Cell>())
        {
            var column = cell.CellReference?.Value is { } address ? Workbook.Place(address).Column : next;
            next = column + 1;
            if (column < MostColumns && Of(cell, strings, formats, isMac) is { } read)
            {
                cells[column] = read;
            }
        }

        return cells;
    }

    private static SheetCell? Of(Cell cell, List<string> strings, List<Shown> formats, bool isMac)
    {
        var raw = cell.CellValue?.Text ?? string.Empty;
        var type = cell.DataType?.Value;
        var read = type == CellValues.SharedString ? new SheetCell(strings[int.Parse(raw, CultureInfo.InvariantCulture)])
            : type == CellValues.InlineString ? new SheetCell(cell.InlineString is { } text ? Unescape(TextOf(text)) : string.Empty)
            : type == CellValues.String ? new SheetCell(Unescape(raw))
            : type == CellValues.Boolean ? new SheetCell(raw == "1" ? "是" : "否")
            : type == CellValues.Error ? new SheetCell(raw, $"单元格是错误值 {raw}")
            : type == CellValues.Date ? new SheetCell(raw.Length >= 10 ? raw[..10] : raw)
            : Number(raw, cell.StyleIndex?.Value is { } style && style < formats.Count ? formats[(int)style] : Shown.Number, isMac);
        if (cell.CellFormula is not null)
        {
            read = read with { Problem = "单元格是公式，请复制后用“选择性粘贴→数值”换成数值" };
        }

        var trimmed = read.Text.Replace("\0", string.Empty, StringComparison.Ordinal).Trim();
        return trimmed.Length == 0 && read.Problem is null ? null : read with { Text = trimmed };
    }

    private static SheetCell Number(string raw, Shown shown, bool isMac)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return new SheetCell(raw);
        }

        if (shown == Shown.Date && number is > 0 and < 2_958_466)
        {
            return new SheetCell(DateTime.FromOADate(number + (isMac ? 1462 : 0)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        // As Excel shows it: fifteen digits, what it stored behind them is noise of binary fractions.
        var text = Math.Abs(number) < LargestExact && decimal.TryParse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact.ToString("0.####################", CultureInfo.InvariantCulture)
            : raw;
        return shown == Shown.Percent && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var part) ? new SheetCell((part * 100).ToString("0.####################", CultureInfo.InvariantCulture) + "%")
            : Math.Abs(number) >= LargestExact ? new SheetCell(text, "Excel 只保留了前 15 位数字，请先把该列设为“文本”格式再填写")
            : new SheetCell(text);
    }

    private static MergedCells Range(string address)
    {
        var ends = address.Split(':');
        var (first, last) = (Workbook.Place(ends[0]), Workbook.Place(ends[^1]));
        return new MergedCells(first.Row, last.Row, first.Column, last.Column, address);
    }

    /// <summary>Excel writes what XML cannot hold, and a text that looks like that, as _xHHHH_.</summary>
    private static string Unescape(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escaped().Replace(text, m => ((char)int.Parse(m.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    [GeneratedRegex("[yd]|m(?!.*[hs])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex DateCode();

    /// <summary>What a number format shows as it stands: texts in quotes, colours and conditions in brackets, escaped characters.</summary>
    [GeneratedRegex("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Literals();

    private enum Shown
    {
        Number,
        Date,
        Percent,
    }
}
