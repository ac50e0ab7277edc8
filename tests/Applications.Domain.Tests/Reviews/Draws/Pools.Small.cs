using Applications.Domain.Reviews.Draws;
using CsCheck;

namespace Applications.Domain.Tests.Reviews.Draws;

internal static partial class Pools
{
    /// <summary>Small enough to try every set: a few employers, cities and specialities, some bars, loads and earlier judgements.</summary>
    public static readonly Gen<(DrawRequest Request, IReadOnlyList<DrawCandidate> Pool)> Small =
        from experts in Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], Gen.Int[0, 7], Gen.Int[0, 12], Gen.Int[0, 9]).List[0, 11]
        from size in Gen.OneOfConst(1, 3, 5)
        from perEmployer in Gen.Int[1, 3]
        from needs in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 1])
        from outside in Gen.OneOfConst(0, 2, 3)
        select (
            Request([Panel("p1", size) with
            {
                Specialities = [new SpecialityNeed("C34", needs.Item1), new SpecialityNeed("C35", needs.Item2)],
                Finance = needs.Item3,
            }], new DrawRules { PerEmployer = perEmployer, OutsideOneIn = outside }),
            (IReadOnlyList<DrawCandidate>)[.. experts.Select((e, i) => Expert(i) with
            {
                Employer = $"单位{e.Item1}",
                CityCode = e.Item2 == 0 ? "370100" : "370200",
                Specialities = [.. new[] { "C34", "C35" }.Where((_, s) => (e.Item3 & (1 << s)) != 0)],
                IsFinance = (e.Item3 & 4) != 0,
                SessionsThisYear = e.Item4,
                JudgedLastYear = e.Item5 == 0 ? ["91370100MA3DEM0011"] : [],
                Bars = e.Item5 == 1 ? [new DrawBar("p1", "conflict.employer", "任职单位即申报单位")] : [],
            })]);
}
