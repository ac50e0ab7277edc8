using Applications.Domain.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Reviews;
using CsCheck;

namespace Applications.Domain.Tests.Experts;

/// <summary>Over random pools and files: nobody sits on a panel who is bound to the applicant, by a reading of the rules that shares no code with the checker.</summary>
public sealed class NoConflictAssignedTests
{
    private static readonly DateOnly On = Profiles.Today;

    private static readonly Gen<(int Kind, int Unit, int Months)> Bond = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 5], Gen.Int[-6, 60]);

    [Fact]
    public void Assign_RandomPools_NeverSeatsSomebodyWithAConflict() =>
        Gen.Select(Gen.Int[0, 8].Array[5, 25], Bond.Array[0, 3].Array[25], Gen.Int[0, 5].Array[1, 6], Gen.OneOfConst(3, 5))
            .Sample(t =>
            {
                var (employers, bonds, applicants, seats) = t;
                var pool = employers.Select((e, i) => Make(i, e, bonds[i])).ToList();
                var files = applicants.Distinct().Select(File).ToList();
                var plan = PanelAssignment.Assign(
                    [.. files.Select(f => new PanelCase(Guid.Parse(f.CaseId), "C3421", "370100", pool.Where(e => ConflictChecker.Check(FactsOf(e, files), f, On).Count > 0).Select(e => e.Id).ToHashSet()))],
                    pool, seats, "seed", new Dictionary<Guid, int>());

                foreach (var seat in plan.Seats)
                {
                    var applicant = int.Parse(files.Single(f => Guid.Parse(f.CaseId) == seat.CaseId).Applicant.Uscc![^1..], System.Globalization.CultureInfo.InvariantCulture);
                    var index = pool.IndexOf(seat.Expert);
                    var employer = employers[index];
                    Assert.False(employer == applicant, "employer");
                    Assert.False(applicants.Contains(employer), "own unit applies");
                    Assert.DoesNotContain(bonds[index], b => b.Unit == applicant && Stands(b));
                }
            }, iter: 2000);

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
