using Applications.Domain.Experts.Conflicts;
using CsCheck;

namespace Applications.Domain.Tests.Experts;

/// <summary>Only pairs that share a key are looked at, so every conflict there is must share one.</summary>
public sealed class ConflictKeysTests
{
    private static readonly DateOnly On = new(2026, 11, 28);

    private static readonly Gen<Unit> AnyUnit =
        from code in Gen.Int[0, 40]
        from form in Gen.Int[0, 3]
        from name in Gen.Int[0, 40]
        from space in Gen.Bool
        select new Unit(form switch { 0 => null, 1 => " ", 2 => $"9137A{code}", _ => $"9137a{code} " }, space ? $" 单位{name}" : $"单位{name}");

    private static readonly Gen<Person> AnyPerson =
        from key in Gen.Int[-20, 20]
        from name in Gen.Int[0, 40]
        from space in Gen.Bool
        select new Person(key < 0 ? null : $"k{key}", space ? $"某{name} " : $"某{name}");

    private static readonly Gen<Tie> AnyTie = Gen.Select(Gen.Enum<TieKind>(), AnyUnit, (kind, unit) => new Tie(kind, unit, On.AddYears(-5), null));

    private static readonly Gen<Control> AnyControl = Gen.Select(AnyUnit, AnyPerson, AnyPerson.Array[0, 1], AnyUnit.Array[0, 1], (unit, head, people, parents) => new Control(unit, head, people, parents));

    private static readonly Gen<ExpertFacts> AnyExpert =
        from person in AnyPerson
        from ties in AnyTie.Array[0, 1]
        from kin in Gen.Select(AnyPerson, AnyTie, (p, t) => new Relative(p, "配偶", [t])).Array[0, 1]
        from works in Gen.Select(Gen.Enum<WorkKind>(), AnyUnit, AnyPerson, (k, u, p) => new SharedWork(k, "成果", null, [u], [p])).Array[0, 1]
        from academic in AnyPerson.Array[0, 1]
        from services in Gen.Select(Gen.OneOfConst<string?>(null, "f1", "f2"), AnyUnit, (c, u) => new Service(ServiceKind.Tested, c, u, On, "检测")).Array[0, 1]
        from disputes in AnyUnit.Array[0, 1]
        from rest in Gen.Select(Gen.OneOfConst("b1", "b2").Array[0, 1], AnyControl.Array[0, 1], Gen.OneOfConst("f1", "f2").Array[0, 1])
        select new ExpertFacts
        {
            ExpertId = "e",
            Person = person,
            Ties = ties,
            Relatives = kin,
            Works = works,
            Academic = academic,
            Services = services,
            Disputes = [.. disputes.Select(d => new Dispute(d, null, "纠纷"))],
            Filings = [.. rest.Item1.Select(b => new OwnFiling(new Unit("1", "本单位"), "p", b))],
            Controls = rest.Item2,
            Declarations = [.. rest.Item3.Select(f => new OwnDeclaration(f, true, "有关"))],
        };

    private static readonly Gen<CaseFacts> AnyFile =
        from applicant in AnyUnit
        from others in Gen.Select(AnyUnit.Array[0, 1], AnyUnit.Array[0, 1], AnyUnit.Array[0, 1])
        from leader in AnyPerson
        from control in AnyControl.Array[0, 1]
        from avoided in Gen.OneOfConst("某1", " 某2").Array[0, 1]
        select new CaseFacts
        {
            CaseId = "f1",
            ProgrammeId = "p",
            BatchId = "b1",
            Applicant = applicant,
            Shareholders = others.Item1,
            Partners = others.Item2,
            RecommendingUnits = others.Item3,
            ProjectLeader = leader,
            Control = control.FirstOrDefault(),
            Avoidances = [.. avoided.Select(a => new Avoidance(a, null, "竞争"))],
        };

    [Fact]
    public void Of_AnyPairInConflict_ShareAKey()
    {
        var (found, apart) = (0, 0);
        Gen.Select(AnyExpert, AnyFile).Sample(
            p =>
            {
                var conflicts = ConflictChecker.Check(p.Item1, p.Item2, On);
                var shares = ConflictKeys.Of(p.Item1).Overlaps(ConflictKeys.Of(p.Item2));
                Interlocked.Add(ref found, conflicts.Count > 0 ? 1 : 0);
                Interlocked.Add(ref apart, shares ? 0 : 1);
                return shares || conflicts.Count == 0;
            },
            iter: 20_000);

        Assert.True(found > 1000 && apart > 100, $"{found} in conflict, {apart} share nothing");
    }
}
