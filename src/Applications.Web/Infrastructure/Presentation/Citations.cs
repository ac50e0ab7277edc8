using Applications.Domain.Programmes;

namespace Applications.Web.Infrastructure.Presentation;

/// <summary>How the source of a rule is named to somebody. The department reads it with its working notes; to others a rule that is not in a document is what this call asks for.</summary>
public static class Citations
{
    private const string OfTheCall = "本批次申报要求";

    public static string Of(string clause, RuleTag tag, bool isDepartment)
    {
        ArgumentNullException.ThrowIfNull(clause);
        if (isDepartment || tag == RuleTag.Found)
        {
            return clause;
        }

        // A document whose figures are not settled is named without the note on them.
        var named = clause.Split('（')[0].TrimEnd();
        return tag == RuleTag.Default && named.Length < clause.Length && named.Contains('号', StringComparison.Ordinal) ? named : OfTheCall;
    }

    public static string For(this RuleClause clause, bool isDepartment)
    {
        ArgumentNullException.ThrowIfNull(clause);
        return Of(clause.Clause, clause.Tag, isDepartment);
    }
}
