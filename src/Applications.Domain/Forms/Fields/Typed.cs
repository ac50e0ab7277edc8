using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Applications.Domain.Forms.Fields;

/// <summary>Reading of typed text and of stored numbers, the same for every kind of field.</summary>
internal static partial class Typed
{
    /// <summary>分 in a 万元.</summary>
    public const decimal FenPerWan = 1_000_000m;

    private const decimal LargestFen = 1_000_000_000_000_000m;

    private static readonly string[] DateForms =
        ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    /// <summary>Without control characters (a database refuses NUL), line ends as LF, trimmed.</summary>
    public static string Clean(string raw)
    {
        if (!raw.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
        {
            return raw.Trim();
        }

        var text = new StringBuilder(raw.Length);
        foreach (var c in raw.Replace("\r\n", "\n", StringComparison.Ordinal))
        {
            if (!char.IsControl(c) || c is '\n' or '\t')
            {
                text.Append(c);
            }
        }

        return text.ToString().Trim();
    }

    /// <summary>yyyy-MM-dd, as dates are stored. By hand: parsing by format compares names of months and eras, and a page shows dozens of dates.</summary>
    public static bool TryStoredDate(string text, out DateOnly date)
    {
        date = default;
        if (text is not [_, _, _, _, '-', _, _, '-', _, _]
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(text.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var month)
            || !int.TryParse(text.AsSpan(8, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>A number as people type it: full-width digits and thousands separators are welcome.</summary>
    public static bool TryNumber(string raw, out decimal number)
    {
        number = 0;
        if (raw.Length is 0 or > 40)
        {
            return false;
        }

        var text = raw.Normalize(NormalizationForm.FormKC).Replace(" ", string.Empty, StringComparison.Ordinal);
        return NumberForm().IsMatch(text)
            && decimal.TryParse(text.Replace(",", string.Empty, StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    public static bool TryDate(string raw, out DateOnly date) =>
        DateOnly.TryParseExact(raw.Normalize(NormalizationForm.FormKC).Replace(" ", string.Empty, StringComparison.Ordinal), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>A stored number, whatever it is backed by.</summary>
    public static bool TryStored(JsonNode node, out decimal number)
    {
        number = 0;
        if (node is not JsonValue value)
        {
            return false;
        }

        if (value.TryGetValue<long>(out var whole))
        {
            number = whole;
            return true;
        }

        if (value.TryGetValue<decimal>(out number))
        {
            return true;
        }

        if (value.TryGetValue<int>(out var small))
        {
            number = small;
            return true;
        }

        if (value.TryGetValue<double>(out var real) && Math.Abs(real) < 1e15)
        {
            number = (decimal)real;
            return true;
        }

        return false;
    }

    /// <summary>万元 to 分; false when finer than a 分 or beyond any enterprise.</summary>
    public static bool TryFen(decimal wan, out long fen)
    {
        fen = 0;
        if (Math.Abs(wan) > LargestFen / FenPerWan)
        {
            return false;
        }

        var exact = wan * FenPerWan;
        if (exact != decimal.Truncate(exact))
        {
            return false;
        }

        fen = (long)exact;
        return true;
    }

    public static bool IsFen(decimal stored) => stored == decimal.Truncate(stored) && Math.Abs(stored) <= LargestFen;

    /// <summary>Without trailing zeros and without an exponent.</summary>
    public static string Plain(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>With thousands separators, for reading.</summary>
    public static string Grouped(decimal number) => number.ToString("#,##0.############", CultureInfo.InvariantCulture);

    /// <summary>A number with its unit, for reading. A calendar year is a name and takes no separators.</summary>
    public static string WithUnit(decimal number, string? unit) => unit switch
    {
        null => Plain(number),
        "年" when number is >= 1000 and <= 9999 => $"{Plain(number)} 年",
        _ => $"{Grouped(number)} {unit}",
    };

    [GeneratedRegex(@"^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberForm();
}
