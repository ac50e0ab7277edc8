namespace Applications.Domain.Rubrics;

/// <summary>
/// One expert's scores of one file, in hundredths of a point by criterion key. Automatic scores are put in by
/// <see cref="WithAuto"/>; only the others are the expert's.
/// </summary>
public sealed record ScoreSheet
{
    public IReadOnlyDictionary<string, int> Scores { get; init; } = new Dictionary<string, int>();

    public string? Comment { get; init; }

    /// <summary>The total in hundredths.</summary>
    public int Total => Scores.Values.Sum();

    /// <summary>This sheet with the automatic scores in their places, whatever stood there.</summary>
    public ScoreSheet WithAuto(RubricDefinition rubric, IReadOnlyDictionary<string, AutoScore> auto)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        ArgumentNullException.ThrowIfNull(auto);
        var scores = new Dictionary<string, int>(Scores);
        foreach (var criterion in rubric.Criteria.Where(c => c.Scoring is Scoring.Auto))
        {
            scores[criterion.Key] = auto.TryGetValue(criterion.Key, out var score) ? score.Hundredths : 0;
        }

        return this with { Scores = scores };
    }

    /// <summary>This sheet with the suggestions of the measures where the expert has given nothing yet, down to the criterion's step.</summary>
    public ScoreSheet WithSuggestions(RubricDefinition rubric, IReadOnlyDictionary<string, AutoScore> auto)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        ArgumentNullException.ThrowIfNull(auto);
        var scores = new Dictionary<string, int>(Scores);
        foreach (var criterion in rubric.Criteria.Where(c => c.Scoring is Scoring.Expert && auto.ContainsKey(c.Key)))
        {
            scores.TryAdd(criterion.Key, criterion.Suggested(auto[criterion.Key]));
        }

        return this with { Scores = scores };
    }

    /// <summary>Points of each group in hundredths, by group key: what a tie is told apart by.</summary>
    public IReadOnlyDictionary<string, int> GroupTotals(RubricDefinition rubric)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        return rubric.Groups.ToDictionary(g => g.Key, g => g.Criteria.Sum(c => Scores.GetValueOrDefault(c.Key)));
    }

    /// <summary>What keeps the sheet from being locked; empty when it may be. Messages are in Chinese.</summary>
    public IReadOnlyList<ScoreSheetError> Validate(RubricDefinition rubric)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        List<ScoreSheetError> errors = [];
        foreach (var criterion in rubric.Criteria)
        {
            if (!Scores.TryGetValue(criterion.Key, out var score))
            {
                errors.Add(new ScoreSheetError(criterion.Key, $"请为“{criterion.Title}”打分。"));
            }
            else if (score < 0 || score > criterion.FullHundredths)
            {
                errors.Add(new ScoreSheetError(criterion.Key, $"“{criterion.Title}”的得分应在0到{criterion.Weight}分之间。"));
            }
            else if (criterion.Scoring is Scoring.Expert && score % criterion.Step != 0)
            {
                errors.Add(new ScoreSheetError(criterion.Key, $"“{criterion.Title}”以{Points(criterion.Step)}分为一档。"));
            }
        }

        errors.AddRange(Scores.Keys.Where(k => rubric.Find(k) is null).Select(k => new ScoreSheetError(k, $"评分表中没有“{k}”。")));
        var rules = rubric.Sheet;
        var length = Comment?.Count(c => !char.IsWhiteSpace(c)) ?? 0;
        if (errors.Count == 0 && (Total < rules.CommentBelow * 100 || Total > rules.CommentAbove * 100) && length < rules.CommentLength)
        {
            errors.Add(new ScoreSheetError(null, $"总分低于{rules.CommentBelow}分或高于{rules.CommentAbove}分时，评审意见至少{rules.CommentLength}字，现有{length}字。"));
        }

        return errors;
    }

    /// <summary>Hundredths as points for reading: 8550 is 85.5.</summary>
    public static string Points(int hundredths) => (hundredths / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary><paramref name="CriterionKey"/> is null when the comment is meant.</summary>
public sealed record ScoreSheetError(string? CriterionKey, string Message);
