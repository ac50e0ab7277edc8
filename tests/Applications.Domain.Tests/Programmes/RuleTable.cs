using System.Text.Json.Nodes;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using static Applications.Domain.Programmes.EligibilityOutcome;

namespace Applications.Domain.Tests.Programmes;

/// <summary>A value just inside or just outside a condition, with what must come of it.</summary>
internal sealed record RuleCase(string Folder, string Rule, string Value, EligibilityOutcome Outcome, Action<Answers> Change, ApplicantHistory? History = null)
{
    public override string ToString() => $"{Folder} {Rule} {Value} {Outcome}";
}

/// <summary>Every condition of every programme at its line (programmes.md 3.1 to 3.4 and 8), each on the sample with one thing changed.</summary>
internal static class RuleTable
{
    private const string P1 = "manufacturing-innovation-centre-cultivation";
    private const string P1A = "manufacturing-innovation-centre-acceptance";
    private const string P2 = "one-enterprise-one-technology";
    private const string P3 = "quality-benchmark-provincial";
    private const string P3N = "quality-benchmark-national";
    private const string P4 = "century-brand";
    private const long Wan = 1_000_000;

    public static IReadOnlyList<RuleCase> Cases { get; } =
    [
        .. Shared("P1", P1), .. Shared("P1A", P1A), .. Shared("P2", P2), .. Shared("P3", P3), .. Shared("P3N", P3N), .. Shared("P4", P4),
        .. Cultivation, .. Acceptance, .. OneTechnology, .. Benchmarks("P3", P3), .. Benchmarks("P3N", P3N), .. Provincial, .. National, .. Brand,
    ];

    /// <summary>What all programmes ask: registered here, no bad record in three years, no ban, not the same title.</summary>
    private static IEnumerable<RuleCase> Shared(string id, string folder)
    {
        var key = folder;
        var today = new DateOnly(2026, 3, 15);
        var again = id is "P3" or "P3N" ? Warning : Fail;
        yield return new(folder, $"{id}-S", "370100", Pass, Set("cityCode", "370100"));
        yield return new(folder, $"{id}-S", "320100", Fail, Set("cityCode", "320100"));
        yield return new(folder, $"{id}-R", "none", Pass, Set("hasBadRecord", false));
        yield return new(folder, $"{id}-R", "declared", Fail, Set("hasBadRecord", true));
        yield return new(folder, $"{id}-R", "known, 36 months ago", Pass, Nothing, new() { BadRecords = [new("税收", today.AddMonths(-36), "税务局")] });
        yield return new(folder, $"{id}-R", "known, a day less", Fail, Nothing, new() { BadRecords = [new("税收", today.AddMonths(-36).AddDays(1), "税务局")] });
        yield return new(folder, $"{id}-B", "revoked 36 months ago", Pass, Nothing, new() { Revocations = [new(key, "falseData", today.AddMonths(-36))] });
        yield return new(folder, $"{id}-B", "revoked a day less ago", Fail, Nothing, new() { Revocations = [new(key, "falseData", today.AddMonths(-36).AddDays(1))] });
        yield return new(folder, $"{id}-B", "another programme's", Pass, Nothing, new() { Revocations = [new("another", "falseData", today)] });
        yield return new(folder, $"{id}-H", "ended yesterday", Pass, Nothing, new() { Titles = [new(key, "1", new DateOnly(2023, 1, 1), today.AddDays(-1))] });
        yield return new(folder, $"{id}-H", "ends today", again, Nothing, new() { Titles = [new(key, "1", new DateOnly(2023, 1, 1), today)] });
    }

