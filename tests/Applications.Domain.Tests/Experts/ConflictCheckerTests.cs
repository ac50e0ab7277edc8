using System.Globalization;
using Applications.Domain.Common;
using Applications.Domain.Experts.Conflicts;

namespace Applications.Domain.Tests.Experts;

/// <summary>Each rule just inside and just outside its window; every conflict is reported, with the fact it rests on.</summary>
public sealed class ConflictCheckerTests
{
    private static readonly DateOnly On = new(2026, 5, 31);
    private static readonly Unit Applicant = new("91370100MA3DEM0011", "济南甲公司");
    private static readonly Unit Shareholder = new("91370100MA3DEM0022", "甲集团");
    private static readonly Unit Partner = new("91370100MA3DEM0033", "某大学");
    private static readonly Unit Recommender = new("11370100MB2000000X", "济南市工信局");
    private static readonly Person Leader = new("k-leader", "王总工");

    private static readonly CaseFacts File = new()
    {
        CaseId = "case-1",
        ProgrammeId = "zlbg",
        BatchId = "2026",
        Applicant = Applicant,
        Shareholders = [Shareholder],
        Partners = [Partner],
        RecommendingUnits = [Recommender],
        ProjectLeader = Leader,
        Control = new Control(Applicant, new Person("k-boss", "赵董"), [new Person("k-owner", "钱某")], [Shareholder]),
    };

    private static readonly ExpertFacts Nobody = new() { ExpertId = "e1", Person = new Person("k-e1", "李教授") };

    [Fact]
    public void Check_NothingInCommon_FindsNothing() => Assert.Empty(ConflictChecker.Check(Nobody, File, On));

    [Theory]
    [InlineData(TieKind.Employment, "2020-01-01", null, "conflict.employer")]
    [InlineData(TieKind.Employment, "2020-01-01", "2026-05-31", "conflict.employer")]
    [InlineData(TieKind.Employment, "2020-01-01", "2026-05-30", "conflict.employed")]
    [InlineData(TieKind.Employment, "2020-01-01", "2023-05-31", "conflict.employed")]
    [InlineData(TieKind.Employment, "2020-01-01", "2023-05-30", null)]
    [InlineData(TieKind.Employment, "2026-06-01", null, null)]
    [InlineData(TieKind.Employment, "2026-05-31", null, "conflict.employer")]
    [InlineData(TieKind.Advisory, "2020-01-01", "2023-05-31", "conflict.adviser")]
    [InlineData(TieKind.Advisory, "2020-01-01", "2023-05-30", null)]
    [InlineData(TieKind.Shareholding, "2020-01-01", "2023-05-31", "conflict.shareholder")]
    [InlineData(TieKind.Shareholding, "2020-01-01", "2023-05-30", null)]
    public void Check_TieToTheApplicant_CountsWithinItsWindow(TieKind kind, string from, string? to, string? rule)
    {
        var expert = Nobody with { Ties = [new Tie(kind, new Unit(" 91370100ma3dem0011 ", "旧名"), Day(from), to is null ? null : Day(to))] };

        Assert.Equal(rule is null ? [] : [rule], ConflictChecker.Check(expert, File, On).Select(c => c.Rule));
    }

    [Theory]
    [InlineData("2023-02-28", "2026-02-28", true)]
    [InlineData("2023-02-27", "2026-02-28", false)]
    [InlineData("2021-02-28", "2024-02-29", true)]
    [InlineData("2021-02-27", "2024-02-29", false)]
    public void Check_MonthEnds_TheWindowIsCutToTheMonth(string to, string on, bool counts)
    {
        var expert = Nobody with { Ties = [new Tie(TieKind.Employment, Applicant, new DateOnly(2015, 1, 1), Day(to))] };

        Assert.Equal(counts, ConflictChecker.Check(expert, File, Day(on)).Count == 1);
    }

