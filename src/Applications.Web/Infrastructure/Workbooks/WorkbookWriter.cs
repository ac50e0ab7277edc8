using System.Globalization;
using System.Text.RegularExpressions;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Validations;
using SpreadCheetah.Worksheets;
using Color = System.Drawing.Color;

namespace Applications.Web.Infrastructure.Workbooks;

/// <summary>How a cell looks.</summary>
public enum CellLook
{
    Plain,

    /// <summary>A date with its time of day.</summary>
    Moment,
    Heading,

    /// <summary>A heading whose column has to be filled in.</summary>
    Required,
    Example,

    /// <summary>Something is wrong here.</summary>
    Fault,
    Remark,
}

/// <param name="Value">Text, a number, a date, yes or no; null for nothing.</param>
public readonly record struct CellContent(object? Value, CellLook Look = CellLook.Plain);

/// <summary>A sheet to be written.</summary>
public sealed record SheetContent(string Name, IReadOnlyList<IReadOnlyList<CellContent>> Rows)
{
    /// <summary>Rows that stay in sight.</summary>
    public int Frozen { get; init; } = 1;

    /// <summary>Columns whose cells are text, whatever is typed: codes and telephone numbers keep their digits.</summary>
    public IReadOnlySet<int> Texts { get; init; } = new HashSet<int>();

    /// <summary>Columns with a list to choose from.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> Choices { get; init; } = new Dictionary<int, IReadOnlyList<string>>();

    /// <summary>Rows a list to choose from reaches down to.</summary>
    public int ChoiceRows { get; init; } = 5000;
}

/// <summary>Writes xlsx files.</summary>
public static partial class WorkbookWriter
{
    private const double Narrowest = 9;
    private const double Widest = 60;
    private const int MeasuredRows = 200;

    /// <summary>A double keeps fifteen digits; a number with more is written as text, so that none is lost.</summary>
    private const int ExactDigits = 15;

    /// <summary>What Excel takes in one cell.</summary>
    private const int LongestText = 32_767;

    public static async Task<MemoryStream> WriteAsync(IReadOnlyList<SheetContent> sheets, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sheets);
        var stream = new MemoryStream();
        await using (var book = await Spreadsheet.CreateNewAsync(stream, new SpreadCheetahOptions { PreserveStringWhitespace = true, DefaultDateTimeFormat = NumberFormat.Custom("yyyy-mm-dd") }, ct))
        {
            var looks = Enum.GetValues<CellLook>().ToDictionary(l => l, l => book.AddStyle(StyleOf(l)));
            var text = book.AddStyle(Text);
            foreach (var sheet in sheets)
            {
                await WriteAsync(book, sheet, looks, text, ct);
            }

            await book.FinishAsync(ct);
        }