    private static IEnumerable<RuleCase> Cultivation =>
    [
        new(P1, "P1-2", "provincial platform", Pass, Take("platforms", 1)),
        new(P1, "P1-2", "city centre", Pass, Both(Take("platforms", 1), Cell("platforms", 0, "level", "市级"))),
        new(P1, "P1-2", "other city platforms only", NeedsReason, Both(Take("platforms", 1), Cell("platforms", 0, "level", "另一级"))),
        new(P1, "P1-3", "3 %", Pass, Years(("rdSpend", 300 * Wan), ("revenue", 10_000 * Wan))),
        new(P1, "P1-3", "2.99 %", Fail, Years(("rdSpend", 299 * Wan), ("revenue", 10_000 * Wan))),
        new(P1, "P1-3", "20 million every year", Pass, Years(("rdSpend", 2_000 * Wan), ("revenue", 500_000 * Wan))),
        new(P1, "P1-3", "below in one year", Fail, Both(Years(("rdSpend", 2_000 * Wan), ("revenue", 500_000 * Wan)), Cell("yearFigures", 2, "rdSpend", (2_000 * Wan) - 1))),
        new(P1, "P1-3", "university", Pass, Both(Years(("rdSpend", 1 * Wan), ("revenue", 500_000 * Wan)), Set("leadKind", "university"))),
        new(P1, "P1-3b", "10th", Pass, Set("revenueRank", 10L)),
        new(P1, "P1-3b", "11th", Warning, Set("revenueRank", 11L)),
        new(P1, "P1-5", "planned field", Pass, Set("inPlannedField", true)),
        new(P1, "P1-5", "another field", Fail, Set("inPlannedField", false)),
        new(P1, "P1-5", "another field, cluster leader", Pass, Both(Set("inPlannedField", false), Set("clusterLeader", true))),
        new(P1, "P1-6", "independent", Pass, Set("operatorIndependent", true)),
        new(P1, "P1-6", "not independent", Fail, Set("operatorIndependent", false)),
        new(P1, "P1-7", "5 investors", Pass, Set("honour", "none")),
        new(P1, "P1-7", "4 investors", Fail, Both(Set("honour", "none"), Take("investors", 4))),
        .. new[] { "champion", "unicorn", "gazelle", "giant", "specialised" }.SelectMany(honour => new RuleCase[]
        {
            new(P1, "P1-7", $"4 investors, {honour}", Pass, Both(Set("honour", honour), Take("investors", 4))),
            new(P1, "P1-7", $"3 investors, {honour}", Fail, Both(Set("honour", honour), Take("investors", 3))),
        }),
        new(P1, "P1-7", "one of 5 no legal person", Fail, Both(Set("honour", "none"), Cell("investors", 0, "isLegalPerson", false))),
        new(P1, "P1-8", "described", Pass, Nothing),
        new(P1, "P1-8", "not described", Unknown, Set("governance", null)),
    ];

    private static IEnumerable<RuleCase> Acceptance =>
    [
        new(P1A, "P1A-1", "number and date", Pass, Nothing),
        new(P1A, "P1A-1", "no number", Unknown, Set("cultivationNumber", null)),
        new(P1A, "P1A-1", "known here", Pass, Set("cultivationNumber", null), new() { Titles = [new(P1, "1", new DateOnly(2024, 1, 1))] }),
        new(P1A, "P1A-2", "all met", Pass, Nothing),
        new(P1A, "P1A-2", "one a little short", Fail, Cell("targets", 0, "actual", 4)),
        new(P1A, "P1A-3", "12 months", Pass, Set("operatorFoundedOn", "2025-03-20")),
        new(P1A, "P1A-3", "11 months", Fail, Set("operatorFoundedOn", "2025-04-01")),
        new(P1A, "P1A-4", "5 shareholders", Pass, Take("investors", 5)),
        new(P1A, "P1A-4", "4 shareholders", Fail, Take("investors", 4)),
        new(P1A, "P1A-5", "50 %", Pass, Set("rdStaff", 43L)),
        new(P1A, "P1A-5", "49 %", Fail, Set("rdStaff", 42L)),
        new(P1A, "P1A-6", "30 %", Pass, Set("rdSpend", 1_260 * Wan)),
        new(P1A, "P1A-6", "a 分 less", Fail, Set("rdSpend", (1_260 * Wan) - 1)),
        new(P1A, "P1A-7", "5 technologies", Pass, Take("technologies", 5)),
        new(P1A, "P1A-7", "4 technologies", Warning, Take("technologies", 4)),
    ];

