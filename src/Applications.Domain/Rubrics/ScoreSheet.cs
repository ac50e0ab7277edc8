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

    /// <summary>What is wrong with the points that are given, one error a criterion; empty for a draft that may be kept. Messages are in Chinese.</summary>
    /// <param name="unread">Criterion → what was written there and is no number; not among <see cref="Scores"/>.</param>
    public IReadOnlyList<ScoreSheetError> Faults(RubricDefinition rubric, IReadOnlyDictionary<string, string>? unread = null)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        return [.. Judge(rubric, unread, whole: false)];
    }

    /// <summary>What keeps the sheet from being locked, all of it at once; empty when it may be. Messages are in Chinese.</summary>
    /// <param name="unread">As in <see cref="Faults"/>.</param>
    public IReadOnlyList<ScoreSheetError> Validate(RubricDefinition rubric, IReadOnlyDictionary<string, string>? unread = null)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        List<ScoreSheetError> errors = [.. Judge(rubric, unread, whole: true)];
        var rules = rubric.Sheet;
        var length = Comment?.Count(c => !char.IsWhiteSpace(c)) ?? 0;
        if (errors.Count == 0 && (Total < rules.CommentBelow * 100 || Total > rules.CommentAbove * 100) && length < rules.CommentLength)
        {
            errors.Add(new ScoreSheetError(null, $"总分低于{rules.CommentBelow}分或高于{rules.CommentAbove}分时，评审意见至少{rules.CommentLength}字，现有{length}字。"));
        }

        return errors;
    }

    private IEnumerable<ScoreSheetError> Judge(RubricDefinition rubric, IReadOnlyDictionary<string, string>? unread, bool whole) =>
        rubric.Criteria.Select(c => (c.Key, Fault: FaultOf(c, unread?.GetValueOrDefault(c.Key), whole))).Where(f => f.Fault is not null).Select(f => new ScoreSheetError(f.Key, f.Fault!))
            .Concat(Scores.Keys.Where(k => rubric.Find(k) is null).Select(k => new ScoreSheetError(k, $"评分表中没有“{k}”。")));

    private string? FaultOf(Criterion criterion, string? unread, bool whole)
    {
        if (unread is not null)
        {
            return $"“{criterion.Title}”填写的“{unread}”不是数字，请填 0 至 {criterion.Weight} 分，以 {Points(criterion.Step)} 分为一档。";
        }

        if (!Scores.TryGetValue(criterion.Key, out var score))
        {
            return whole ? $"请为“{criterion.Title}”打分，0 至 {criterion.Weight} 分。" : null;
        }

        if (score < 0 || score > criterion.FullHundredths)
        {
            return $"“{criterion.Title}”应在 0 至 {criterion.Weight} 分之间，现为 {Points(score)} 分。";
        }

        return criterion.Scoring is Scoring.Expert && score % criterion.Step != 0 ? $"“{criterion.Title}”以 {Points(criterion.Step)} 分为一档，现为 {Points(score)} 分。" : null;
    }

    /// <summary>Hundredths as points for reading: 8550 is 85.5.</summary>
    public static string Points(int hundredths) => (hundredths / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary><paramref name="CriterionKey"/> is null when the comment is meant.</summary>
public sealed record ScoreSheetError(string? CriterionKey, string Message);
