using System.Security.Cryptography;
using System.Text;
using Applications.Domain.Experts;

namespace Applications.Domain.Reviews;

/// <summary>A file that needs a panel.</summary>
/// <param name="Industry">GB/T 4754 code of the applicant, for example C3421.</param>
/// <param name="CityCode">GB/T 2260 city of the applicant.</param>
/// <param name="Excluded">Experts who must not sit here (a conflict of interest, already sat).</param>
public sealed record PanelCase(Guid CaseId, string? Industry, string CityCode, IReadOnlySet<Guid> Excluded)
{
    /// <summary>Those who sit here already, when a seat is added: the rules count them.</summary>
    public IReadOnlyList<Expert> Present { get; init; } = [];
}

/// <summary>One seat: who and why.</summary>
public sealed record PanelSeat(Guid CaseId, Expert Expert, string Because);

/// <summary>Seats found, and what could not be filled.</summary>
public sealed record PanelPlan(IReadOnlyList<PanelSeat> Seats, IReadOnlyList<string> Shortages);

/// <summary>
/// Chooses panels: nobody who is excluded, at most one expert an employer and panel, those of the right field first, then those with the fewest
/// files, then by an order drawn from the seed. The same input gives the same panels on any machine. programmes.md 4.3, points 2 to 5.
/// </summary>
public static class PanelAssignment
{
    /// <param name="seats">Seats to fill at each file, beside those already taken.</param>
    /// <param name="load">Files each expert already has in this round.</param>
    public static PanelPlan Assign(
        IReadOnlyList<PanelCase> cases, IReadOnlyList<Expert> pool, int seats, string seed, IReadOnlyDictionary<Guid, int> load)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(pool);
        var files = pool.ToDictionary(e => e.Id, e => load.GetValueOrDefault(e.Id));
        var chosen = new List<PanelSeat>();
        var shortages = new List<string>();
        foreach (var one in cases.OrderBy(c => c.CaseId))
        {
            var panel = new List<Expert>(one.Present);
            var wanted = one.Present.Count + seats;
            var candidates = pool
                .Where(e => !one.Excluded.Contains(e.Id))
                .OrderByDescending(e => Fits(e, one))
                .ThenBy(e => files[e.Id])
                .ThenBy(e => Lot(seed, one.CaseId, e.Id), StringComparer.Ordinal);
            foreach (var expert in candidates)
            {
                if (panel.Count == wanted)
                {
                    break;
                }

                // A panel from one city only would judge its neighbours.
                var neighbours = panel.Count(e => e.CityCode == one.CityCode);
                if (panel.Exists(e => e.Employer == expert.Employer) || (expert.CityCode == one.CityCode && 3 * (neighbours + 1) > 2 * Math.Max(wanted, 2)))
                {
                    continue;
                }

                panel.Add(expert);
            }

            foreach (var expert in panel.Skip(one.Present.Count))
            {
                files[expert.Id]++;
                chosen.Add(new PanelSeat(one.CaseId, expert, Fits(expert, one) ? "专业领域相符，无利害关系" : "无利害关系，任务数最少"));
            }

            if (panel.Count < wanted)
            {
                shortages.Add($"符合回避要求的专家只有 {panel.Count} 人，需要 {wanted} 人");
            }
        }

        return new PanelPlan(chosen, shortages);
    }

    private static bool Fits(Expert expert, PanelCase one) =>
        one.Industry is { Length: >= 3 } industry && expert.Fields.Split(',').Contains(industry[..3]);

    private static string Lot(string seed, Guid caseId, Guid expertId) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{caseId:N}|{expertId:N}")));
}