    private static IEnumerable<RuleCase> OneTechnology =>
    [
        new(P2, "P2-1", "described", Pass, Nothing),
        new(P2, "P2-1", "not described", Unknown, Set("competitiveness", null)),
        new(P2, "P2-2", "15 patents, 5 inventions", Pass, Patents(15, 5)),
        new(P2, "P2-2", "14 patents", Fail, Patents(14, 5)),
        new(P2, "P2-2", "4 inventions", Fail, Patents(15, 4)),
        new(P2, "P2-2", "software, 15 copyrights", Pass, Both(Set("industry", "I6513"), Copyrights(15))),
        new(P2, "P2-2", "software, 14 copyrights", Fail, Both(Set("industry", "I6513"), Copyrights(14))),
        new(P2, "P2-3", "described", Pass, Nothing),
        new(P2, "P2-3", "not described", Unknown, Set("mechanism", null)),
        new(P2, "P2-4a", "2 million", Pass, Set("centreRdSpend", 200 * Wan)),
        new(P2, "P2-4a", "a 分 less", Fail, Set("centreRdSpend", (200 * Wan) - 1)),
        new(P2, "P2-4b", "20 persons", Pass, Set("centreRdStaff", 20L)),
        new(P2, "P2-4b", "19 persons", Fail, Set("centreRdStaff", 19L)),
        new(P2, "P2-5a", "site", Pass, Set("hasFixedSite", true)),
        new(P2, "P2-5a", "no site", Fail, Set("hasFixedSite", false)),
        new(P2, "P2-5b", "3 million", Pass, Equipment(300 * Wan)),
        new(P2, "P2-5b", "a 分 less", Fail, Equipment((300 * Wan) - 1)),
        new(P2, "P2-6", "1,000 persons and 400 million", Fail, LastYear(("staff", 1000), ("revenue", 40_000 * Wan))),
        new(P2, "P2-6", "999 persons", Pass, LastYear(("staff", 999), ("revenue", 40_000 * Wan))),
        new(P2, "P2-6", "a 分 less than 400 million", Pass, LastYear(("staff", 1000), ("revenue", (40_000 * Wan) - 1))),
        new(P2, "P2-6", "software, 300 persons and 100 million", Fail, Both(Set("industry", "I6513"), LastYear(("staff", 300), ("revenue", 10_000 * Wan)))),
        new(P2, "P2-6", "software, 299 persons", Pass, Both(Set("industry", "I6513"), LastYear(("staff", 299), ("revenue", 10_000 * Wan)))),
        new(P2, "P2-7", "held", Pass, Nothing),
        new(P2, "P2-7", "held, no number", Unknown, Set("cityTitleNumber", null)),
        new(P2, "P2-7", "in the same round", Pass, Set("cityTitleStatus", "pending")),
        new(P2, "P2-E", "5 % apart", Pass, Both(Equipment(950 * Wan), LastYear(("rdEquipment", 1_000 * Wan)))),
        new(P2, "P2-E", "a 分 more", Warning, Both(Equipment((950 * Wan) - 1), LastYear(("rdEquipment", 1_000 * Wan)))),
        new(P2, "P2-43a", "2.2 %", Pass, LastYear(("rdSpend", 220 * Wan), ("revenue", 10_000 * Wan))),
        new(P2, "P2-43a", "2.19 %", Warning, LastYear(("rdSpend", 219 * Wan), ("revenue", 10_000 * Wan))),
        new(P2, "P2-43b", "one joint project", Pass, Both(Take("rdProjects", 1), Cell("rdProjects", 0, "isJoint", true))),
        new(P2, "P2-43b", "none", Warning, Both(Take("rdProjects", 1), Cell("rdProjects", 0, "isJoint", false))),
    ];

    private static IEnumerable<RuleCase> Benchmarks(string id, string folder) =>
    [
        new(folder, $"{id}-1", "a 分 of profit each year", Pass, Years(("profit", 1))),
        new(folder, $"{id}-1", "nothing in one year", Fail, Cell("yearFigures", 2, "profit", 0)),
        new(folder, $"{id}-3", "a year in use", Pass, Set("startedOn", "2025-03-15")),
        new(folder, $"{id}-3", "a day less", Warning, Set("startedOn", "2025-03-16")),
        new(folder, $"{id}-4", "described", Pass, Nothing),
        new(folder, $"{id}-4", "not described", Unknown, Set("innovation", null)),
        new(folder, $"{id}-5", "described", Pass, Nothing),
        new(folder, $"{id}-5", "not described", Unknown, Set("practice", null)),
        new(folder, $"{id}-6", "a little better", Pass, Results((0, "defectRate", 0.99), (2, "defectRate", 1), (0, "firstPassYield", 98), (2, "firstPassYield", 98))),
        new(folder, $"{id}-6", "the same", Warning, Results((0, "defectRate", 1), (2, "defectRate", 1), (0, "firstPassYield", 98), (2, "firstPassYield", 98))),
        new(folder, $"{id}-7", "promised", Pass, Set("sharingDeclaration", true)),
        new(folder, $"{id}-7", "not promised", Unknown, Set("sharingDeclaration", null)),
    ];

    private static IEnumerable<RuleCase> Provincial =>
    [
        new(P3, "P3-N", "no national one", Pass, Set("nationalWithinThreeYears", false)),
        new(P3, "P3-N", "a national one", Fail, Set("nationalWithinThreeYears", true)),
        new(P3, "P3-N", "a national one known here", Fail, Nothing, new() { Titles = [new(P3N, "1", new DateOnly(2024, 1, 1))] }),
    ];

    private static IEnumerable<RuleCase> National =>
    [
        new(P3N, "P3N-P", "number and date", Pass, Nothing),
        new(P3N, "P3N-P", "no number", Unknown, Set("provincialNumber", null)),
        new(P3N, "P3N-P", "known here", Pass, Set("provincialNumber", null), new() { Titles = [new(P3, "1", new DateOnly(2024, 1, 1))] }),
    ];

