using Applications.Domain.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Reviews.Draws;
using CsCheck;

namespace Applications.Domain.Tests.Experts;

/// <summary>Over random pools and files: nobody sits on a panel who is bound to the applicant, by a reading of the rules that shares no code with the checker.</summary>
public sealed class NoConflictAssignedTests
{
    private static readonly DateOnly On = Profiles.Today;

    private static readonly Gen<(int Kind, int Unit, int Months)> Bond = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 5], Gen.Int[-6, 60]);

    [Fact]
    public void Draw_RandomPools_NeverSeatsOrReservesSomebodyWithAConflict()
    {
        var drawn = 0;
        Gen.Select(Gen.Int[0, 8].Array[5, 25], Bond.Array[0, 3].Array[25], Gen.Int[0, 5].Array[1, 6], Gen.OneOfConst(3, 5))
            .Sample(t =>
            {
                var (employers, bonds, applicants, seats) = t;
                var experts = employers.Select((e, i) => Make(i, e, bonds[i])).ToList();
                var files = applicants.Distinct().Select(File).ToList();
                var request = new DrawRequest { Number = "1", Title = "随机", Rules = new DrawRules { OutsideOneIn = 0 }, Panels = [new PanelRequest { Key = "1", Title = "第1组", Size = seats }] };
                List<DrawCandidate> pool = [.. experts.Select(e => new DrawCandidate
                {
                    Id = e.Id.ToString("N"),
                    Name = e.Name,
                    Employer = e.EmployerUscc!,
                    CityCode = e.CityCode,
                    Bars = [.. files.SelectMany(f => ConflictChecker.Check(FactsOf(e, files), f, On)).Select(c => new DrawBar("1", c.Rule, c.Fact))],
                })];
                if (DrawAdvisor.Advise(request, pool).Outlook != DrawOutlook.Feasible)
                {
                    return;
                }

                Interlocked.Increment(ref drawn);
                var panel = ExpertDraw.Run(request, pool, "seed", string.Empty, new DateTime(2026, 5, 6, 0, 0, 0, DateTimeKind.Utc)).Panels[0];
                foreach (var id in panel.Seats.Select(s => s.ExpertId).Concat(panel.Reserves.Select(r => r.ExpertId)))
                {
                    var index = experts.FindIndex(e => e.Id.ToString("N") == id);
                    Assert.False(applicants.Contains(employers[index]), "own unit applies");
                    Assert.DoesNotContain(bonds[index], b => applicants.Contains(b.Unit) && Stands(b));
                }
            }, iter: 1000);
        Assert.True(drawn > 50, $"{drawn} draws");
    }

    /// <summary>Whether a bond still stands against the expert: (kind, months since its end; a negative end lies ahead).</summary>
    private static bool Stands((int Kind, int Unit, int Months) bond) => bond.Kind switch
    {
        // A patent counts until it runs out.
        4 => bond.Months <= 0,
        _ => bond.Months <= 36,
    };

    private static Expert Make(int index, int employer, (int Kind, int Unit, int Months)[] bonds)
    {
        var interests = new ExpertInterests
        {
            Ties = [.. bonds.Where(b => b.Kind < 3).Select(b => new Tie((TieKind)b.Kind, Unit(b.Unit), On.AddYears(-12), End(b.Months)))],
            Relatives = [.. bonds.Where(b => b.Kind == 3).Select(b => new Relative(new Person(null, "亲属"), "配偶", [new Tie(TieKind.Employment, Unit(b.Unit), On.AddYears(-12), End(b.Months))]))],
            Works = [.. bonds.Where(b => b.Kind is 4 or 5).Select(b => new SharedWork(b.Kind == 4 ? WorkKind.Patent : WorkKind.Project, "共同成果", End(b.Months), [Unit(b.Unit)], []))],
            Services = [.. bonds.Where(b => b.Kind == 6).Select(b => new Service(ServiceKind.Tested, null, Unit(b.Unit), End(b.Months), "检测"))],
        };
        return Profiles.Expert(new Guid(index + 1, 0, 0, new byte[8]), Profiles.Some with { Name = $"专家{index}", Employer = $"单位{employer}", EmployerUscc = Unit(employer).Uscc, CityCode = index % 2 == 0 ? "370100" : "370200" }, interests);
    }

    private static ExpertFacts FactsOf(Expert expert, IReadOnlyList<CaseFacts> files) =>
        expert.Facts() with { Filings = [.. files.Where(f => f.Applicant.Uscc == expert.EmployerUscc).Select(f => new OwnFiling(f.Applicant, f.ProgrammeId, f.BatchId))] };

    private static CaseFacts File(int applicant) => new()
    {
        CaseId = new Guid(900 + applicant, 0, 0, new byte[8]).ToString("N"),
        ProgrammeId = "p",
        BatchId = "b",
        Applicant = Unit(applicant),
    };

    private static Unit Unit(int number) => new($"91370100MA3DEM000{number}", $"单位{number}");

    private static DateOnly End(int monthsAgo) => On.AddMonths(-monthsAgo);
}
