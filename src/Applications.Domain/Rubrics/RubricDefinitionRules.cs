using Applications.Domain.Common;
using Applications.Domain.Forms;
using static Applications.Domain.Forms.FormDefinitionRules;

namespace Applications.Domain.Rubrics;

/// <summary>What must hold of a rubric beyond its JSON shape.</summary>
internal static class RubricDefinitionRules
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

        var sum = rubric.Criteria.Sum(c => c.Weight);
        problems.Refuse(sum != 100, "$.groups", $"The weights sum to {sum}, not to 100.");
        problems.Refuse(rubric.Grades.Count == 0 || rubric.Grades[^1].From != 0, "$.grades", "The last grade starts at 0.");
        problems.Refuse(rubric.Grades.Zip(rubric.Grades.Skip(1)).Any(p => p.First.From <= p.Second.From), "$.grades", "Grades stand best first.");
        problems.Refuse(rubric.Sheet.CommentBelow > rubric.Sheet.CommentAbove || rubric.Sheet.CommentLength < 0, "$.sheet", "commentBelow is above commentAbove.");
        problems.Refuse(rubric.Tally.DropFrom < 3, "$.tally.dropFrom", "Two can be left out of three sheets or more.");
    }

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
