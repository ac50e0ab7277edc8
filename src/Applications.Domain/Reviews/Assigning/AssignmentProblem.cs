namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// How many files one expert takes. The i-th file on his desk, counted from 0 and with those of <paramref name="Already"/> before it, costs i ×
/// <paramref name="Slope"/>: with a slope loads even out, without one only the limits hold.
/// </summary>
/// <param name="Min">At least so many of these files.</param>
/// <param name="Max">At most so many of these files (programmes.md 4.3, point 4: ≤ 40 a round online).</param>
public sealed record LoadRule(int Min, int Max, int Slope = 0, int Already = 0)
{
    /// <summary>What the load of <paramref name="count"/> of these files costs.</summary>
    public long Cost(int count) => (long)Slope * (((long)count * Already) + ((long)count * (count - 1) / 2));

    /// <summary>What one more costs when there are <paramref name="count"/>.</summary>
    public int Next(int count) => checked(Slope * (Already + count));
}

/// <summary>
/// Files that need experts, experts with their loads, the cost of every pair. Files and experts are numbers from 0; the caller keeps what they stand for.
/// </summary>
/// <param name="Demand">Experts each file needs (programmes.md 4.3, point 4: five independent scores).</param>
/// <param name="Loads">One rule an expert.</param>
public sealed record AssignmentProblem(PairCosts Costs, IReadOnlyList<int> Demand, IReadOnlyList<LoadRule> Loads)
{
    public int Files => Costs.Files;

    public int Experts => Costs.Experts;

    /// <summary>Cost of pairs and loads together; what the solver makes as small as it can be.</summary>
    public long Objective(IReadOnlyList<IReadOnlyList<int>> assigned)
    {
        ArgumentNullException.ThrowIfNull(assigned);
        var loads = new int[Experts];
        long sum = 0;
        for (var f = 0; f < assigned.Count; f++)
        {
            foreach (var expert in assigned[f])
            {
                sum += Costs[f, expert];
                loads[expert]++;
            }
        }

        for (var e = 0; e < Experts; e++)
        {
            sum += Loads[e].Cost(loads[e]);
        }

        return sum;
    }

    /// <exception cref="ArgumentException">The numbers do not belong together.</exception>
    internal void Validate()
    {
        if (Demand.Count != Files || Loads.Count != Experts)
        {
            throw new ArgumentException("Every file has a demand and every expert a load rule.");
        }

        if (Demand.Any(d => d < 0) || Loads.Any(l => l.Min < 0 || l.Max < l.Min || l.Slope < 0 || l.Already < 0))
        {
            throw new ArgumentException("Demands, loads and slopes are not negative, and no load's minimum is above its maximum.");
        }
    }
}

/// <summary>
/// Who judges what. <paramref name="Assigned"/> holds each file's experts in rising order. <paramref name="ShortSeats"/> is what could not be filled, by file;
/// <paramref name="ShortLoads"/> what an expert lacks of his minimum.
/// </summary>
/// <param name="Prices">One number an expert: what his time is worth to the files. With them anybody can check that nothing is cheaper (<see cref="AssignmentCertificate"/>).</param>
public sealed record AssignmentSolution(
    IReadOnlyList<IReadOnlyList<int>> Assigned, long Objective, IReadOnlyList<int> Prices, IReadOnlyDictionary<int, int> ShortSeats, IReadOnlyDictionary<int, int> ShortLoads)
{
    /// <summary>An integer programme has proven that nothing is cheaper, where the prices alone leave a gap.</summary>
    public bool IsProvenByProgramme { get; init; }

    public bool IsComplete => ShortSeats.Count == 0 && ShortLoads.Count == 0;
}
