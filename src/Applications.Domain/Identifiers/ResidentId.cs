namespace Applications.Domain.Identifiers;

/// <summary>The resident identity number (公民身份号码) of GB 11643-1999: 17 digits and a check character of ISO 7064 MOD 11-2.</summary>
public static class ResidentId
{
    private const string Checks = "10X98765432";

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The number as it is stored, or null when length, date or check character is wrong.</summary>
    public static string? Normalise(string? text)
    {
        var number = text?.Trim().ToUpperInvariant() ?? string.Empty;
        return number.Length == 18
            && number[..17].All(char.IsAsciiDigit)
            && DateOnly.TryParseExact(number.Substring(6, 8), "yyyyMMdd", out _)
            && Checks[Weights.Select((weight, i) => weight * (number[i] - '0')).Sum() % 11] == number[17] ? number : null;
    }
}
