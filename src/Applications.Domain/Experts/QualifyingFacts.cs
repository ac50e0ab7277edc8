namespace Applications.Domain.Experts;

/// <summary>
/// The facts on which an expert was taken in and by which he is drawn. A member cannot change them by himself: the pool's office looks at what he asks for (鲁工信法规〔2024〕243号: the
/// office collects and adjusts experts). Everything else he says of himself, his employer and interests above all, counts at once.
/// </summary>
public static class QualifyingFacts
{
    /// <summary>Each such fact: what it is called, what it says in <paramref name="profile"/>.</summary>
    /// <param name="profile">Of an expert.</param>
    public static IReadOnlyList<(string Name, string Text)> Of(ExpertProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return
        [
            ("姓名", profile.Name),
            ("出生年份", $"{profile.BirthYear}{(profile.IsAcademician ? "（院士）" : string.Empty)}"),
            ("入库条件", TextOf(profile.Ground)),
            ("职称", profile.Title),
            ("执业资格", profile.Licence ?? string.Empty),
            ("专家类别", profile.Category),
            ("从业起始年份", $"{profile.WorkingSince}"),
            ("任高级管理人员起始年份", $"{profile.ManagerSince}"),
            ("专业领域", string.Join('、', profile.Fields.Order(StringComparer.Ordinal))),
        ];
    }

    /// <summary>What differs: the name of the fact, before and after.</summary>
    public static IReadOnlyList<(string Name, string Before, string After)> Changes(ExpertProfile before, ExpertProfile after) =>
        [.. Of(before).Zip(Of(after), (b, a) => (b.Name, b.Text, a.Text)).Where(c => c.Item2 != c.Item3)];

    /// <summary><paramref name="profile"/> with the qualifying facts of <paramref name="facts"/>.</summary>
    public static ExpertProfile With(ExpertProfile profile, ExpertProfile facts)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(facts);
        return profile with
        {
            Name = facts.Name,
            BirthYear = facts.BirthYear,
            IsAcademician = facts.IsAcademician,
            Ground = facts.Ground,
            Title = facts.Title,
            Licence = facts.Licence,
            Category = facts.Category,
            WorkingSince = facts.WorkingSince,
            ManagerSince = facts.ManagerSince,
            Fields = facts.Fields,
        };
    }

    /// <summary>What an entry ground is called.</summary>
    public static string TextOf(EntryGround ground) => ground switch
    {
        EntryGround.SeniorTitle => "副高级及以上职称",
        EntryGround.IndustryManager => "企业、园区或协会高级管理人员",
        _ => "注册会计师，质量、品牌或知识产权专业人员",
    };
}
