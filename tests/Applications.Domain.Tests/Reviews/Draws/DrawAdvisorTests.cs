using Applications.Domain.Reviews.Draws;
using CsCheck;

namespace Applications.Domain.Tests.Reviews.Draws;

public sealed class DrawAdvisorTests
{
    [Fact]
    public void Advise_NoFinanceExpert_NamesTheClashAndTheWaysOut()
    {
        IReadOnlyList<DrawCandidate> pool = [.. Enumerable.Range(0, 20).Select(i => Pools.Expert(i) with { IsFinance = i == 0, SessionsThisYear = i == 0 ? 10 : 0 })];

        var advice = DrawAdvisor.Advise(Pools.Request([Pools.Panel("p1", 5) with { Finance = 1 }]), pool);

        Assert.Equal(DrawOutlook.Infeasible, advice.Outlook);
        Assert.Equal(["人数 5 人（可选专家 19 人）", "本年度已参加少于 10 次", "财务专家至少 1 人（可选 0 人）"], Assert.Single(advice.Clashes).Constraints);
        Assert.Equal(
            ["“评审组p1”：年度次数上限由 10 次放宽到 11 次", "“评审组p1”：财务专家由至少 1 人减为 0 人", "“评审组p1”：向专家库补充至少 1 名符合全部条件的专家"],
            advice.Relaxations.Select(r => r.Text));
        Assert.Equal((20, 1, 0), (pool.Count, advice.Panels[0].Hindered[Hindrance.YearlyLoad], advice.Panels[0].Supply.Single(s => s.Required == 1).Available));
    }

    [Fact]
    public void Advise_TwoWantsThatFailForDifferentReasons_NamesBoth()
    {
        IReadOnlyList<DrawCandidate> pool = [.. Enumerable.Range(0, 20).Select(i => Pools.Expert(i) with { IsFinance = i == 0, SessionsThisYear = i == 0 ? 10 : 0, Specialities = [] })];

        var advice = DrawAdvisor.Advise(Pools.Request([Pools.Panel("p1", 5) with { Finance = 1, Specialities = [new SpecialityNeed("C34", 1)] }]), pool);

        Assert.Equal(
            [["人数 5 人（可选专家 19 人）", "专业 C34 通用设备制造业 至少 1 人（可选 0 人）"], ["人数 5 人（可选专家 19 人）", "本年度已参加少于 10 次", "财务专家至少 1 人（可选 0 人）"]],
            advice.Clashes.Select(c => c.Constraints).OrderBy(c => c.Count));
        Assert.Null(Assert.Single(advice.Relaxations).Request);
    }

    [Fact]
    public void Advise_YearlyLoadThatEmptiesALargePool_IsNamed()
    {
        // Without the cap the panel could be chosen in more ways than can be counted.
        IReadOnlyList<DrawCandidate> pool = [.. Enumerable.Range(0, 3000).Select(i => Pools.Expert(i) with { SessionsThisYear = i < 12 ? 0 : 10 })];

        var advice = DrawAdvisor.Advise(Pools.Request([Pools.Panel("p1", 15)]), pool);

        Assert.Equal(["人数 15 人（可选专家 12 人）", "本年度已参加少于 10 次"], Assert.Single(advice.Clashes).Constraints);
    }

    [Fact]
    public void Advise_AnyImpossiblePanel_EveryRelaxationMakesItPossibleAndEveryClashIsReal() => Pools.Small.Sample(
        s =>
        {
            var advice = DrawAdvisor.Advise(s.Request, s.Pool);
            if (advice.Outlook is DrawOutlook.Feasible)
            {
                return;
            }

            // A need above the panel's size takes two changes when something else is wrong besides.
            Assert.True(advice.Relaxations.Count > 0 || s.Request.Panels[0].Specialities.Any(n => n.AtLeast > s.Request.Panels[0].Size));
            var named = advice.Clashes.SelectMany(c => c.Constraints.Skip(1)).ToList();
            Assert.True(advice.Clashes.Count > 0 && named.Count == named.Distinct().Count());
            // What several clashes have in common is the size alone.
            Assert.All(advice.Relaxations.Where(r => r.Request is not null && advice.Clashes.Count > 1), r => Assert.NotEqual(s.Request.Panels[0].Size, r.Request!.Panels[0].Size));
            Assert.All(advice.Relaxations.Where(r => r.Request is not null), r =>
                Assert.Contains(Pools.Sets(s.Pool, r.Request!.Panels[0].Size), m => Pools.IsPanel(r.Request, r.Request.Panels[0], m)));
        },
        iter: 500);

