using Applications.Domain.Expressions;
using Applications.Domain.Forms;

namespace Applications.Domain.Programmes;

/// <summary>Something a rule needs and nobody has filled in.</summary>
/// <param name="SectionKey">The section of the form that asks for it.</param>
/// <param name="RecordPath">Where the enterprise record would give it; null where only the application asks for it.</param>
public sealed record MissingFact(string FieldKey, string Label, string SectionKey, string? RecordPath);

/// <summary>Ties a rule to the fields that are filled in for it, through everything computed in between.</summary>
public static class RuleFields
{
    /// <summary>The fields whose answers decide <paramref name="rule"/>, none of them computed.</summary>
    public static IReadOnlyList<FieldDefinition> Of(EligibilityRule rule, FormDefinition form)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(form);
        return Fields([rule.Expression, .. rule.Figures.Select(f => f.Expression)], form);
    }

    /// <summary>Whether every field that decides the rule is still empty: a table without rows counts nothing, and is no answer of none.</summary>
    internal static bool NothingSaid(EligibilityRule rule, FormDefinition form, AnswerCheck check)
    {
        if (ScriptReferences.Of(rule.Expression).Any(r => r.Root is "history"))
        {
            return false;
        }

        var fields = Fields([rule.Expression], form).Where(f => !check.Hidden.Contains(f.Key)).ToList();
        return fields.Count > 0 && fields.TrueForAll(f => IsEmpty(f, check));
    }

    /// <summary>What keeps the rule from being judged: fields that are empty, else tables in which cells are.</summary>
    internal static IReadOnlyList<MissingFact> Missing(EligibilityRule rule, FormDefinition form, AnswerCheck check, IReadOnlyList<EligibilityFigure> figures)
    {
        // A figure that cannot be told names its fields more closely than the whole rule, of which one branch may not count.
        var untold = rule.Figures.Where(f => figures.Any(shown => shown.Label == f.Label && shown.Value is null)).Select(f => f.Expression).ToList();
        var fields = Fields(untold.Count > 0 ? untold : [rule.Expression], form).Where(f => !check.Hidden.Contains(f.Key)).ToList();
        var empty = fields.Where(f => IsEmpty(f, check)).ToList();
        return [.. (empty.Count > 0 ? empty : fields.Where(f => f.IsTable)).Select(f => new MissingFact(
            f.Key, f.Label, form.Sections.First(s => s.Fields.Contains(f)).Key, f.RecordPath))];
    }

    private static List<FieldDefinition> Fields(IEnumerable<Script> scripts, FormDefinition form)
    {
        var found = new List<FieldDefinition>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var script in scripts)
        {
            Follow(script);
        }

        return found;

        void Follow(Script script)
        {
            foreach (var (root, member) in ScriptReferences.Of(script))
            {
                if (root is "answers" or "computed" or "files" && seen.Add(member) && form.FindField(member) is { } field)
                {
                    if (field.Expression is { } further)
                    {
                        Follow(further);
                    }
                    else
                    {
                        found.Add(field);
                    }
                }
            }
        }
    }

    private static bool IsEmpty(FieldDefinition field, AnswerCheck check) => field.Kind is FieldKind.Files
        ? check.FileCounts.GetValueOrDefault(field.Key) == 0
        : check.Values.GetValueOrDefault(field.Key) is null or IReadOnlyList<AnswerRow> { Count: 0 };
}
