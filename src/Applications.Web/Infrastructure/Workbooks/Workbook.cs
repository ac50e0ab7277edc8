using System.Globalization;

namespace Applications.Web.Infrastructure.Workbooks;

/// <summary>A spreadsheet file as it was handed in: text by row and column, nothing computed.</summary>
public sealed record Workbook(IReadOnlyList<Worksheet> Sheets)
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The letters of a column; 0 is A.</summary>
    public static string Letters(int column)
    {
        var letters = string.Empty;
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }

    /// <summary>Row and column of an address such as B12; row 0 where the address is none.</summary>
    public static (int Row, int Column) Place(string? address)
    {
        var column = 0;
        var i = 0;
        for (; i < address?.Length && char.IsAsciiLetter(address[i]) && i < 4; i++)
        {
            column = (column * 26) + char.ToUpperInvariant(address[i]) - 'A' + 1;
        }

        return i > 0 && int.TryParse(address.AsSpan(i), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? (row, column - 1) : (0, 0);
    }
}

/// <param name="Rows">Those in which something stands, top down.</param>
/// <param name="Merged">Ranges of merged cells.</param>
public sealed record Worksheet(string Name, IReadOnlyList<SheetRow> Rows, IReadOnlyList<MergedCells> Merged);

/// <param name="Number">As the spreadsheet counts, from 1.</param>
/// <param name="Cells">By column, from 0; only those in which something stands.</param>
public sealed record SheetRow(int Number, IReadOnlyDictionary<int, SheetCell> Cells);

/// <param name="Text">As a person would type it: dates as yyyy-MM-dd, numbers without grouping.</param>
/// <param name="Problem">Why the text cannot be relied on: a formula, an error value, digits that Excel dropped.</param>
public sealed record SheetCell(string Text, string? Problem = null);

public sealed record MergedCells(int FirstRow, int LastRow, int FirstColumn, int LastColumn, string Address);
