using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>An assignment and the proof of what it is worth.</summary>
public sealed record CertifiedAssignment(AssignmentSolution Solution, AssignmentCertificate Certificate);

/// <summary>
/// Gives each file its experts at the least cost there is: exact, deterministic, the same on every machine. What cannot be filled is reported seat by seat
/// and kept as little as possible before costs count.
/// </summary>
public static class AssignmentSolver
{
    /// <exception cref="ArgumentException">The problem is not well formed, or its costs are too large to be added up in 32 bits.</exception>
    public static CertifiedAssignment Solve(AssignmentProblem problem, CancellationToken ct = default)
    {
        var solution = Find(problem, ct);
        return new CertifiedAssignment(solution, AssignmentCertificate.Of(problem, solution.Assigned, solution.Prices));
    }

    /// <summary>
    /// The same with limits among the experts of a file. These are no flow any more: the flow without them gives prices, each file's best choice at these prices says
    /// which pairs to give up, and so on until all limits hold; a gap that is left is closed, where it can be, by an integer programme (<see cref="LimitedAssignment"/>).
    /// </summary>
    /// <exception cref="RuleBrokenException"><c>assignment-too-slow</c>: the guard of the budget was reached.</exception>
    public static CertifiedAssignment Solve(AssignmentProblem problem, AssignmentLimits limits, CancellationToken ct = default) => Solve(problem, limits, SolvingBudget.Standard, ct);

    /// <inheritdoc cref="Solve(AssignmentProblem, AssignmentLimits, CancellationToken)"/>
    public static CertifiedAssignment Solve(AssignmentProblem problem, AssignmentLimits limits, SolvingBudget budget, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(budget);
        return limits.IsEmpty ? Solve(problem, ct) : LimitedAssignment.Solve(problem, limits, budget, ct);
    }

    /// <summary>The assignment alone; <see cref="AssignmentCertificate.Of"/> proves it.</summary>
    public static AssignmentSolution Find(AssignmentProblem problem, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return TransportSimplex.Solve(problem, ct);
    }
}
