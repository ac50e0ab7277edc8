using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Reviews;

/// <summary>
/// Draws the cases whose sites are checked (现场核查抽样; programmes.md 2.9: P4 samples, found nowhere and so a default). Each case's lot is the SHA-256 of
/// seed and case number; the lowest are drawn. Whoever has the printed record can draw again.
/// </summary>
public static class SiteCheckSample
{
    /// <param name="numbers">Case numbers.</param>
    /// <param name="percent">The share to draw; of a few cases at least one is drawn.</param>
    public static IReadOnlySet<string> Draw(IEnumerable<string> numbers, int percent, string seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        var lots = numbers.Distinct(StringComparer.Ordinal).OrderBy(n => Lot(seed, n), StringComparer.Ordinal).ThenBy(n => n, StringComparer.Ordinal).ToList();
        return lots.Take(((lots.Count * percent) + 99) / 100).ToHashSet(StringComparer.Ordinal);
    }

    private static string Lot(string seed, string number) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{number}")));
}
