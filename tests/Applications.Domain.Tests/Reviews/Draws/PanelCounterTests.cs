using System.Globalization;
using Applications.Domain.Reviews.Draws;
using CsCheck;

namespace Applications.Domain.Tests.Reviews.Draws;

/// <summary>The proof of DRAW.md, tried: the count is the number of panels, and every panel has the same chance.</summary>
public sealed class PanelCounterTests
{
    [Fact]
    public void Advise_AnySmallPool_CountsExactlyThePanelsThatKeepEveryRule() => Pools.Small.Sample(
        s =>
        {
            var panel = s.Request.Panels[0];
            var expected = Pools.Sets(s.Pool, panel.Size).Count(m => Pools.IsPanel(s.Request, panel, m));

            var advice = DrawAdvisor.Advise(s.Request, s.Pool);

            Assert.Equal(expected.ToString(CultureInfo.InvariantCulture), advice.Panels[0].Choices);
            Assert.Equal(expected > 0 ? DrawOutlook.Feasible : DrawOutlook.Infeasible, advice.Outlook);
        },
        iter: 2000);

    [Fact]
    public void Run_ManySeeds_EveryPanelComesEquallyOften()
    {
        // Employers of unlike size, a scarce finance expert, a scarce city: a method that filled seats one by one would be far off.
        IReadOnlyList<DrawCandidate> pool =
        [
            .. Enumerable.Range(0, 9).Select(i => Pools.Expert(i) with
            {
                Employer = i < 4 ? "大学" : $"单位{i}",
                IsFinance = i is 2 or 7,
                CityCode = i % 3 == 0 ? "370200" : "370100",
                Specialities = i % 2 == 0 ? ["C34"] : ["C35"],
            }),
        ];
        var request = Pools.Request([Pools.Panel("p1", 3) with { Finance = 1, Specialities = [new SpecialityNeed("C34", 1)] }]);
        var panels = Pools.Sets(pool, 3).Where(m => Pools.IsPanel(request, request.Panels[0], m)).Select(Pools.Names).ToDictionary(n => n, _ => 0);
        const int Draws = 12_000;

        for (var seed = 0; seed < Draws; seed++)
        {
            panels[Pools.Names(ExpertDraw.Run(request, pool, $"{seed:x64}", "见证", Pools.Noon).MembersOf("p1"))]++;
        }

        var expected = (double)Draws / panels.Count;
        var chiSquare = panels.Values.Sum(n => (n - expected) * (n - expected) / expected);
        var freedom = panels.Count - 1;
        Assert.InRange(panels.Count, 10, 84);

        // Wilson and Hilferty's line for one in ten thousand.
        var line = freedom * Math.Pow(1 - (2.0 / (9 * freedom)) + (3.72 * Math.Sqrt(2.0 / (9 * freedom))), 3);
        Assert.InRange(chiSquare, 0, line);
    }
}
