using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Reviews.Draws;

/// <summary>Who may do what with a draw, and who may read its names when.</summary>
public sealed class PanelDrawTests
{
    private static readonly Actor Officer = new(Guid.NewGuid(), "经办", Roles.Officer, null);
    private static readonly Actor Head = new(Guid.NewGuid(), "处长", Roles.Head, null);
    private static readonly Actor Inspector = new(Guid.NewGuid(), "纪检", Roles.Inspector, null);
    private static readonly IReadOnlyList<DrawCandidate> Pool = [.. Enumerable.Range(0, 10).Select(Pools.Expert)];

    [Fact]
    public void Draw_FromRequestToRecord_KeepsTheSeedSealedUntilThen()
    {
        var draw = Requested();
        var seed = ExpertDraw.NewSeed();

        draw.Commit(Head, draw.Request, DrawRecordJson.WritePool(Pool), DrawCommitment.Of(draw.Request, Pool, seed), "sealed", Pools.Noon);
        Assert.Equal(("sealed", DrawState.Committed), (draw.SealedSeed, draw.State));
        var record = ExpertDraw.Run(draw.Request, DrawRecordJson.ReadPool(draw.Snapshot!), seed, string.Empty, Pools.Noon);
        Assert.Equal(draw.Commitment, record.Commitment);
        draw.Complete(Inspector, record, Pools.Noon);

        Assert.Equal((DrawState.Drawn, null, null), (draw.State, draw.SealedSeed, draw.Snapshot));
        Assert.Equal("draw-not-committed", Code(() => draw.Complete(Head, record, Pools.Noon)));
        Assert.Equal("draw-decided", Code(() => draw.Withdraw("不要了")));
    }

    [Fact]
    public void Commit_ByTheRequesterOrAnotherPost_IsRefused()
    {
        var draw = Requested();
        foreach (var actor in new[] { Officer, Officer with { Role = Roles.Head }, Inspector, Head with { Role = Roles.Leader } })
        {
            Assert.Equal("draw-own-request", Code(() => draw.Commit(actor, draw.Request, "[]", DrawCommitment.Of(draw.Request, Pool, "s"), "x", Pools.Noon)));
        }

        Assert.Equal(DrawState.Requested, draw.State);
    }

    [Fact]
    public void Complete_ByTheRequesterOrBeforeTheApproval_IsRefused()
    {
        var draw = Requested();
        var record = ExpertDraw.Run(draw.Request, Pool, "s", string.Empty, Pools.Noon);

        Assert.Equal("draw-not-committed", Code(() => draw.Complete(Head, record, Pools.Noon)));
        draw.Commit(Head, draw.Request, "[]", DrawCommitment.Of(draw.Request, Pool, "s"), "x", Pools.Noon);
        Assert.Equal("draw-own-request", Code(() => draw.Complete(Officer, record, Pools.Noon)));
        Assert.Equal("draw-own-request", Code(() => draw.Complete(Officer with { Role = Roles.Inspector }, record, Pools.Noon)));
    }

    [Theory]
    [InlineData(null, "reason-required")]
    [InlineData("  ", "reason-required")]
    public void Return_WithoutReason_IsRefused(string? reason, string code)
    {
        Assert.Equal(code, Code(() => Requested().Return(Head, reason, Pools.Noon)));
        Assert.Equal("text-too-long", Code(() => Requested().Return(Head, new string('字', PanelDraw.LongestNote + 1), Pools.Noon)));
    }

    [Theory]
    [InlineData(Roles.Officer, "other", -1, false)]
    [InlineData(Roles.Officer, "other", 0, true)]
    [InlineData(Roles.Leader, "other", -1, false)]
    [InlineData(Roles.Leader, "other", 3, true)]
    [InlineData(Roles.Head, "other", -1, false)]
    [InlineData(Roles.Head, "decider", -1, true)]
    [InlineData(Roles.Head, "drawer", -1, true)]
    [InlineData(Roles.Inspector, "other", -1, true)]
    [InlineData(Roles.Expert, "other", 3, false)]
    [InlineData(Roles.Applicant, "decider", 3, false)]
    [InlineData(Roles.City, "other", 3, false)]
    [InlineData(Roles.Admin, "drawer", 3, false)]
    public void NameSeal_OpensToThoseWhoMayReadThen(string role, string who, int daysAfter, bool opens)
    {
        var session = new DateOnly(2026, 5, 6);
        var (decider, drawer) = (Guid.NewGuid(), Guid.NewGuid());
        var actor = new Actor(who switch { "decider" => decider, "drawer" => drawer, _ => Guid.NewGuid() }, "某人", role, null);

        Assert.Equal(opens, NameSeal.IsOpenTo(actor, session, decider, drawer, session.AddDays(daysAfter)));
    }

    [Fact]
    public void NameSeal_OfADrawNobodyDecided_IsNotOpenToTheSystem() =>
        Assert.False(NameSeal.IsOpenTo(Actor.System with { Role = Roles.Officer }, new DateOnly(2026, 5, 6), null, null, new DateOnly(2026, 5, 5)));

    [Theory]
    [InlineData(41, 20, 3)]
    [InlineData(40, 20, 2)]
    [InlineData(1, 20, 1)]
    public void Grouping_PutsEveryFileOnceAndGroupsOfOneSize(int files, int most, int groups)
    {
        var all = Enumerable.Range(0, files).Select(i => new DrawFile(Guid.NewGuid(), $"{i:000}", "企业", $"U{i}", "370100", i % 3 == 0 ? "C34" : i % 3 == 1 ? "C26" : null)).ToList();

        var grouped = DrawGrouping.Of(all, most);

        Assert.Equal(groups, grouped.Count);
        Assert.Equal(all.Select(f => f.CaseId).Order(), grouped.SelectMany(g => g).Select(f => f.CaseId).Order());
        Assert.True(grouped.Max(g => g.Count) <= most);
        Assert.True(grouped.Max(g => g.Count) - grouped.Min(g => g.Count) <= 1);
        Assert.Equal(grouped.SelectMany(g => g).Select(f => f.Division ?? "\uffff").Order(StringComparer.Ordinal), grouped.SelectMany(g => g).Select(f => f.Division ?? "\uffff"));
    }

