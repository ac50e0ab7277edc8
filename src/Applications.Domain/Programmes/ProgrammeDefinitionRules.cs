using System.Text.RegularExpressions;
using Applications.Domain.Forms;
using static Applications.Domain.Forms.FormDefinitionRules;

namespace Applications.Domain.Programmes;

/// <summary>What must hold of a programme beyond its JSON shape.</summary>
internal static partial class ProgrammeDefinitionRules
{
    public static void Require(ProgrammeDefinition programme, string file, FormDefinition form)
    {
        Refuse(!KeyForm().IsMatch(programme.Key), file, "$.key", "The key is lower case words joined by hyphens.");
        Refuse(programme.RuleSets.Count == 0, file, "$.ruleSets", "A programme rests on at least one rule set.");
        Refuse(programme.QuotaPerCity < 1, file, "$.quotaPerCity", "A city's quota is at least 1.");
        Refuse(programme.PassLine is < 0 or > 100, file, "$.passLine", "The pass line lies between 0 and 100.");
        Refuse(programme.BanMonths < 0 || programme.ValidityMonths < 1 || programme.BadRecordMonths < 0, file, "$.validityMonths", "Months cannot be negative.");
        Limits(programme.LimitsInWorkingDays, file);
        RuleSets(programme, file);
        Unique(programme.FormalChecklist.Select(c => c.Key), file, "$.formalChecklist");
        Unique(programme.RevocationGrounds.Select(g => g.Key), file, "$.revocationGrounds");
        Eligibility(programme, file, form);
    }

    private static void Limits(TimeLimits limits, string file)
    {
        int[] all = [limits.Supplement, limits.CountyReview, limits.CityReview, limits.FormalCheck, limits.Review, limits.Notice];
        Refuse(all.Any(d => d is < 1 or > 250), file, "$.limitsInWorkingDays", "A limit lies between 1 and 250 working days.");
        Refuse(limits.Notice is < 3 or > 20, file, "$.limitsInWorkingDays.notice", "Public notice takes 3 to 20 working days.");
    }

    private static void RuleSets(ProgrammeDefinition programme, string file)
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < programme.RuleSets.Count; i++)
        {
            var set = programme.RuleSets[i];
            Refuse(!ids.Add(set.Id), file, $"$.ruleSets[{i}].id", $"The rule set '{set.Id}' stands twice.");
            Refuse(set.EffectiveTo < set.EffectiveFrom, file, $"$.ruleSets[{i}].effectiveTo", "It ends before it begins.");
        }
    }

    private static void Eligibility(ProgrammeDefinition programme, string file, FormDefinition form)
    {
        var known = FormVocabulary.WithHistory(form);
        var ids = new HashSet<string>();
        for (var i = 0; i < programme.Eligibility.Count; i++)
        {
            var rule = programme.Eligibility[i];
            var at = $"$.eligibility[{i}]";
            Refuse(!ids.Add(rule.Id), file, $"{at}.id", $"The rule '{rule.Id}' stands twice.");
            Refuse(rule.Clauses.Count == 0, file, $"{at}.clauses", "A rule cites the clause it comes from.");
            for (var c = 0; c < rule.Clauses.Count; c++)
            {
                Refuse(programme.FindRuleSet(rule.Clauses[c].RuleSet) is null, file, $"{at}.clauses[{c}].ruleSet", $"There is no rule set '{rule.Clauses[c].RuleSet}'.");
            }

            Names(rule.Expression, known, file, $"{at}.expression");
            for (var f = 0; f < rule.Figures.Count; f++)
            {
                Names(rule.Figures[f].Expression, known, file, $"{at}.figures[{f}].expression");
                Names(rule.Figures[f].When, known, file, $"{at}.figures[{f}].when");
            }
        }
    }

    private static void Unique(IEnumerable<string> keys, string file, string path)
    {
        var taken = new HashSet<string>();
        var i = 0;
        foreach (var key in keys)
        {
            Key(key, taken, file, $"{path}[{i++}].key");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
