using Applications.Domain.Experts;

namespace Applications.Domain.Tests.Experts;

/// <summary>An expert with sensible values.</summary>
internal static class Profiles
{
    public static readonly DateOnly Today = new(2026, 5, 31);

    public static readonly DateTime Now = new(2026, 5, 31, 2, 0, 0, DateTimeKind.Utc);

    public static ExpertProfile Some { get; } = new()
    {
        Name = "李教授",
        BirthYear = 1976,
        Ground = EntryGround.SeniorTitle,
        Title = "教授",
        Category = "技术",
        WorkingSince = 2001,
        Employer = "某大学",
        EmployerUscc = "12370000495570303U",
        EmployedSince = new DateOnly(2001, 7, 1),
        CityCode = "370100",
        Fields = ["C34"],
    };

    public static Expert Expert(Guid? id = null, ExpertProfile? profile = null, ExpertInterests? interests = null) =>
        Applications.Domain.Experts.Expert.Apply(id ?? Guid.NewGuid(), profile ?? Some, interests ?? new ExpertInterests(), "本人申请", Now);

    /// <summary>One who was taken in today.</summary>
    public static Expert Member(ExpertProfile? profile = null)
    {
        var expert = Expert(profile: profile);
        expert.Approve(new PoolRules(), Today, null, "库管", Now);
        return expert;
    }
}
