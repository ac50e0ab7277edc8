using System.Text.RegularExpressions;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using static Applications.Domain.Forms.FormDefinitionRules;

namespace Applications.Domain.Rubrics;

/// <summary>What must hold of a rubric beyond its JSON shape.</summary>
internal static partial class RubricDefinitionRules
{
    public static void Require(RubricDefinition rubric, ProblemList problems, FormDefinition form)
    {
        var known = FormVocabulary.Of(form);
        var groups = new HashSet<string>();
        var criteria = new HashSet<string>();
        for (var g = 0; g < rubric.Groups.Count; g++)
        {
            var group = rubric.Groups[g];
            Key(group.Key, groups, problems, $"$.groups[{g}].key");
            for (var c = 0; c < group.Criteria.Count; c++)
            {
                var at = $"$.groups[{g}].criteria[{c}]";
                Key(group.Criteria[c].Key, criteria, problems, $"{at}.key");
                Criterion(group.Criteria[c], problems, at);
                Names(group.Criteria[c].Measure, known, problems, $"{at}.measure");
            }
        }

        Rounds(rubric, problems);
        problems.Refuse(rubric.Grades.Count == 0 || rubric.Grades[^1].From != 0, "$.grades", "The last grade starts at 0.");
        problems.Refuse(rubric.Grades.Zip(rubric.Grades.Skip(1)).Any(p => p.First.From <= p.Second.From), "$.grades", "Grades stand best first.");
        problems.Refuse(rubric.Sheet.CommentBelow > rubric.Sheet.CommentAbove || rubric.Sheet.CommentLength < 0, "$.sheet", "commentBelow is above commentAbove.");
        problems.Refuse(rubric.Tally.DropFrom < 3, "$.tally.dropFrom", "Two can be left out of three sheets or more.");
    }

    /// <summary>The shares of the rounds sum to 100 per cent, the criteria of each to 100 points, and no group is left over.</summary>
    private static void Rounds(RubricDefinition rubric, ProblemList problems)
    {
        var keys = new HashSet<string>();
        for (var r = 0; r < rubric.Rounds.Count; r++)
        {
            problems.Refuse(!RoundForm().IsMatch(rubric.Rounds[r].Key), $"$.rounds[{r}].key", "A round is named by lower case words joined by hyphens, at most 30 characters.");
            problems.Refuse(!keys.Add(rubric.Rounds[r].Key), $"$.rounds[{r}].key", $"The round '{rubric.Rounds[r].Key}' stands twice.");
            problems.Refuse(rubric.Rounds[r].Weight < 1, $"$.rounds[{r}].weight", "A weight is at least 1.");
        }

        var shares = rubric.AllRounds.Sum(r => r.Weight);
        problems.Refuse(shares != 100, "$.rounds", $"The weights sum to {shares}, not to 100.");
        foreach (var round in rubric.AllRounds)
        {
            var sum = rubric.ForRound(round.Key).Criteria.Sum(c => c.Weight);
            problems.Refuse(sum != 100, "$.groups", rubric.Rounds.Count == 0 ? $"The weights sum to {sum}, not to 100." : $"The weights of round '{round.Key}' sum to {sum}, not to 100.");
        }

        for (var g = 0; g < rubric.Groups.Count; g++)
        {
            problems.Refuse(rubric.AllRounds.All(r => r.Key != rubric.Groups[g].Round), $"$.groups[{g}].round", $"There is no round '{rubric.Groups[g].Round}'.");
        }
    }

    [GeneratedRegex("^(?=.{1,30}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex RoundForm();

    private static void Criterion(Criterion criterion, ProblemList problems, string at)
    {
        var linear = criterion.Floor is not null || criterion.Full is not null;
        problems.Refuse(criterion.Weight < 1, $"{at}.weight", "A weight is at least 1.");
        problems.Refuse(criterion.Step < 1 || criterion.FullHundredths % criterion.Step != 0, $"{at}.step", "The step must divide the full points.");
        problems.Refuse(linear && !(criterion.Floor < criterion.Full), $"{at}.full", "floor must be below full.");
        problems.Refuse(linear && criterion.Bands.Count > 0, $"{at}.bands", "Either floor and full, or bands.");
        problems.Refuse(criterion.Bands.Any(b => b.Percent is < 0 or > 100), $"{at}.bands", "A band gives 0 to 100 percent.");
        problems.Refuse(criterion.Bands.Zip(criterion.Bands.Skip(1)).Any(p => p.First.From >= p.Second.From || p.First.Percent > p.Second.Percent), $"{at}.bands", "Bands rise, lowest first.");
        problems.Refuse(criterion.Scoring is Scoring.Auto && (criterion.Measure is null || !(linear || criterion.Bands.Count > 0)), $"{at}.measure", "An automatic score needs a measure with floor and full, or bands.");
        problems.Refuse(criterion.Measure is null && (linear || criterion.Bands.Count > 0), $"{at}.measure", "Lines without a measure.");
    }
}