    private static IEnumerable<RuleCase> Brand =>
    [
        new(P4, "P4-1", "10 years", Pass, Set("registeredOn", "2016-12-31")),
        new(P4, "P4-1", "9 years", Fail, Set("registeredOn", "2017-01-01")),
        new(P4, "P4-2", "200 million", Pass, LastYear(("revenue", 20_000 * Wan))),
        new(P4, "P4-2", "a 分 less", Fail, LastYear(("revenue", (20_000 * Wan) - 1))),
        new(P4, "P4-3", "5 years", Pass, Both(Take("trademarks", 1), Cell("trademarks", 0, "registeredOn", "2021-12-31"))),
        new(P4, "P4-3", "4 years", Fail, Both(Take("trademarks", 1), Cell("trademarks", 0, "registeredOn", "2022-01-01"))),
        new(P4, "P4-3", "the old one has ended", Fail, Both(Cell("trademarks", 0, "validUntil", "2026-03-14"), Cell("trademarks", 1, "registeredOn", "2022-01-01"))),
        new(P4, "P4-4", "3 % each year", Pass, Years(("rdSpend", 300 * Wan), ("revenue", 10_000 * Wan))),
        new(P4, "P4-4", "less in one year", Fail, Both(Years(("rdSpend", 300 * Wan), ("revenue", 10_000 * Wan)), Cell("yearFigures", 1, "rdSpend", (300 * Wan) - 1))),
        new(P4, "P4-5", "one person", Pass, Set("brandStaff", 1L)),
        new(P4, "P4-5", "nobody", Fail, Set("brandStaff", 0L)),
        new(P4, "P4-6", "no", Pass, Set("twoLossYears", false)),
        new(P4, "P4-6", "yes", Fail, Set("twoLossYears", true)),
        new(P4, "P4-7", "no", Pass, Set("spotCheckFailed", false)),
        new(P4, "P4-7", "yes", Fail, Set("spotCheckFailed", true)),
        new(P4, "P4-8", "valid today", Pass, Both(Take("certificates", 1), Cell("certificates", 0, "validUntil", "2026-03-15"))),
        new(P4, "P4-8", "ended yesterday", Warning, Both(Take("certificates", 1), Cell("certificates", 0, "validUntil", "2026-03-14"))),
        new(P4, "P4-9", "20th and 5th", Pass, Both(Set("nationalRank", 20L), Set("provincialRank", 5L))),
        new(P4, "P4-9", "21st", Warning, Both(Set("nationalRank", 21L), Set("provincialRank", 5L))),
        new(P4, "P4-9", "6th", Warning, Both(Set("nationalRank", 20L), Set("provincialRank", 6L))),
    ];

    private static Action<Answers> Nothing => _ => { };

    private static Action<Answers> Set(string field, object? value) => answers => answers[field] = value is null ? null : JsonValue.Create(value);

    private static Action<Answers> Both(Action<Answers> first, Action<Answers> second) => first + second;

    private static Action<Answers> Take(string table, int count) => answers => answers[table] = new JsonArray([.. answers.Rows(table).Take(count).Select(r => r.DeepClone())]);

    private static Action<Answers> Cell(string table, int row, string column, object value) => answers => answers.Rows(table)[row][column] = JsonValue.Create(value);

    private static Action<Answers> Years(params (string Column, long Value)[] cells) => answers =>
    {
        foreach (var row in answers.Rows("yearFigures"))
        {
            Array.ForEach(cells, c => row[c.Column] = c.Value);
        }
    };

    private static Action<Answers> LastYear(params (string Column, long Value)[] cells) => answers => Array.ForEach(cells, c => answers.Rows("yearFigures")[0][c.Column] = c.Value);

    private static Action<Answers> Results(params (int Row, string Column, double Value)[] cells) => answers => Array.ForEach(cells, c => answers.Rows("results")[c.Row][c.Column] = (decimal)c.Value);

    private static Action<Answers> Equipment(long amount) => answers =>
    {
        var row = answers.Rows("equipment")[0];
        (row["quantity"], row["unitPrice"]) = (1, amount);
        answers["equipment"] = new JsonArray(row.DeepClone());
    };

    private static Action<Answers> Patents(int count, int inventions) => answers => answers["patents"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject
    {
        ["kind"] = i < inventions ? "invention" : "utility",
        ["number"] = $"ZL{i}",
        ["title"] = "示例",
        ["status"] = "granted",
        ["applyDate"] = "2022-01-01",
        ["grantDate"] = i % 2 == 0 ? "2024-01-01" : "2025-12-31",
        ["holder"] = "示例",
        ["source"] = "own",
    })]);

    private static Action<Answers> Copyrights(int count) => answers => answers["copyrights"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject
    {
        ["number"] = $"SR{i}",
        ["title"] = "示例",
        ["registeredOn"] = i % 2 == 0 ? "2024-01-01" : "2025-12-31",
        ["holder"] = "示例",
        ["source"] = "own",
    })]);
}
