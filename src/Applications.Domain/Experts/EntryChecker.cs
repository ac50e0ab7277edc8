using Applications.Domain.Programmes;

namespace Applications.Domain.Experts;

/// <summary>An entry rule and how an expert stands to it.</summary>
/// <param name="Rule">Stable id.</param>
/// <param name="Clause">Where the rule comes from.</param>
/// <param name="IsMet">True, or false; a rule that is not met and soft (原则上) may be waived with a reason.</param>
/// <param name="Fact">The figures used.</param>
public sealed record EntryCondition(string Rule, string Title, string Clause, RuleTag Tag, RuleKind Kind, bool IsMet, string Fact);

/// <summary>Checks an expert against the entry rules of the pool (programmes.md 4.1, 4.3 point 1).</summary>
public static class EntryChecker
{
    private const string Plan = "省级规划：副教授、高级工程师及以上";
    private const string Sister = "参照鲁科字〔2023〕17号（省科技专家库）";
    private const string Own = "默认规则（待政策法规处确认）";

    /// <summary>Titles that are 副高 or above; a title counts when it ends with one of them and does not begin with 助理.</summary>
    private static readonly string[] Senior =
    [
        "教授", "副教授", "研究员", "副研究员", "高级工程师", "高级经济师", "高级会计师", "高级审计师", "高级统计师", "主任医师", "主任药师", "研究馆员", "高级实验师", "高级工艺师",
    ];

    public static IReadOnlyList<EntryCondition> Check(ExpertProfile profile, PoolRules rules, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(rules);
        var years = today.Year - profile.WorkingSince;
        var age = today.Year - profile.BirthYear;
        var oldest = profile.IsAcademician ? rules.MostAgeOfAcademicians : rules.MostAge;
        return
        [
            Ground(profile, rules, today),
            new("entry.years", $"从事本专业领域工作满 {rules.LeastYears} 年", Sister, RuleTag.Analogue, RuleKind.Hard, years >= rules.LeastYears, $"{profile.WorkingSince} 年起，满 {years} 年"),
            new(
                "entry.age", $"年龄原则上不超过 {rules.MostAge} 周岁，院士不超过 {rules.MostAgeOfAcademicians} 周岁", Sister, RuleTag.Analogue, RuleKind.Soft, age <= oldest,
                $"{profile.BirthYear} 年出生，{age} 岁{(profile.IsAcademician ? "，院士" : string.Empty)}"),
        ];
    }

    /// <summary>Whether a title is 副高 or above.</summary>
    public static bool IsSenior(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        return !title.StartsWith("助理", StringComparison.Ordinal) && Senior.Any(s => title.Trim().EndsWith(s, StringComparison.Ordinal));
    }

    private static EntryCondition Ground(ExpertProfile profile, PoolRules rules, DateOnly today) => profile.Ground switch
    {
        EntryGround.SeniorTitle => new(
            "entry.title", "具有副高级及以上职称", Plan, RuleTag.Found, RuleKind.Hard, IsSenior(profile.Title), $"职称：{profile.Title}"),
        EntryGround.IndustryManager => new(
            "entry.manager", $"担任企业、园区或协会高级管理人员满 {rules.LeastManagerYears} 年", Own, RuleTag.Default, RuleKind.Hard,
            today.Year - profile.ManagerSince >= rules.LeastManagerYears, profile.ManagerSince is { } since ? $"{since} 年起，满 {today.Year - since} 年；职务：{profile.Position}" : "未填写任职起始年"),
        _ => new(
            "entry.licence", "注册会计师，或质量、品牌、知识产权专业人员", Own, RuleTag.Default, RuleKind.Hard, !string.IsNullOrWhiteSpace(profile.Licence), $"执业资格：{profile.Licence ?? "未填写"}"),
    };
}
