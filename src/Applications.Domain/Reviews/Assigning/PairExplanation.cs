namespace Applications.Domain.Reviews.Assigning;

public enum PairStanding
{
    /// <summary>The expert judges the file.</summary>
    Assigned,

    /// <summary>A conflict of interest forbids it.</summary>
    Conflict,

    /// <summary>With one of the file's experts he would break a limit.</summary>
    Limit,

    /// <summary>His files are as many as he can have, and the others need him more.</summary>
    LoadFull,

    /// <summary>He would fit less well than those who are there.</summary>
    Dearer,

    /// <summary>Neither better nor worse: another choice of the same cost.</summary>
    Equal,
}

/// <summary>Why this expert, or why not.</summary>
/// <param name="Rank">Place of the expert among those who may judge the file, best match first, from 1; 0 in conflict.</param>
/// <param name="AtLeastDearer">What any assignment with this pair costs more, at the least, by the prices; 0 for pairs that are there.</param>
/// <param name="Instead">Whom he would best replace when nothing else changes; null when that cannot be.</param>
/// <param name="SwapCost">What that replacement costs more.</param>
public sealed record PairExplanation(PairStanding Standing, int Rank, long AtLeastDearer, int? Instead, long? SwapCost, string Text);

/// <summary>Explains pairs of a finished assignment, and what a change by hand would do.</summary>
public sealed class AssignmentExplainer
{
    private readonly AssignmentProblem _problem;
    private readonly AssignmentLimits _limits;
    private readonly AssignmentSolution _solution;
    private readonly int[] _loads;
    private readonly long _slack;

    public AssignmentExplainer(AssignmentProblem problem, AssignmentSolution solution, AssignmentLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solution);
        (_problem, _solution, _limits) = (problem, solution, limits ?? AssignmentLimits.None);
        _loads = new int[problem.Experts];
        foreach (var expert in solution.Assigned.SelectMany(a => a))
        {
            _loads[expert]++;
        }

        _slack = solution.Objective - AssignmentCertificate.BoundOf(problem, solution.Prices);
    }

    public PairExplanation Explain(int file, int expert)
    {
        if (!_problem.Costs.Allows(file, expert))
        {
            return new PairExplanation(PairStanding.Conflict, 0, 0, null, null, "该专家与本项目有利害关系，必须回避。");
        }

        var cost = _problem.Costs[file, expert];
        var allowed = 0;
        var better = 0;
        foreach (var other in _problem.Costs.Row(file))
        {
            allowed += other == PairCosts.Forbidden ? 0 : 1;
            better += other < cost ? 1 : 0;
        }

        var rank = better + 1;
        var place = $"在可评审本项目的 {allowed} 名专家中匹配度排第 {rank}";
        var experts = _solution.Assigned[file];
        if (experts.Contains(expert))
        {
            return new PairExplanation(PairStanding.Assigned, rank, 0, null, null, $"{place}，现有任务 {_loads[expert]} 件（上限 {_problem.Loads[expert].Max} 件）。");
        }

        var (instead, swap) = BestSwap(file, expert);
        var dearer = AtLeastDearer(file, expert);
        if (_loads[expert] >= _problem.Loads[expert].Max)
        {
            return new PairExplanation(PairStanding.LoadFull, rank, dearer, null, null, $"{place}，但其任务已满（{_loads[expert]} 件）；改派给本项目会使总体至少变差 {dearer}。");
        }

        if (instead is null)
        {
            return new PairExplanation(PairStanding.Limit, rank, dearer, null, null, $"{place}，但与本项目现有专家同组人数超限、互相回避，或替换后有专家少于最低任务量。");
        }

        return swap > 0
            ? new PairExplanation(PairStanding.Dearer, rank, dearer, instead, swap, $"{place}；最合适的替换是换下第 {instead + 1} 名专家，总体变差 {swap}。")
            : new PairExplanation(PairStanding.Equal, rank, dearer, instead, swap, $"{place}；换下第 {instead + 1} 名专家总体不变，两者等价。");
    }

    /// <summary>What the best assignment with this pair costs more than the best without regard to it, exactly, limits aside; null when there is none.</summary>
    public long? ExactCost(int file, int expert, CancellationToken ct = default)
    {
        if (!_problem.Costs.Allows(file, expert) || _problem.Loads[expert].Max == 0 || _problem.Demand[file] == 0)
        {
            return null;
        }

        var costs = _problem.Costs.Copy();
        costs.Forbid(file, expert);
        var rule = _problem.Loads[expert];
        var forced = _problem with
        {
            Costs = costs,
            Demand = [.. _problem.Demand.Select((d, f) => f == file ? d - 1 : d)],
            Loads = [.. _problem.Loads.Select((l, e) => e == expert ? new LoadRule(Math.Max(0, rule.Min - 1), rule.Max - 1, rule.Slope, rule.Already + 1) : l)],
        };
        var with = TransportSimplex.Solve(forced, ct);
        var without = TransportSimplex.Solve(_problem, ct);
        return with.IsComplete && without.IsComplete ? with.Objective + _problem.Costs[file, expert] + rule.Cost(1) - without.Objective : null;
    }

    /// <summary>The assignment after a change by hand, proven anew: what it costs, and every rule it breaks.</summary>
    /// <param name="leaving">Null to add an expert.</param>
    /// <param name="coming">Null to take one away.</param>
    public CertifiedAssignment Change(int file, int? leaving, int? coming)
    {
        IReadOnlyList<IReadOnlyList<int>> assigned = [.. _solution.Assigned.Select((experts, f) =>
            f != file ? experts : (IReadOnlyList<int>)[.. experts.Where(e => e != leaving).Concat(coming is { } c ? [c] : []).Order()])];
        var certificate = AssignmentCertificate.Of(_problem, assigned, _solution.Prices, _limits);
        return new CertifiedAssignment(_solution with { Assigned = assigned, Objective = certificate.Objective }, certificate);
    }

    /// <summary>How far this pair raises the bound by the prices above what has been reached: this one in place of the dearest that the bound counts on for the file.</summary>
    private long AtLeastDearer(int file, int expert)
    {
        List<long> keys = [];
        for (var e = 0; e < _problem.Experts; e++)
        {
            if (_problem.Costs.Allows(file, e))
            {
                keys.Add((long)_problem.Costs[file, e] + _solution.Prices[e]);
            }
        }

        keys.Sort();
        var mine = (long)_problem.Costs[file, expert] + _solution.Prices[expert];
        return _problem.Demand[file] == 0 || keys.Count < _problem.Demand[file] ? 0 : Math.Max(0, mine - keys[_problem.Demand[file] - 1] - _slack);
    }

    private (int? Instead, long? Cost) BestSwap(int file, int expert)
    {
        var experts = _solution.Assigned[file];
        (int? Instead, long? Cost) best = (null, null);
        foreach (var other in experts)
        {
            if (_loads[other] <= _problem.Loads[other].Min || _limits.Broken(file, [.. experts.Where(e => e != other), expert]).Any())
            {
                continue;
            }

            long cost = _problem.Costs[file, expert] - _problem.Costs[file, other] + _problem.Loads[expert].Next(_loads[expert]) - _problem.Loads[other].Next(_loads[other] - 1);
            if (best.Cost is null || cost < best.Cost)
            {
                best = (other, cost);
            }
        }

        return best;
    }
}
