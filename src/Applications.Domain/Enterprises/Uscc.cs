namespace Applications.Domain.Enterprises;

/// <summary>统一社会信用代码, GB 32100-2015 (programmes.md 6.1).</summary>
public static class Uscc
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>Trimmed and in upper case, as codes are stored.</summary>
    public static string Normalize(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Trim().ToUpperInvariant();
    }

    /// <summary>Whether the normalised code has 18 characters of the alphabet and the right check character.</summary>
    public static bool IsValid(string code) => IsWellFormed(code) && CheckCharacter(code) == code[17];

    /// <summary>Length and alphabet only: some lawful early codes fail the check character, which a city may then override.</summary>
    public static bool IsWellFormed(string code) => code is { Length: 18 } && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal));

    /// <summary>The check character that belongs to the first 17 characters.</summary>
    public static char CheckCharacter(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += Alphabet.IndexOf(code[i], StringComparison.Ordinal) * Weights[i];
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }
}
