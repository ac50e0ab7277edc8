using Applications.Domain.Reviews.Draws;

namespace Applications.Domain.Tests.Reviews.Draws;

/// <summary>Pools and requests to draw from.</summary>
internal static partial class Pools
{
    public static readonly DateTime Noon = new(2026, 5, 6, 4, 0, 0, DateTimeKind.Utc);

    public static DrawCandidate Expert(int number) => new()
    {
        Id = $"e{number:0000}",
        Name = $"专家{number}",
        Employer = $"单位{number}",
        CityCode = "370200",
        Specialities = ["C34"],
    };

    public static PanelRequest Panel(string key, int size) => new()
    {
        Key = key,
        Title = $"评审组{key}",
        Size = size,
        Cities = ["370100"],
        Enterprises = ["91370100MA3DEM0011"],
    };

    public static DrawRequest Request(IReadOnlyList<PanelRequest> panels, DrawRules? rules = null) => new() { Number = "CQ-2026-001", Title = "质量标杆评审", Rules = rules ?? new DrawRules(), Panels = panels };

    /// <summary>A pool as large as a province's: experts of many employers, a tenth in finance, specialities of their own.</summary>
    public static IReadOnlyList<DrawCandidate> Large(int experts, int employers) =>
    [
        .. Enumerable.Range(0, experts).Select(i => Expert(i) with
        {
            Employer = $"单位{i * 7919 % employers}",
            CityCode = $"37{(i * 31 % 16) + 1:00}00",
            Specialities = [$"C{(i * 13 % 20) + 20}", $"C{(i * 17 % 20) + 20}"],
            IsFinance = i % 10 == 0,
            SessionsThisYear = i % 12,
        }),
    ];

    /// <summary>Whether these members keep every rule, written apart from the code under test.</summary>
    public static bool IsPanel(DrawRequest request, PanelRequest panel, IReadOnlyList<DrawCandidate> members) =>
        members.Count == panel.Size
        && members.All(m => Sits(request.Rules, panel, m))
        && members.All(m => members.Count(o => o.Employer == m.Employer) <= request.Rules.PerEmployer)
        && panel.Specialities.All(s => members.Count(m => m.Specialities.Contains(s.Code)) >= s.AtLeast)
        && members.Count(m => m.IsFinance) >= panel.Finance
        && (request.Rules.OutsideOneIn == 0 || members.Count(m => !panel.Cities.Contains(m.CityCode)) * request.Rules.OutsideOneIn >= panel.Size);

    public static bool Sits(DrawRules rules, PanelRequest panel, DrawCandidate one) =>
        one.Bars.All(b => b.Panel != panel.Key && b.Panel != string.Empty)
        && one.SessionsThisYear < rules.SessionsPerYear
        && !(rules.NotTwoYearsRunning && one.JudgedLastYear.Intersect(panel.Enterprises).Any());

    /// <summary>Every set of this size.</summary>
    public static IEnumerable<IReadOnlyList<DrawCandidate>> Sets(IReadOnlyList<DrawCandidate> pool, int size, int from = 0)
    {
        if (size == 0)
        {
            yield return [];
            yield break;
        }

        for (var i = from; i <= pool.Count - size; i++)
        {
            foreach (var rest in Sets(pool, size - 1, i + 1))
            {
                yield return [pool[i], .. rest];
            }
        }
    }

    public static string Names(IEnumerable<DrawCandidate> members) => string.Join(' ', members.Select(m => m.Id).Order(StringComparer.Ordinal));
}
