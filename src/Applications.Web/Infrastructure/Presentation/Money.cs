using System.Globalization;

namespace Applications.Web.Infrastructure.Presentation;

/// <summary>Money is stored in 分 and shown in 万元 with thousands separators.</summary>
public static class Money
{
    private const decimal FenInWan = 1_000_000m;

    /// <summary>12,345.67: at most two decimals, which is 100 元; pass <paramref name="exact"/> for all six.</summary>
    public static string Wan(long fen, bool exact = false) =>
        (fen / FenInWan).ToString(exact ? "#,##0.######" : "#,##0.##", CultureInfo.InvariantCulture);

    public static string Yuan(long fen) => (fen / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
}
