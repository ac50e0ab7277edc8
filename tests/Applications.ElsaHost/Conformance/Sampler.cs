using Applications.Domain.Tests.Workflow;

namespace Applications.ElsaHost.Conformance;

/// <summary>Charts with what no definition of the repository uses yet.</summary>
internal static class Sampler
{
    private static readonly string[] Results =
    [
        "true", "false", "null", "undefined", "0", "1", "-0.5", "0 / 0", "1 / 0", "''", "'x'", "'0'", "'1'", "'true'", "'True'", "' true '", "'false'", "[]", "[1]", "({})",
        "getInput('panel')", "getInput('yearsHeld')", "getInput('selected') || 3", "getInput('hasCounty') && 'x'", "getText()", "getNumber()", "variables.Flag", "return getFlag()",
    ];

    /// <summary>Conditions with every sort of result; a letter goes out for each yes.</summary>
    public static Chart Conditions()
    {
        var chart = new Chart("conditions.v1").Start().Variable("Text", "String", "paper").Variable("Number", "Int32", "3").Variable("Flag", "Boolean", "true").End("over");
        chart.Document["definitionId"] = "conditions";
        for (var i = 0; i < Results.Length; i++)
        {
            var next = i + 1 < Results.Length ? $"if{i + 1}" : "over";
            chart.Decision($"if{i}", Results[i]).Command($"yes{i}", "tally").Switch($"case{i}", $"Is = {Results[i]}").Command($"is{i}", "tally")
                .Arrows($"if{i}:True > yes{i}", $"if{i}:False > case{i}", $"yes{i} > case{i}", $"case{i}:Is > is{i}", $"case{i}:Default > {next}", $"is{i} > {next}");
        }

        return chart.Arrows("start > if0");
    }

    /// <summary>Countersignatures, a switch, computed values of several types, a wait that a signal ends.</summary>
    public static Chart Kinds() => new Chart("sampler.v1").Start()
        .Variable("Round", "Int32", "0").Variable("Track", "String", "paper").Variable("Urgent", "Boolean", "false").Variable("Posts", "Object")
        .Item("draft", "Submit")
        .Set("count", "Round", script: "Math.min(getRound() + 1, 3)")
        .Switch("which", "Third = getRound() >= 3", "Late = getInput('filingClosesAt') < '2026-12-01'", "Paper = variables.Track === 'paper'")
        .Set("toDefence", "Track", "\"defence\"").Set("posts", "Posts", script: "getInput('sampled') ? ['head', 'leader'] : []")
        .Countersign("fixed", """{ "signers": ["officer", "head"], "rule": "Quorum", "quorum": 1, "dueDays": 3 }""")
        .Countersign("computed", """{ "signers": { "typeName": "String[]", "expression": { "type": "JavaScript", "value": "getPosts()" } } }""")
        .Set("urgent", "Urgent", script: "getInput('yearsHeld') % 3 === 0 && !getUrgent()")
        .Decision("isUrgent", "variables.Urgent")
        .Add("hold", "Applications.WaitUntil", """{ "fact": "anniversaryAt", "signals": { "revocation": "Revoke" } }""")
        .Command("revoke", "revoke-title").End("over").End("revoked")
        .Arrows("start > draft", "draft:Submit > count", "count > which", "which:Third > posts", "which:Late > fixed", "which:Paper > toDefence")
        .Arrows("which:Default > posts", "toDefence > fixed", "fixed:Agreed > draft", "fixed:Refused > draft", "posts > computed", "computed:Agreed > urgent")
        .Arrows("computed:Refused > draft", "urgent > isUrgent", "isUrgent:True > over", "isUrgent:False > hold", "hold:Due > over", "hold:Revoke > revoke")
        .Arrows("revoke > revoked");
}