    [Fact]
    public void Check_OtherSettings_MoveTheWindow()
    {
        var expert = Nobody with { Ties = [new Tie(TieKind.Advisory, Applicant, new DateOnly(2015, 1, 1), new DateOnly(2023, 5, 31))] };

        Assert.Empty(ConflictChecker.Check(expert, File, On, new ConflictRules(TieMonths: 35)));
        Assert.Single(ConflictChecker.Check(expert, File, On, new ConflictRules(TieMonths: 36)));
    }

    [Fact]
    public void Check_EmployerInEveryRole_NamesEachRole()
    {
        foreach (var (unit, role) in new[] { (Shareholder, "申报单位的股东"), (Partner, "合作单位"), (Recommender, "推荐单位") })
        {
            var conflict = Assert.Single(ConflictChecker.Check(Nobody with { Ties = [new Tie(TieKind.Employment, unit, new DateOnly(2020, 1, 1), null)] }, File, On));

            Assert.Equal(("conflict.employer", true), (conflict.Rule, conflict.IsCertain));
            Assert.Equal($"任职：{unit}，2020-01-01 至 今；该单位是{role}", conflict.Fact);
        }
    }

    [Theory]
    [InlineData(WorkKind.Project, "2023-05-31", "conflict.project")]
    [InlineData(WorkKind.Project, "2023-05-30", null)]
    [InlineData(WorkKind.Publication, "2023-05-31", "conflict.publication")]
    [InlineData(WorkKind.Publication, "2023-05-30", null)]
    [InlineData(WorkKind.Patent, "2026-05-31", "conflict.patent")]
    [InlineData(WorkKind.Patent, "2026-05-30", null)]
    [InlineData(WorkKind.Patent, null, "conflict.patent")]
    public void Check_WorkWithTheLeader_CountsWithinItsWindow(WorkKind kind, string? until, string? rule)
    {
        var expert = Nobody with { Works = [new SharedWork(kind, "某成果", until is null ? null : Day(until), [], [Leader])] };

        Assert.Equal(rule is null ? [] : [rule], ConflictChecker.Check(expert, File, On).Select(c => c.Rule));
    }

    [Fact]
    public void Check_PatentWithTheApplicant_Counts() =>
        Assert.Equal("conflict.patent", Assert.Single(ConflictChecker.Check(Nobody with { Works = [new SharedWork(WorkKind.Patent, "一种轴承", null, [Applicant], [])] }, File, On)).Rule);

    [Theory]
    [InlineData("case-1", "2010-01-01", true)]
    [InlineData(null, "2023-05-31", true)]
    [InlineData(null, "2023-05-30", false)]
    [InlineData("case-2", "2023-05-30", false)]
    public void Check_Service_OnThisFileAlwaysOtherwiseWithinItsWindow(string? caseId, string day, bool counts)
    {
        var expert = Nobody with { Services = [new Service(ServiceKind.Tested, caseId, Applicant, Day(day), "型式试验")] };

        Assert.Equal(counts ? ["conflict.tested"] : [], ConflictChecker.Check(expert, File, On).Select(c => c.Rule));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("2023-05-31", true)]
    [InlineData("2023-05-30", false)]
    public void Check_Dispute_CountsWhileOpenAndWithinItsWindow(string? closed, bool counts) =>
        Assert.Equal(counts, ConflictChecker.Check(Nobody with { Disputes = [new Dispute(Applicant, closed is null ? null : Day(closed), "合同纠纷")] }, File, On).Count == 1);

    [Theory]
    [InlineData("zlbg", "2026", true)]
    [InlineData("zlbg", "2025", false)]
    [InlineData("bnpp", "2026", false)]
    public void Check_OwnUnitApplies_OnlyInTheSameProgrammeAndBatch(string programme, string batch, bool counts) =>
        Assert.Equal(counts, ConflictChecker.Check(Nobody with { Filings = [new OwnFiling(new Unit("91370200MA3DEM0099", "青岛乙公司"), programme, batch)] }, File, On).Count == 1);

