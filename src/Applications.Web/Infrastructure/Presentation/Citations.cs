using Applications.Domain.Programmes;

namespace Applications.Web.Infrastructure.Presentation;

/// <summary>How the source of a rule is named to somebody. The department reads it with its working notes; to others a rule that is not in a document is what this call asks for.</summary>
public static class Citations
{
    private const string OfTheCall = "本批次申报要求";

    public static string Of(string clause, RuleTag tag, bool isDepartment)
    {
        ArgumentNullException.ThrowIfNull(clause);
        return isDepartment || tag == RuleTag.Found ? clause
            : tag == RuleTag.Default && clause.IndexOf('（', StringComparison.Ordinal) is > 0 and var note && clause.Contains('号', StringComparison.Ordinal) && clause.IndexOf('号', StringComparison.Ordinal) < note ? clause[..note].TrimEnd()
            : OfTheCall;
    }

    public static string For(this RuleClause clause, bool isDepartment)
    {
        ArgumentNullException.ThrowIfNull(clause);
        return Of(clause.Clause, clause.Tag, isDepartment);
    }
}
