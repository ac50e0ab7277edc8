using System.Text.Json.Nodes;
using Applications.Domain.Forms.Corrections;

namespace Applications.Domain.Forms.Merging;

/// <summary>A field, or rows of a table, to which two people gave different answers.</summary>
/// <param name="Theirs">What is stored.</param>
/// <param name="Rows">Keys of the table's rows that differ; empty for a field.</param>
public sealed record AnswerConflict(FieldDefinition Field, JsonNode? Theirs, IReadOnlyList<string> Rows);

/// <param name="Answers">All that could be brought together; where it could not, the writer's own.</param>
/// <param name="Taken">Fields in which a colleague's change was taken over.</param>
public sealed record MergedAnswers(Answers Answers, IReadOnlyList<FieldDefinition> Taken, IReadOnlyList<AnswerConflict> Conflicts);

/// <summary>
/// Brings together what two people did to one section since it was shown: a field that one of them changed has his answer, rows of a table are treated
/// like fields, and what both changed differently is a conflict for the writer to decide.
/// </summary>
public static class AnswersMerge
{
    /// <param name="section">The section that is saved.</param>
    /// <param name="known">What the writer's page showed.</param>
    /// <param name="theirs">What is stored now.</param>
    /// <param name="mine">What the writer saves, on top of what is stored.</param>
    /// <param name="yields">Fields of earlier conflicts in which the writer lets the other answer stand, with the rows in question.</param>
    public static MergedAnswers Merge(
        SectionDefinition section, AnswersBase known, Answers theirs, Answers mine, IReadOnlyDictionary<string, IReadOnlyList<string>> yields)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(theirs);
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(yields);
        var merged = mine.Clone();
        var taken = new List<FieldDefinition>();
        var conflicts = new List<AnswerConflict>();
        foreach (var field in section.Fields.Where(known.Knows))
        {
            var yielded = yields.GetValueOrDefault(field.Key);
            if (field.IsTable)
            {
                var run = new TableMerge(field, known, theirs, mine, yielded ?? []);
                Put(merged, field, run.Merge());
                taken.AddRange(run.Took ? [field] : []);
                conflicts.AddRange(run.Conflicts.Count > 0 ? [new AnswerConflict(field, theirs[field.Key], run.Conflicts)] : []);
            }
            else if (yielded is not null)
            {
                Put(merged, field, theirs[field.Key]?.DeepClone());
            }
            else if (!OpenFields.Same(theirs[field.Key], mine[field.Key]) && !known.IsStored(field, theirs[field.Key]))
            {
                if (known.IsShown(field, mine[field.Key]))
                {
                    Put(merged, field, theirs[field.Key]?.DeepClone());
                    taken.Add(field);
                }
                else
                {
                    conflicts.Add(new AnswerConflict(field, theirs[field.Key], []));
                }
            }
        }

        return new MergedAnswers(merged, taken, conflicts);
    }

    private static void Put(Answers answers, FieldDefinition field, JsonNode? value)
    {
        if (value is null)
        {
            answers.Json.Remove(field.Key);
        }
        else
        {
            answers[field.Key] = value;
        }
    }
}