    [Fact]
    public void Check_Kin_CountsByTieAndByPerson()
    {
        var expert = Nobody with
        {
            Relatives =
            [
                new Relative(new Person("k-w", "孙某"), "配偶", [new Tie(TieKind.Shareholding, Shareholder, new DateOnly(2020, 1, 1), null)]),
                new Relative(new Person("k-leader", "王某"), "兄", []),
                new Relative(new Person(null, "赵董"), "姐夫", []),
                new Relative(new Person("k-other", "钱某"), "同名者", []),
            ],
        };

        var found = ConflictChecker.Check(expert, File, On);

        Assert.All(found, c => Assert.Equal("conflict.kin", c.Rule));
        Assert.Equal([true, true, false], found.Select(c => c.IsCertain));
        Assert.Contains("仅姓名相同，待核实", found[2].Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Control_CountsBothWaysAndThroughACommonParent()
    {
        var own = new Unit("91370200MA3DEM0044", "青岛研究院");
        string[] Rules(Control control) => [.. ConflictChecker.Check(Nobody with { Controls = [control] }, File, On).Select(c => c.Rule)];

        Assert.Equal(["conflict.control"], Rules(new Control(own, new Person("k-boss", "赵董"), [], [])));
        Assert.Equal(["conflict.control"], Rules(new Control(own, null, [new Person("k-owner", "钱某")], [])));
        Assert.Equal(["conflict.control"], Rules(new Control(own, null, [], [Applicant])));
        Assert.Equal(["conflict.control"], Rules(new Control(own, null, [], [Shareholder])));
        Assert.Equal(["conflict.control"], Rules(new Control(Shareholder, null, [], [])));
        Assert.Empty(Rules(new Control(own, new Person("k-x", "赵董"), [], [Partner])));
    }

    [Fact]
    public void Check_SelfTeacherDeclaredAndAvoided_AreAllReported()
    {
        var expert = Nobody with
        {
            Person = new Person("k-leader", "王总工"),
            Ties = [new Tie(TieKind.Employment, new Unit(null, "某所（总部）"), new DateOnly(2020, 1, 1), null)],
            Academic = [Leader],
            Declarations = [new OwnDeclaration("case-1", true, "曾共事"), new OwnDeclaration("case-2", true, "他项"), new OwnDeclaration("case-1", false, "无")],
        };
        var file = File with { Avoidances = [new Avoidance("张三", null, "竞争"), new Avoidance(" 王总工 ", "某所", "有过节")] };

        var found = ConflictChecker.Check(expert, file, On);

        Assert.Equal(["conflict.self", "conflict.academic", "conflict.declared", "conflict.avoidance"], found.Select(c => c.Rule));
        Assert.Equal(["曾共事", "王总工（某所）：有过节"], found.Skip(2).Select(c => c.Fact));
        Assert.All(found, c => Assert.True(c.IsCertain));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("别的所")]
    public void Check_AvoidanceOfTheNameElsewhere_CountsUntilSomebodyLooks(string? employer)
    {
        var file = File with { Avoidances = [new Avoidance("李教授", employer, "竞争")] };

        var found = Assert.Single(ConflictChecker.Check(Nobody with { Ties = [new Tie(TieKind.Employment, Partner with { Uscc = "12370000MA3DEM0099", Name = "某所" }, On, null)] }, file, On));

        Assert.False(found.IsCertain);
        Assert.Contains("待核实", found.Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireAvoidances_FourOrNoReasonOrTwice_IsRefused()
    {
        var rules = new ConflictRules();
        string Code(params Avoidance[] a) => Assert.Throws<RuleBrokenException>(() => CaseFacts.RequireAvoidances(a, rules)).Code;

        Assert.Equal("avoidances-too-many", Code([.. Enumerable.Range(0, 4).Select(i => new Avoidance($"e{i}", null, "理由"))]));
        Assert.Equal("avoidance-name", Code(new Avoidance(" ", "某所", "a")));
        Assert.Equal("avoidance-reason", Code(new Avoidance("e1", null, " ")));
        Assert.Equal("avoidance-twice", Code(new Avoidance("e1", null, "a"), new Avoidance("e1", null, "b")));
        CaseFacts.RequireAvoidances([.. Enumerable.Range(0, 3).Select(i => new Avoidance($"e{i}", null, "理由"))], rules);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
