namespace Applications.Domain.Reviews.Assigning;

/// <summary>At most <paramref name="PerFile"/> experts of one group judge a file: an institution, a city, a kind of expert.</summary>
/// <param name="Name">What the groups are, for people: 单位, 城市.</param>
/// <param name="GroupOf">The group of each expert; below 0 he is in none.</param>
public sealed record GroupLimit(string Name, IReadOnlyList<int> GroupOf, int PerFile);

/// <summary>What holds among the experts of one file, beside conflicts and loads.</summary>
public sealed record AssignmentLimits
{
    public static AssignmentLimits None { get; } = new();

    public IReadOnlyList<GroupLimit> Groups { get; init; } = [];

    /// <summary>Pairs of experts who do not judge the same file.</summary>
    public IReadOnlyList<(int A, int B)> Apart { get; init; } = [];

    public bool IsEmpty => Groups.Count == 0 && Apart.Count == 0;

    /// <summary>Each broken limit at a file in words.</summary>
    public IEnumerable<string> Broken(int file, IReadOnlyList<int> experts)
    {
        ArgumentNullException.ThrowIfNull(experts);
        foreach (var limit in Groups)
        {
            foreach (var group in experts.Where(e => limit.GroupOf[e] >= 0).GroupBy(e => limit.GroupOf[e]).Where(g => g.Count() > limit.PerFile))
            {
                yield return $"{limit.Name}：第 {file + 1} 件有 {group.Count()} 名同组专家，至多 {limit.PerFile} 名";
            }
        }

        foreach (var (a, b) in Apart)
        {
            if (experts.Contains(a) && experts.Contains(b))
            {
                yield return $"互相回避：第 {a + 1} 名与第 {b + 1} 名专家同评第 {file + 1} 件";
            }
        }
    }
}