    [Fact]
    public void Explainer_SaysWhyAndWhyNot()
    {
        IReadOnlyList<DrawCandidate> pool =
        [
            .. Enumerable.Range(0, 8).Select(i => Pools.Expert(i) with { IsFinance = i == 0, Bars = i == 7 ? [new DrawBar("p1", "conflict.kin", "亲属在申报单位任职")] : [], SessionsThisYear = i == 6 ? 10 : 0 }),
        ];
        var request = Pools.Request([Pools.Panel("p1", 3) with { Finance = 1, Appointed = [new Appointment("e0000", "唯一的财务专家", "厅领导")] }]);
        var record = ExpertDraw.Run(request, pool, "seed", string.Empty, Pools.Noon);

        Assert.Contains("唯一的财务专家（厅领导批准）", DrawExplainer.WhyHim(record, "p1", "e0000"), StringComparison.Ordinal);
        Assert.Matches("^以相等概率从 \\d+ 种合规组合中抽出；", DrawExplainer.WhyHim(record, "p1", record.Panels[0].Seats[1].ExpertId));
        var absent = DrawAbsences.Of(record, "p1").ToDictionary(a => a.Expert.Id);
        Assert.Equal(pool.Count - 3, absent.Count);
        Assert.Equal((AbsenceKind.Barred, "亲属在申报单位任职"), (absent["e0007"].Kind, absent["e0007"].Text));
        Assert.Equal((AbsenceKind.YearlyLoad, "本年度已参加 10 次"), (absent["e0006"].Kind, absent["e0006"].Text));
        Assert.Equal((AbsenceKind.Reserve, "备选第 1 位"), (absent[record.Panels[0].Reserves[0].ExpertId].Kind, absent[record.Panels[0].Reserves[0].ExpertId].Text));
        Assert.All(DrawExplainer.Constraints(record, "p1").Where(c => c.Name != "备选专家"), c => Assert.True(c.Holds, c.Name));
    }

    [Fact]
    public void Excluded_SaysWhomARuleKeptOffAndWhere()
    {
        IReadOnlyList<DrawCandidate> pool =
        [
            .. Enumerable.Range(0, 12).Select(i => Pools.Expert(i) with { Bars = i == 7 ? [new DrawBar("p1", "conflict.kin", "亲属在申报单位任职")] : [], SessionsThisYear = i == 6 ? 10 : 0 }),
        ];
        var record = ExpertDraw.Run(Pools.Request([Pools.Panel("p1", 3), Pools.Panel("p2", 3)]), pool, "seed", string.Empty, Pools.Noon);

        Assert.Equal(
            [("e0006", string.Empty, "本年度已参加 10 次"), ("e0007", record.Request.Panels[0].Title, "亲属在申报单位任职")],
            DrawAbsences.Excluded(record).Select(e => (e.Expert.Id, string.Join('、', e.Panels), e.Text)));
    }

    [Fact]
    public void Absences_OfOneWhoLeftAndOfColleagues_SayWhatHappened()
    {
        IReadOnlyList<DrawCandidate> pool = [.. Enumerable.Range(0, 9).Select(i => Pools.Expert(i) with { Employer = $"单位{i % 4}" })];
        var drawn = ExpertDraw.Run(Pools.Request([Pools.Panel("p1", 3)]), pool, "seed", string.Empty, Pools.Noon);
        var leaving = drawn.Panels[0].Seats[0].ExpertId;

        var absent = DrawAbsences.Of(ExpertDraw.Substitute(drawn, "p1", leaving, "出差", [], Pools.Noon), "p1").ToDictionary(a => a.Expert.Id);

        Assert.Equal((AbsenceKind.Left, "抽中后离开：出差"), (absent[leaving].Kind, absent[leaving].Text));
        var colleagues = absent.Values.Where(a => a.Kind == AbsenceKind.SameEmployer).ToList();
        Assert.NotEmpty(colleagues);
        Assert.All(colleagues, c => Assert.Contains(drawn.Panels[0].Seats, s => pool.Single(p => p.Id == s.ExpertId).Employer == c.Expert.Employer));
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("1853786", "1,853,786")]
    [InlineData("340282366920938463463374607431768211455", "340,282,366,920,938,463,463,374,607,431,768,211,455")]
    public void Grouped_OfACount_SetsThreeDigitsTogether(string count, string shown) => Assert.Equal(shown, DrawExplainer.Grouped(count));

    private static string Code(Action act) => Assert.Throws<RuleBrokenException>(act).Code;

    private static PanelDraw Requested() => new()
    {
        Id = Guid.NewGuid(),
        BatchId = Guid.NewGuid(),
        Round = "review",
        Purpose = DrawPurpose.Panels,
        Number = "CQ-2026-001",
        Title = "质量标杆评审",
        SessionOn = new DateOnly(2026, 5, 6),
        Categories = [],
        Groups = [new DrawGroup("p1", "第1组", [Guid.NewGuid()])],
        Request = Pools.Request([Pools.Panel("p1", 3)]),
        RequestedBy = Officer.UserId!.Value,
        RequestedByName = Officer.Name,
        RequestedAt = Pools.Noon,
    };
}