        stream.Position = 0;
        return stream;
    }

    private static async Task WriteAsync(Spreadsheet book, SheetContent sheet, Dictionary<CellLook, StyleId> looks, StyleId text, CancellationToken ct)
    {
        var columns = sheet.Rows.Count == 0 ? 0 : sheet.Rows.Max(r => r.Count);
        var options = new WorksheetOptions { FrozenRows = sheet.Frozen > 0 && sheet.Rows.Count > 0 ? sheet.Frozen : null };
        for (var column = 0; column < columns; column++)
        {
            var width = sheet.Rows.Take(MeasuredRows).Where(r => column < r.Count).Max(r => WidthOf(r[column]));
            options.Column(column + 1).Width = Math.Clamp(width + 2, Narrowest, Widest);
            if (sheet.Texts.Contains(column))
            {
                options.Column(column + 1).DefaultStyle = Text;
            }
        }

        await book.StartWorksheetAsync(NameOf(sheet.Name), options, ct);
        foreach (var (column, choices) in sheet.Choices)
        {
            if (DataValidation.TryCreateListValues(choices, true, out var list))
            {
                list.ErrorMessage = "请从列表中选择。";
                book.AddDataValidation($"{Workbook.Letters(column)}2:{Workbook.Letters(column)}{sheet.ChoiceRows}", list);
            }
        }

        foreach (var row in sheet.Rows)
        {
            await book.AddRowAsync([.. row.Select((c, i) => new Cell(DataOf(c.Value), c.Look != CellLook.Plain ? looks[c.Look] : sheet.Texts.Contains(i) ? text : null))], ct);
        }
    }

    private static DataCell DataOf(object? value) => value switch
    {
        null => default,
        bool yes => new DataCell(yes ? "是" : "否"),
        int number => new DataCell(number),
        long number when Math.Abs(number) < 1_000_000_000_000_000 => new DataCell(number),
        decimal number when Digits(number) <= ExactDigits => new DataCell(number),
        double number => new DataCell(number),
        DateTime at => new DataCell(at),
        DateOnly day => new DataCell(day.ToDateTime(TimeOnly.MinValue)),
        _ => new DataCell(Clean(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty)),
    };

    private static int Digits(decimal number) => number.ToString(CultureInfo.InvariantCulture).Count(char.IsAsciiDigit);

    /// <summary>A text that looks like Excel's escape is escaped itself; what no XML can hold is left out.</summary>
    private static string Clean(string text)
    {
        if (text.Length > LongestText)
        {
            text = text[..LongestText];
        }

        if (text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c >= '\uFFFE'))
        {
            text = new string([.. text.Where((c, i) => (!char.IsControl(c) || c is '\n' or '\t') && c < '\uFFFE'
                && (!char.IsSurrogate(c) || (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) || (char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1]))))]);
        }

        return text.Contains("_x", StringComparison.Ordinal) ? Escape().Replace(text, "_x005F$0") : text;
    }

    private static double WidthOf(CellContent cell) => cell.Value switch
    {
        null => 0,
        DateTime when cell.Look is CellLook.Moment => 20,
        DateTime or DateOnly => 11,
        string text => text.Split('\n').Max(line => line.Sum(c => c > 0xFF ? 2.1 : 1.05)),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!.Length,
    };

    /// <summary>Excel takes 31 characters and none of its own signs.</summary>
    public static string NameOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var clean = new string([.. name.Where(c => !char.IsControl(c) && !@"\/?*[]:'".Contains(c, StringComparison.Ordinal))]);
        return clean.Length > 31 ? clean[..31] : clean.Length == 0 ? "Sheet1" : clean;
    }

    private static Style StyleOf(CellLook look) => look switch
    {
        CellLook.Heading => new Style { Font = new Font { Bold = true }, Fill = new Fill { Color = Color.FromArgb(0xE8, 0xEE, 0xF6) }, Alignment = Wrapped },
        CellLook.Required => new Style { Font = new Font { Bold = true, Color = Color.FromArgb(0xB0, 0x1E, 0x1E) }, Fill = new Fill { Color = Color.FromArgb(0xE8, 0xEE, 0xF6) }, Alignment = Wrapped },
        CellLook.Example => new Style { Font = new Font { Italic = true, Color = Color.FromArgb(0x76, 0x76, 0x76) }, Format = NumberFormat.Standard(StandardNumberFormat.Text) },
        CellLook.Fault => new Style { Font = new Font { Color = Color.FromArgb(0x9C, 0x00, 0x06) }, Fill = new Fill { Color = Color.FromArgb(0xFF, 0xC7, 0xCE) }, Format = NumberFormat.Standard(StandardNumberFormat.Text) },
        CellLook.Moment => new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm:ss") },
        CellLook.Remark => new Style { Alignment = Wrapped },
        _ => new Style(),
    };

    private static Style Text => new() { Format = NumberFormat.Standard(StandardNumberFormat.Text) };

    private static Alignment Wrapped => new() { WrapText = true, Vertical = VerticalAlignment.Top };

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
