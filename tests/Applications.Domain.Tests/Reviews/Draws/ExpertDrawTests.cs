using System.Diagnostics;
using System.Globalization;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Draws;
using CsCheck;

namespace Applications.Domain.Tests.Reviews.Draws;

public sealed class ExpertDrawTests
{
    private const string Seed = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Fact]
    public void Run_AnySmallPool_DrawsAPanelThatKeepsEveryRuleOrSaysThatThereIsNone() => Gen.Select(Pools.Small, Gen.Int).Sample(
        (s, seed) =>
        {
            var panel = s.Request.Panels[0];
            if (!Pools.Sets(s.Pool, panel.Size).Any(m => Pools.IsPanel(s.Request, panel, m)))
            {
                Assert.Equal("draw-infeasible", Assert.Throws<RuleBrokenException>(() => ExpertDraw.Run(s.Request, s.Pool, $"{seed}", string.Empty, Pools.Noon)).Code);
                return;
            }

            var record = ExpertDraw.Run(s.Request, s.Pool, $"{seed}", string.Empty, Pools.Noon);

            Assert.True(Pools.IsPanel(s.Request, panel, record.MembersOf("p1")));
            Assert.All(record.Panels[0].Reserves, r =>
            {
                Assert.DoesNotContain(record.Panels[0].Seats, seat => seat.ExpertId == r.ExpertId);
                List<string> swapped = [.. record.Panels[0].Seats.Select(seat => seat.Number == r.Seat ? r.ExpertId : seat.ExpertId)];
                Assert.True(Pools.IsPanel(s.Request, panel, [.. s.Pool.Where(c => swapped.Contains(c.Id))]));
            });
        },
        iter: 2000);

    [Fact]
    public void Substitute_RefusalAfterRefusal_EveryPanelKeepsEveryRule() => Gen.Select(Pools.Small, Gen.Int[0, 1000], Gen.Int[0, 4].List[1, 6]).Sample(
        (s, seed, refusals) =>
        {
            var panel = s.Request.Panels[0];
            if (DrawAdvisor.Advise(s.Request, s.Pool).Outlook is not DrawOutlook.Feasible)
            {
                return;
            }

            var record = ExpertDraw.Run(s.Request, s.Pool, $"{seed}", string.Empty, Pools.Noon);
            HashSet<string> gone = [];
            foreach (var refusal in refusals)
            {
                var members = record.MembersOf("p1");
                if (members.Count < panel.Size)
                {
                    break;
                }

                var leaving = members[refusal % members.Count].Id;
                gone.Add(leaving);
                record = ExpertDraw.Substitute(record, "p1", leaving, "出差", [], Pools.Noon);
                var now = record.MembersOf("p1");
                Assert.DoesNotContain(now, m => gone.Contains(m.Id));
                Assert.True(record.Substitutions[^1].In is null || Pools.IsPanel(s.Request, panel, now));
            }

            Assert.Empty(DrawVerifier.Verify(System.Text.Encoding.UTF8.GetBytes(DrawRecordJson.Write(record))).Findings);
        },
        iter: 1000);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("da-DK")]
    [InlineData("zh-CN")]
    public void Run_AnotherOrderAndCulture_GivesTheSameRecord(string culture)
    {
        var pool = Pools.Large(300, 90);
        var request = Pools.Request([Pools.Panel("a", 5) with { Finance = 1 }, Pools.Panel("İ", 7) with { Specialities = [new SpecialityNeed("C34", 2)] }]);
        var expected = DrawRecordJson.Write(ExpertDraw.Run(request, pool, Seed, "见证人", Pools.Noon));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Assert.Equal(expected, DrawRecordJson.Write(ExpertDraw.Run(request, [.. pool.Reverse()], Seed, "见证人", Pools.Noon)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Run_KnownSeed_GivesTheKnownPanel()
    {
        // Worked out apart from this code, by a script that follows DRAW.md.
        var record = ExpertDraw.Run(Pools.Request([Pools.Panel("p1", 5) with { Finance = 1 }]), Pools.Large(60, 25), Seed, "42", Pools.Noon);

        Assert.Equal("0c795695418aa28c4446cd848f962b211aacedcdbb22dee0cbe2740db83f27e2", record.Commitment.Digest);
        Assert.Equal("e0048 e0014 e0008 e0030 e0036", string.Join(' ', record.Panels[0].Seats.Select(s => s.ExpertId)));
        Assert.Equal("655406", record.Panels[0].Choices);
    }

    [Fact]
    public void Run_AnotherSeedOrWitness_GivesAnotherPanel()
    {
        var pool = Pools.Large(500, 200);
        var request = Pools.Request([Pools.Panel("p1", 7)]);
        var one = ExpertDraw.Run(request, pool, Seed, string.Empty, Pools.Noon);

        Assert.NotEqual(one.Panels[0].Seats, ExpertDraw.Run(request, pool, Seed + "0", string.Empty, Pools.Noon).Panels[0].Seats);
        Assert.NotEqual(one.Panels[0].Seats, ExpertDraw.Run(request, pool, Seed, "七", Pools.Noon).Panels[0].Seats);
        Assert.Equal(one.Commitment, DrawCommitment.Of(request, [.. pool.Reverse()], Seed));
    }

    [Fact]
    public void Run_FortyPanelsFromThreeThousand_AllKeepEveryRuleAndNobodySitsTwice()
    {
        var pool = Pools.Large(3000, 700);
        var request = Pools.Request([.. Enumerable.Range(0, 40).Select(i => Pools.Panel($"p{i:00}", i % 2 == 0 ? 5 : 7) with
        {
            Finance = 1,
            Specialities = [new SpecialityNeed($"C{20 + (i % 20)}", 2), new SpecialityNeed($"C{20 + ((i + 7) % 20)}", 1)],
        })]);
        var clock = Stopwatch.StartNew();

        var record = ExpertDraw.Run(request, pool, Seed, string.Empty, Pools.Noon);

        TestContext.Current.SendDiagnosticMessage($"40 panels of 3,000 experts: {clock.Elapsed.TotalSeconds:0.00} s");
        Assert.All(request.Panels, p => Assert.True(Pools.IsPanel(request, p, record.MembersOf(p.Key))));
        var all = record.Panels.SelectMany(p => p.Seats.Select(s => s.ExpertId).Concat(p.Reserves.Select(r => r.ExpertId))).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Equal(request.Panels.Sum(p => p.Size), record.Panels.Sum(p => p.Reserves.Count));
    }

    [Fact]
    public void Run_Appointed_CountsForTheRulesAndTheRestIsDrawnAround()
    {
        IReadOnlyList<DrawCandidate> pool = [.. Enumerable.Range(0, 8).Select(i => Pools.Expert(i) with { IsFinance = i == 0, Employer = i < 3 ? "大学" : $"单位{i}" })];
        var request = Pools.Request([Pools.Panel("p1", 3) with { Finance = 1, Appointed = [new Appointment("e0000", "唯一的财务专家", "厅领导")] }]);

        var record = ExpertDraw.Run(request, pool, Seed, string.Empty, Pools.Noon);

        Assert.Equal(new DrawnSeat(1, "e0000", true), record.Panels[0].Seats[0]);
        Assert.True(Pools.IsPanel(request, request.Panels[0], record.MembersOf("p1")));
        Assert.Equal("10", record.Panels[0].Choices);
    }

    [Theory]
    [InlineData(5, 2, "理由", "appointed-too-many")]
    [InlineData(5, 1, " ", "appointed-reason")]
    [InlineData(4, 0, "理由", "panel-size")]
    public void Run_RequestNotSound_IsRefused(int size, int appointed, string reason, string code)
    {
        var panel = Pools.Panel("p1", size) with { Appointed = [.. Enumerable.Range(0, appointed).Select(i => new Appointment($"e{i:0000}", reason, "厅领导"))] };

        Assert.Equal(code, Assert.Throws<RuleBrokenException>(() => ExpertDraw.Run(Pools.Request([panel]), Pools.Large(50, 50), Seed, string.Empty, Pools.Noon)).Code);
    }

    [Fact]
    public void Run_AppointedWithConflict_IsRefused()
    {
        IReadOnlyList<DrawCandidate> pool = [.. Enumerable.Range(0, 8).Select(i => Pools.Expert(i) with { Bars = i == 0 ? [new DrawBar("p1", "conflict.employer", "任职单位即申报单位")] : [] })];
        var panel = Pools.Panel("p1", 3) with { Appointed = [new Appointment("e0000", "理由", "厅领导")] };

        var refused = Assert.Throws<RuleBrokenException>(() => ExpertDraw.Run(Pools.Request([panel]), pool, Seed, string.Empty, Pools.Noon));

        Assert.Equal("appointed-hindered", refused.Code);
        Assert.Contains("任职单位即申报单位", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Substitute_ReservePassedOver_TheNextTakesTheSeatAndTheReasonStands()
    {
        var record = ExpertDraw.Run(Pools.Request([Pools.Panel("p1", 3)], new DrawRules { ReservesPerSeat = 2 }), Pools.Large(100, 100), Seed, string.Empty, Pools.Noon);
        var own = record.Panels[0].Reserves.Where(r => r.Seat == 2).Select(r => r.ExpertId).ToList();

        var after = ExpertDraw.Substitute(record, "p1", record.Panels[0].Seats[1].ExpertId, "发现利害关系", [new PassedReserve(own[0], "电话不通")], Pools.Noon);

        Assert.Equal(own[1], after.Substitutions[0].In);
        Assert.Equal("not-on-panel", Assert.Throws<RuleBrokenException>(() => ExpertDraw.Substitute(after, "p1", own[0], "x", [], Pools.Noon)).Code);
    }
}
