namespace Applications.Domain.Reviews.Assigning;

/// <summary>How well an expert's knowledge fits a file.</summary>
/// <param name="Penalty">0 is the best; the steps grow, so that one bad match weighs more than several middling ones.</param>
/// <param name="Because">What fits and what does not, in words.</param>
public sealed record PairMatch(int Penalty, string Because)
{
    public const int Worst = OutOfField + SameCity;

    private const int FieldOnly = 8;
    private const int WordOnly = 20;
    private const int OutOfField = 60;
    private const int SameCity = 5;

    /// <summary>At least two letters, or everything would fit.</summary>
    private const int ShortestWord = 2;

    public static PairMatch Of(AssignedFile file, AssignableExpert expert)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(expert);
        var (field, word) = (IsOfField(file, expert), WordOf(file, expert));
        var because = (field, word) switch
        {
            (true, not null) => $"行业大类 {file.Division} 相符，专长“{word}”相符",
            (true, null) => $"行业大类 {file.Division} 相符",
            (false, not null) => $"专长“{word}”相符，行业大类不符",
            _ => "行业大类和专长均不相符",
        };
        return new PairMatch(PenaltyOf(file, expert), IsOfCity(file, expert) ? $"{because}，与申报单位同市" : because);
    }

    /// <summary>The penalty alone, for the millions of pairs that nobody reads.</summary>
    public static int PenaltyOf(AssignedFile file, AssignableExpert expert)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(expert);
        var city = IsOfCity(file, expert) ? SameCity : 0;
        return city + (IsOfField(file, expert)
            ? (WordOf(file, expert) is null ? FieldOnly : 0)
            : WordOf(file, expert) is null ? OutOfField : WordOnly);
    }

    private static bool IsOfField(AssignedFile file, AssignableExpert expert) => file.Division is not null && expert.Fields.Contains(file.Division);

    private static bool IsOfCity(AssignedFile file, AssignableExpert expert) => file.CityCode.Length > 0 && file.CityCode == expert.CityCode;

    private static string? WordOf(AssignedFile file, AssignableExpert expert)
    {
        if (file.Words.Length < ShortestWord)
        {
            return null;
        }

        foreach (var word in expert.Words)
        {
            if (word.Length >= ShortestWord && file.Words.Contains(word, StringComparison.Ordinal))
            {
                return word;
            }
        }

        return null;
    }
}
