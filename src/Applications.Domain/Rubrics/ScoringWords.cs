using System.Globalization;
using Applications.Domain.Forms;

namespace Applications.Domain.Rubrics;

/// <summary>The rule behind a measured score in words, and its arithmetic for one file, so that nobody has to take a suggestion on trust.</summary>
public static class ScoringWords
{
    /// <summary>From which value on a criterion gives how many points; null when it has no measure.</summary>
    public static string? Rule(Criterion criterion)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        if (criterion.Bands.Count > 0)
        {
            return $"{string.Join("，", criterion.Bands.Select(b => $"{Show(criterion, b.From)}起 {ScoreSheet.Points(criterion.Weight * b.Percent)} 分"))}；不足 {Show(criterion, criterion.Bands[0].From)} 0 分";
        }

        return criterion is { Floor: { } floor, Full: { } full }
            ? $"{Show(criterion, floor)}及以下 0 分，{Show(criterion, full)}及以上 {criterion.Weight} 分，其间按比例"
            : null;
    }

    /// <summary>How the points of this file come about where the rule alone does not tell; null where it does.</summary>
    public static string? Arithmetic(AutoScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        var criterion = score.Criterion;
        if (score.Measure is not { } measure)
        {
            return "申报数据中没有这个数，按 0 分计";
        }

        var given = criterion.Scoring == Scoring.Expert ? criterion.Suggested(score) : score.Hundredths;
        var steps = given == score.Hundredths ? "" : $"，以 {ScoreSheet.Points(criterion.Step)} 分为一档取 {ScoreSheet.Points(given)} 分";
        if (criterion.Bands.Count == 0 && criterion is { Floor: { } floor, Full: { } full } && measure > floor && measure < full)
        {
            return $"（{Show(criterion, measure)} − {Show(criterion, floor)}）÷（{Show(criterion, full)} − {Show(criterion, floor)}）× {criterion.Weight} 分 = {ScoreSheet.Points(score.Hundredths)} 分{steps}";
        }

        return steps.Length == 0 ? null : $"{ScoreSheet.Points(score.Hundredths)} 分{steps}";
    }

    /// <summary>With its unit; a unit in brackets is a remark on the measure and stands for nothing that could be counted.</summary>
    private static string Show(Criterion criterion, double value) =>
        criterion.Unit is { } unit && unit.StartsWith('（')
            ? value.ToString("0.##", CultureInfo.InvariantCulture)
            : FormDisplay.Value(criterion.Format, value, criterion.Unit);
}
