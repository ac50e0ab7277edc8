using Applications.Domain.Forms;

namespace Applications.Domain.Rubrics;

/// <summary>
/// The score a measure gives. <paramref name="Measure"/> is null when the form does not give it; the score is then 0. For a criterion
/// the expert scores it is a suggestion.
/// </summary>
public sealed record AutoScore(Criterion Criterion, double? Measure, int Hundredths)
{
    /// <summary>The measure as people read it.</summary>
    public string MeasureText => FormDisplay.Value(Criterion.Format, Measure, Criterion.Unit);
}

/// <summary>Scores every criterion that has a measure from the form's data.</summary>
public static class AutoScorer
{
    /// <summary>One score for each criterion with a measure, by its key.</summary>
    public static IReadOnlyDictionary<string, AutoScore> Score(RubricDefinition rubric, AnswerCheck check, FormScope scope)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        using var session = FormSession.Open(scope, check);
        var scores = new Dictionary<string, AutoScore>(StringComparer.Ordinal);
        foreach (var criterion in rubric.Criteria.Where(c => c.Measure is not null))
        {
            var measure = session.TryEvaluate(criterion.Measure!) as double?;
            scores[criterion.Key] = new AutoScore(criterion, measure, Points(criterion, measure));
        }

        return scores;
    }

    /// <summary>The points in hundredths that <paramref name="measure"/> earns.</summary>
    public static int Points(Criterion criterion, double? measure)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        if (measure is not { } value || !double.IsFinite(value))
        {
            return 0;
        }

        if (criterion.Bands.Count > 0)
        {
            var percent = criterion.Bands.LastOrDefault(b => value >= b.From)?.Percent ?? 0;
            return criterion.Weight * percent;
        }

        if (criterion.Floor is not { } floor || criterion.Full is not { } full)
        {
            return 0;
        }

        var share = Math.Clamp((value - floor) / (full - floor), 0, 1);
        return (int)Math.Round((decimal)share * criterion.FullHundredths, MidpointRounding.AwayFromZero);
    }
}