    [Fact]
    public void Advise_PanelsThatDoNotGoTogether_ProvesItAndSaysWhatToGiveUp()
    {
        // Two finance experts, three panels that want one each: every panel alone is possible.
        IReadOnlyList<DrawCandidate> pool = [.. Enumerable.Range(0, 30).Select(i => Pools.Expert(i) with { IsFinance = i < 2 })];
        var request = Pools.Request([.. Enumerable.Range(1, 3).Select(i => Pools.Panel($"p{i}", 3) with { Finance = 1 })]);

        var advice = DrawAdvisor.Advise(request, pool);

        Assert.Equal(DrawOutlook.Infeasible, advice.Outlook);
        Assert.Equal("3 个评审组合计需要财务专家 3 人，能担任的只有 2 人", Assert.Single(Assert.Single(advice.Clashes).Constraints));
        Assert.Equal(DrawOutlook.Feasible, DrawAdvisor.Advise(Assert.Single(advice.Relaxations).Request!, pool).Outlook);
    }

    [Fact]
    public void Advise_ShortageAmongSomePanelsAlone_NamesThoseAndNoOthers()
    {
        // Of four panels that want finance two can only have the one expert whom nothing bars there.
        IReadOnlyList<DrawCandidate> pool =
        [
            .. Enumerable.Range(0, 30).Select(i => Pools.Expert(i) with
            {
                IsFinance = i < 5,
                Bars = i is > 0 and < 5 ? [new DrawBar("p1", "回避", "亲属"), new DrawBar("p2", "回避", "亲属")] : [],
            }),
        ];
        var request = Pools.Request([.. Enumerable.Range(1, 4).Select(i => Pools.Panel($"p{i}", 3) with { Finance = 1 })]);

        var advice = DrawAdvisor.Advise(request, pool);

        Assert.Equal(DrawOutlook.Infeasible, advice.Outlook);
        Assert.Equal("2 个评审组合计需要财务专家 2 人，能担任的只有 1 人", Assert.Single(Assert.Single(advice.Clashes).Constraints));
        Assert.Equal(DrawOutlook.Feasible, DrawAdvisor.Advise(Assert.Single(advice.Relaxations).Request!, pool).Outlook);
    }

    [Fact]
    public void Advise_KindsThatCompeteForOneExpert_ProvesIt()
    {
        // The only finance expert is the only one of C99: each kind by itself is there.
        IReadOnlyList<DrawCandidate> pool = [.. Enumerable.Range(0, 30).Select(i => Pools.Expert(i) with { IsFinance = i == 0, Specialities = i == 0 ? ["C99"] : [] })];
        var request = Pools.Request([Pools.Panel("p1", 3) with { Finance = 1 }, Pools.Panel("p2", 3) with { Specialities = [new SpecialityNeed("C99", 1)] }]);

        var advice = DrawAdvisor.Advise(request, pool);

        Assert.Equal(DrawOutlook.Infeasible, advice.Outlook);
        Assert.Contains(Assert.Single(advice.Clashes).Constraints, c => c.Contains("专业 C99 至少 1 人", StringComparison.Ordinal));
        Assert.Equal(DrawOutlook.Feasible, DrawAdvisor.Advise(Assert.Single(advice.Relaxations).Request!, pool).Outlook);
    }

    [Fact]
    public void Advise_TooFewExpertsForAllPanels_ProvesIt()
    {
        var request = Pools.Request([.. Enumerable.Range(1, 3).Select(i => Pools.Panel($"p{i}", 5))]);

        Assert.Equal(DrawOutlook.Infeasible, DrawAdvisor.Advise(request, Pools.Large(14, 14)).Outlook);
    }
}
