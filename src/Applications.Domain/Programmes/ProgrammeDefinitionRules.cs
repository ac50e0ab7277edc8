using System.Text.RegularExpressions;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Programmes.Crossing;
using static Applications.Domain.Forms.FormDefinitionRules;

namespace Applications.Domain.Programmes;

/// <summary>What must hold of a programme beyond its JSON shape.</summary>
internal static partial class ProgrammeDefinitionRules
{
    public static void Require(ProgrammeDefinition programme, ProblemList problems, FormDefinition form)
    {
        problems.Refuse(!KeyForm().IsMatch(programme.Key), "$.key", "The key is lower case words joined by hyphens.");
        problems.Refuse(programme.ObjectField is { } field && form.FindField(field)?.Kind is not FieldKind.Text, "$.objectField", $"The form has no text field '{programme.ObjectField}'.");
        Parties(programme, problems, form);
        problems.Refuse(programme.ListName.Length == 0, "$.listName", "The list needs a name.");
        problems.Refuse(programme.RuleSets.Count == 0, "$.ruleSets", "A programme rests on at least one rule set.");
        problems.Refuse(programme.QuotaPerCity < 1, "$.quotaPerCity", "A city's quota is at least 1.");
        problems.Refuse(programme.SiteCheckPercent is < 1 or > 100, "$.siteCheckPercent", "A sample is 1 to 100 per cent.");
        problems.Refuse(programme.PassLine is < 0 or > 100, "$.passLine", "The pass line lies between 0 and 100.");
        problems.Refuse(programme.BanMonths < 0 || programme.ValidityMonths < 1 || programme.BadRecordMonths < 0, "$.validityMonths", "Months cannot be negative.");
        Limits(programme.LimitsInWorkingDays, problems);
        RuleSets(programme, problems);
        Unique(programme.FormalChecklist.Select(c => c.Key), problems, "$.formalChecklist");
        Unique(programme.RevocationGrounds.Select(g => g.Key), problems, "$.revocationGrounds");
        Eligibility(programme, problems, form);
        CrossChecks(programme, problems, form);
    }

    private static void CrossChecks(ProgrammeDefinition programme, ProblemList problems, FormDefinition form)
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < programme.CrossChecks.Count; i++)
        {
            var (check, at) = (programme.CrossChecks[i], $"$.crossChecks[{i}]");
            var field = form.FindField(check.Field);
            var counts = check.Kind is CrossCheckKind.CountedElsewhere;
            problems.Refuse(!ids.Add(check.Id), $"{at}.id", $"The cross-check '{check.Id}' stands twice.");
            problems.Refuse(field is null, $"{at}.field", $"There is no field '{check.Field}'.");
            problems.Refuse(field is not null && (field.IsTable ? check.Columns.Count == 0 || check.Columns.Any(c => field.FindColumn(c) is null) : check.Columns.Count > 0), $"{at}.columns", "Name columns of the table.");
            problems.Refuse(counts != check.Claims is not null, $"{at}.claims", "What is counted elsewhere, and nothing else, has a name.");
            problems.Refuse(counts && check.Columns.Count > 1, $"{at}.columns", "One column is counted.");
            problems.Refuse(!counts && (check.Percent is < 1 or > 1000 || field?.FindColumn("year") is null), $"{at}.percent", "Figures stand in a table with a year, and differ by 1 to 1000 per cent.");
        }
    }

    private static void Parties(ProgrammeDefinition programme, ProblemList problems, FormDefinition form)
    {
        for (var i = 0; i < programme.Parties.Count; i++)
        {
            var party = programme.Parties[i];
            var table = party.Table is null ? null : form.FindField(party.Table);
            problems.Refuse(party.Table is not null && table?.IsTable != true, $"$.parties[{i}].table", $"The form has no table '{party.Table}'.");
            foreach (var key in new[] { party.Name, party.Uscc }.OfType<string>())
            {
                var field = party.Table is null ? form.FindField(key) : table?.FindColumn(key);
                problems.Refuse(field?.Kind is not FieldKind.Text, $"$.parties[{i}]", $"The form has no text field '{key}' there.");
            }
        }
    }

    private static void Limits(TimeLimits limits, ProblemList problems)
    {
        int[] all = [limits.Supplement, limits.CountyReview, limits.CityReview, limits.FormalCheck, limits.Review, limits.Notice];
        problems.Refuse(all.Any(d => d is < 1 or > 250), "$.limitsInWorkingDays", "A limit lies between 1 and 250 working days.");
        problems.Refuse(limits.Notice is < 3 or > 20, "$.limitsInWorkingDays.notice", "Public notice takes 3 to 20 working days.");
    }

    private static void RuleSets(ProgrammeDefinition programme, ProblemList problems)
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < programme.RuleSets.Count; i++)
        {
            var set = programme.RuleSets[i];
            problems.Refuse(!ids.Add(set.Id), $"$.ruleSets[{i}].id", $"The rule set '{set.Id}' stands twice.");
            problems.Refuse(set.EffectiveTo < set.EffectiveFrom, $"$.ruleSets[{i}].effectiveTo", "It ends before it begins.");
        }
    }

    private static void Eligibility(ProgrammeDefinition programme, ProblemList problems, FormDefinition form)
    {
        var known = FormVocabulary.WithHistory(form);
        var ids = new HashSet<string>();
        for (var i = 0; i < programme.Eligibility.Count; i++)
        {
            var rule = programme.Eligibility[i];
            var at = $"$.eligibility[{i}]";
            problems.Refuse(!ids.Add(rule.Id), $"{at}.id", $"The rule '{rule.Id}' stands twice.");
            problems.Refuse(rule.Clauses.Count == 0, $"{at}.clauses", "A rule cites the clause it comes from.");
            for (var c = 0; c < rule.Clauses.Count; c++)
            {
                problems.Refuse(programme.FindRuleSet(rule.Clauses[c].RuleSet) is null, $"{at}.clauses[{c}].ruleSet", $"There is no rule set '{rule.Clauses[c].RuleSet}'.");
            }

            Names(rule.Expression, known, problems, $"{at}.expression");
            for (var f = 0; f < rule.Figures.Count; f++)
            {
                Names(rule.Figures[f].Expression, known, problems, $"{at}.figures[{f}].expression");
                Names(rule.Figures[f].When, known, problems, $"{at}.figures[{f}].when");
            }
        }
    }

    private static void Unique(IEnumerable<string> keys, ProblemList problems, string path)
    {
        var taken = new HashSet<string>();
        var i = 0;
        foreach (var key in keys)
        {
            Key(key, taken, problems, $"{path}[{i++}].key");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
