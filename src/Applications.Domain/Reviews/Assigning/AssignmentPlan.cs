using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>An order and a snapshot as the problem that the solver works on.</summary>
public sealed class AssignmentPlan
{
    private const string OutsideProvince = "000000";

    public AssignmentPlan(AssignmentOrder order, AssignmentSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(snapshot);
        Seed = SeedOf(order, snapshot);
        Problem = new AssignmentProblem(
            new MatchCosts(snapshot, Seed).ToPairCosts(),
            [.. Enumerable.Repeat(order.PerFile, snapshot.Files.Count)],
            [.. snapshot.Experts.Select(e => LoadOf(order, e))]);
        Limits = LimitsOf(order, snapshot);
    }

    /// <summary>Breaks ties. Follows from order and snapshot, so nobody can try seeds until one suits him.</summary>
    public string Seed { get; }

    public AssignmentProblem Problem { get; }

    public AssignmentLimits Limits { get; }

    /// <summary>Hash of order and snapshot: what the assignment is an assignment of.</summary>
    public static string HashOf(AssignmentOrder order, AssignmentSnapshot snapshot) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AssignmentRecordJson.WriteInput(order, snapshot))));

    public static string SeedOf(AssignmentOrder order, AssignmentSnapshot snapshot) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"applications-assign-seed/1:{HashOf(order, snapshot)}")));

    /// <summary>The load of one expert: each further file costs a little more than the one before, so that loads even out.</summary>
    public static LoadRule LoadOf(AssignmentOrder order, AssignableExpert expert)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(expert);
        return new LoadRule(order.LeastLoad, order.MostLoad, 1, Math.Min(expert.Already, AssignmentOrder.MostAlready));
    }

    public static AssignmentLimits LimitsOf(AssignmentOrder order, AssignmentSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(snapshot);
        List<GroupLimit> groups = [new("同一单位", Numbered(snapshot.Experts, e => e.Employer), order.PerEmployer)];
        if (order.PerCity > 0)
        {
            groups.Add(new("同一城市", Numbered(snapshot.Experts, e => e.CityCode == OutsideProvince ? null : e.CityCode), order.PerCity));
        }

        return new AssignmentLimits { Groups = groups, Apart = [.. snapshot.Apart.Select(a => (a.A, a.B))] };
    }

    public CertifiedAssignment Solve(CancellationToken ct = default) => AssignmentSolver.Solve(Problem, Limits, ct);

    private static List<int> Numbered(IReadOnlyList<AssignableExpert> experts, Func<AssignableExpert, string?> key)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. experts.Select(e => key(e) is not { Length: > 0 } k ? -1 : numbers.TryGetValue(k, out var n) ? n : numbers[k] = numbers.Count)];
    }
}
