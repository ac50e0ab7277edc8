using Applications.Domain.Forms;
using static Applications.Domain.Forms.FormDefinitionRules;

namespace Applications.Domain.Rubrics;

/// <summary>What must hold of a rubric beyond its JSON shape.</summary>
internal static class RubricDefinitionRules
{
    public static void Require(RubricDefinition rubric, string file, FormDefinition form)
    {
        var known = FormVocabulary.Of(form);
        var groups = new HashSet<string>();
        var criteria = new HashSet<string>();
        for (var g = 0; g < rubric.Groups.Count; g++)
        {
            var group = rubric.Groups[g];
            Key(group.Key, groups, file, $"$.groups[{g}].key");
            for (var c = 0; c < group.Criteria.Count; c++)
            {
                var at = $"$.groups[{g}].criteria[{c}]";
                Key(group.Criteria[c].Key, criteria, file, $"{at}.key");
                Criterion(group.Criteria[c], file, at);
                Names(group.Criteria[c].Measure, known, file, $"{at}.measure");
            }
        }

        var sum = rubric.Criteria.Sum(c => c.Weight);
        Refuse(sum != 100, file, "$.groups", $"The weights sum to {sum}, not to 100.");
        Refuse(rubric.Grades.Count == 0 || rubric.Grades[^1].From != 0, file, "$.grades", "The last grade starts at 0.");
        Refuse(rubric.Grades.Zip(rubric.Grades.Skip(1)).Any(p => p.First.From <= p.Second.From), file, "$.grades", "Grades stand best first.");
        Refuse(rubric.Sheet.CommentBelow > rubric.Sheet.CommentAbove || rubric.Sheet.CommentLength < 0, file, "$.sheet", "commentBelow is above commentAbove.");
        Refuse(rubric.Tally.DropFrom < 3, file, "$.tally.dropFrom", "Two can be left out of three sheets or more.");
    }

    private static void Criterion(Criterion criterion, string file, string at)
    {
        var linear = criterion.Floor is not null || criterion.Full is not null;
        Refuse(criterion.Weight < 1, file, $"{at}.weight", "A weight is at least 1.");
        Refuse(criterion.Step < 1 || criterion.FullHundredths % criterion.Step != 0, file, $"{at}.step", "The step must divide the full points.");
        Refuse(linear && !(criterion.Floor < criterion.Full), file, $"{at}.full", "floor must be below full.");
        Refuse(linear && criterion.Bands.Count > 0, file, $"{at}.bands", "Either floor and full, or bands.");
        Refuse(criterion.Bands.Any(b => b.Percent is < 0 or > 100), file, $"{at}.bands", "A band gives 0 to 100 percent.");
        Refuse(criterion.Bands.Zip(criterion.Bands.Skip(1)).Any(p => p.First.From >= p.Second.From || p.First.Percent > p.Second.Percent), file, $"{at}.bands", "Bands rise, lowest first.");
        Refuse(criterion.Scoring is Scoring.Auto && (criterion.Measure is null || !(linear || criterion.Bands.Count > 0)), file, $"{at}.measure", "An automatic score needs a measure with floor and full, or bands.");
        Refuse(criterion.Measure is null && (linear || criterion.Bands.Count > 0), file, $"{at}.measure", "Lines without a measure.");
    }
}
