using Applications.Domain.Common;

namespace Applications.Domain.Experts.Conflicts;

/// <summary>An expert whom the applicant asks not to have, and why. The applicant does not see the pool, so he names a person and where he works.</summary>
/// <param name="Employer">Where the person works, as the applicant knows it; null when he does not.</param>
public sealed record Avoidance(string Name, string? Employer, string Reason);

/// <summary>All of a file that can stand against an expert.</summary>
public sealed record CaseFacts
{
    public required string CaseId { get; init; }

    public required string ProgrammeId { get; init; }

    public required string BatchId { get; init; }

    public required Unit Applicant { get; init; }

    public IReadOnlyList<Unit> Shareholders { get; init; } = [];

    public IReadOnlyList<Unit> Partners { get; init; } = [];

    public IReadOnlyList<Unit> RecommendingUnits { get; init; } = [];

    public Person? ProjectLeader { get; init; }

    /// <summary>Of the applicant.</summary>
    public Control? Control { get; init; }

    public IReadOnlyList<Avoidance> Avoidances { get; init; } = [];

    /// <summary>Checks what an applicant names.</summary>
    /// <exception cref="RuleBrokenException"><c>avoidances-too-many</c>, <c>avoidance-name</c>, <c>avoidance-twice</c>, <c>avoidance-reason</c>.</exception>
    public static void RequireAvoidances(IReadOnlyList<Avoidance> avoidances, ConflictRules rules)
    {
        ArgumentNullException.ThrowIfNull(avoidances);
        ArgumentNullException.ThrowIfNull(rules);
        if (avoidances.Count > rules.MostAvoidances)
        {
            throw new RuleBrokenException("avoidances-too-many", $"申请回避的专家不得超过 {rules.MostAvoidances} 名。", "Avoidances");
        }

        if (avoidances.Any(a => string.IsNullOrWhiteSpace(a.Name)))
        {
            throw new RuleBrokenException("avoidance-name", "请写明申请回避的专家姓名。", "Avoidances");
        }

        if (avoidances.DistinctBy(a => (a.Name.Trim(), a.Employer?.Trim())).Count() < avoidances.Count)
        {
            throw new RuleBrokenException("avoidance-twice", "同一名专家只能申请回避一次。", "Avoidances");
        }

        if (avoidances.Any(a => string.IsNullOrWhiteSpace(a.Reason)))
        {
            throw new RuleBrokenException("avoidance-reason", "请写明申请回避的理由。", "Avoidances");
        }
    }
}

/// <summary>The settings of the check; programmes.md 4.3, point 5, gives the defaults.</summary>
/// <param name="TieMonths">How long employment, advisory posts and shares stand against an expert after their end.</param>
/// <param name="WorkMonths">How long projects and publications done together do.</param>
/// <param name="DisputeMonths">How long a dispute at law does after it was closed.</param>
/// <param name="ServiceMonths">How long a service for the applicant, not on this file, does; one on this file always does.</param>
/// <param name="MostAvoidances">How many experts an applicant may ask not to have.</param>
public sealed record ConflictRules(int TieMonths = 36, int WorkMonths = 36, int DisputeMonths = 36, int ServiceMonths = 36, int MostAvoidances = 3);
