using Applications.Data.Accounts;
using Applications.Data.Experts;
using Applications.Domain.Calendars;
using Applications.Domain.Enterprises;
using Applications.Domain.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Identifiers;
using Person = Applications.Domain.Experts.Conflicts.Person;

namespace Applications.Data.Seed;

/// <summary>
/// Sixty made-up experts in the pool, and eight who ask to be taken in or no longer belong to it. Some work for, advise, own or are related to applicants, so that conflicts of interest
/// occur.
/// </summary>
internal static class DemoExperts
{
    /// <summary>How many of them are in the pool; those behind stand elsewhere.</summary>
    public const int InPool = 60;

    /// <summary>Asked for another title, which the office has not looked at.</summary>
    private const int Asking = 22;

    private const string Office = "钱管理（演示）";

    private static readonly string[] Families = ["赵", "钱", "孙", "李", "周", "吴", "郑", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦"];

    private static readonly string[] Given = ["建国", "秀兰", "志强", "海燕", "明远", "文静", "立新", "思齐", "永康", "晓东", "慧敏"];

    private static readonly string[] Units =
    [
        "海右理工大学", "泉城装备研究院", "岱宗会计师事务所", "齐州大学", "鲁中新材料研究所", "东岳管理咨询院", "渤海石化研究院", "蓬莱海洋大学", "崂山质量技术中心", "沂蒙轻工学院", "运河电子研究所", "曲阜标准化研究院",
        "胶东船舶设计院", "华山审计事务所", "黄河水利学院", "大明湖品牌研究会", "千佛山医药研究院", "昆嵛纺织科学院", "微山食品研究所", "长岛仪器计量院", "梁山产业协会", "牟平自动化研究所", "临淄化工大学", "济水知识产权事务所",
    ];

    private static readonly (string Fields, string Chain, string Speciality)[] Trades =
    [
        ("C34,C35", "高端装备", "数控机床与精密传动"), ("C39,C40", "新一代信息技术", "功率电子与传感"), ("C26,C27", "高端化工", "精细化学品与生物制药"), ("C17,C14", "纺织服装、食品", "轻工工艺与质量控制"), ("C37,C36", "轨道交通装备", "车辆部件与可靠性"),
    ];

    public static List<Expert> Make(IReadOnlyList<Enterprise> enterprises, PersonalSecrets secrets, DateTime now)
    {
        var rules = new PoolRules();
        var today = ChinaTime.DateOf(now);
        return [.. Enumerable.Range(0, InPool + 8).Select(i =>
        {
            var expert = One(i, enterprises, rules, today, now);
            expert.Keep(
                new ExpertSecrets(secrets.Seal(expert.Id, SecretKind.Phone, $"1380000{1000 + i}"), null, i % 3 == 0 ? secrets.Seal(expert.Id, SecretKind.Bank, $"62220000000000{1000 + i}") : null), null);
            return expert;
        })];
    }

    private static Expert One(int i, IReadOnlyList<Enterprise> enterprises, PoolRules rules, DateOnly today, DateTime now)
    {
        var profile = Profile(i, enterprises, today);
        var interests = Interests(i, enterprises, today);
        if (i >= InPool && i < InPool + 4)
        {
            // Three wait for the office; one was asked for more.
            var asking = Expert.Apply(Guid.CreateVersion7(), profile, interests, i == InPool ? "单位推荐" : "本人申请", now.AddDays(-2 - i + InPool));
            if (i == InPool + 3)
            {
                asking.Return("请补充近三年主持项目的证明材料。", Office, now.AddDays(-1));
            }

            return asking;
        }

        var taken = i == InPool + 4 ? today.AddMonths(-37) : today.AddMonths(-3 - (i * 5 % 30));
        var expert = Expert.Apply(Guid.CreateVersion7(), profile, interests, i % 3 == 0 ? "单位推荐" : "本人申请", ChinaTime.StartOfDay(taken.AddDays(-12)));
        expert.Approve(rules, taken, profile.BirthYear < taken.Year - rules.MostAge ? "领域内稀缺，经领导小组同意。" : null, Office, ChinaTime.StartOfDay(taken).AddHours(9));
        if (i % 9 != 8)
        {
            expert.Update(profile, interests, today.AddDays(-10 - (i * 7 % 200)), now);
        }

        if (i == Asking)
        {
            expert.Update(profile with { Title = "研究员", Fields = [.. profile.Fields, "C40"] }, interests, today.AddDays(-1), now.AddDays(-1));
        }

        if (i % 13 == 12)
        {
            expert.TakeLeave(today.AddDays(5), today.AddDays(24), "出国讲学", today);
        }

        return expert;
    }

    private static ExpertProfile Profile(int i, IReadOnlyList<Enterprise> enterprises, DateOnly today)
    {
        var isFinance = i % 6 == 5;
        var firm = i % 10 == 4 ? enterprises[i / 10] : null;
        var unit = i % Units.Length;
        var trade = Trades[i % Trades.Length];
        var age = 38 + (i * 7 % 27);
        return new ExpertProfile
        {
            Name = Families[i % Families.Length] + Given[i % Given.Length],
            BirthYear = today.Year - age,
            Ground = isFinance ? EntryGround.Professional : firm is null ? EntryGround.SeniorTitle : EntryGround.IndustryManager,
            Title = isFinance ? "高级会计师" : i % 3 == 0 ? "教授" : i % 3 == 1 ? "高级工程师" : "研究员",
            Position = firm is null ? i % 4 == 0 ? "学科带头人" : null : "总工程师",
            Licence = isFinance ? "注册会计师" : null,
            Category = isFinance ? "财务" : firm is null ? "技术" : "管理",
            WorkingSince = today.Year - age + 26,
            ManagerSince = firm is null ? null : today.Year - 15,
            Employer = firm?.Name ?? $"{Units[unit]}（演示）",
            EmployerUscc = firm?.Uscc ?? Uscc.Synthetic(CityOf(unit), 700 + unit, "12").Value,
            EmployedSince = new DateOnly(today.Year - 4 - (i % 6), 7, 1),
            CityCode = firm?.Profile.CityCode ?? (i % 4 == 3 ? "000000" : CityOf(i)),
            Fields = trade.Fields.Split(','),
            Chains = trade.Chain.Split('、'),
            Specialities = [isFinance ? "企业财务与研发费用审计" : trade.Speciality],
            Achievements = isFinance ? "多次参加省级专项资金绩效评价和研发费用审计（演示数据）。" : $"主持省级项目 {1 + (i % 4)} 项，参与起草行业标准 {i % 5} 项（演示数据）。",
        };
    }

    /// <summary>What stands between some of them and the applicants of the demonstration's batches.</summary>
    private static ExpertInterests Interests(int i, IReadOnlyList<Enterprise> enterprises, DateOnly today)
    {
        Unit Of(int firm) => new(enterprises[firm].Uscc, enterprises[firm].Name);
        return i switch
        {
            5 => new ExpertInterests { Ties = [new Tie(TieKind.Advisory, Of(16), today.AddMonths(-30), today.AddMonths(-6))] },
            7 => new ExpertInterests { Works = [new SharedWork(WorkKind.Patent, "一种传动副预紧力检测装置", today.AddYears(9), [Of(17)], [])] },
            9 => new ExpertInterests { Relatives = [new Relative(new Person(null, "林晓梅"), "配偶", [new Tie(TieKind.Employment, Of(15), today.AddYears(-6), null)])] },
            12 => new ExpertInterests { Ties = [new Tie(TieKind.Shareholding, Of(19), today.AddYears(-3), null)] },
            16 => new ExpertInterests { Works = [new SharedWork(WorkKind.Project, "关键部件寿命提升（省重点研发）", today.AddMonths(-8), [Of(20)], [])] },
            21 => new ExpertInterests { Services = [new Service(ServiceKind.Tested, null, Of(23), today.AddMonths(-14), "整机可靠性检测")] },
            27 => new ExpertInterests { Ties = [new Tie(TieKind.Employment, Of(26), today.AddYears(-9), today.AddMonths(-20))] },
            33 => new ExpertInterests { Disputes = [new Dispute(Of(29), today.AddMonths(-9), "技术服务合同纠纷")] },
            _ => new ExpertInterests(),
        };
    }

    /// <summary>Measures against the last three: the pool's office proposes, the head confirms. Their facts stand outside the system, so that nothing in it speaks against them.</summary>
    public static void Measure(IReadOnlyList<Expert> experts, AppUser office, AppUser head, DateTime now)
    {
        var rules = new PoolRules();
        var today = ChinaTime.DateOf(now);
        (DisciplineKind Kind, string Ground, string Facts, DateOnly? Until, bool Confirmed)[] measures =
        [
            (DisciplineKind.Suspension, "proxy", "评分表由同事代为填写，本人已承认。（演示数据）", today.AddMonths(8), true),
            (DisciplineKind.Removal, "benefit", "收受申报单位礼品卡，经核实属实。（演示数据）", null, true),
            (DisciplineKind.Warning, "leak", "在同行交流群中谈论评审情况。（演示数据）", null, false),
        ];
        foreach (var (i, (kind, ground, facts, until, confirmed)) in measures.Index())
        {
            var expert = experts[InPool + 5 + i];
            var record = expert.Propose(new DisciplineRecord(Guid.CreateVersion7(), kind, ground, facts, until, office.Id, office.DisplayName, now.AddDays(-6)), rules, today);
            if (confirmed)
            {
                expert.Confirm(record.Id, true, head.Id, head.DisplayName, now.AddDays(-5));
            }
        }
    }

    private static string CityOf(int i) => DivisionCodes.Cities[i % DivisionCodes.Cities.Count].Code;
}
