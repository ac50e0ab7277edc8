using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>What the division asks for when files are given to experts one by one, without panels; the defaults are those of programmes.md 4.3, points 2 to 4.</summary>
public sealed record AssignmentOrder
{
    /// <summary>Fewer independent scores than this are no review.</summary>
    public const int FewestPerFile = 3;

    public const int MostPerFile = 9;

    /// <summary>Work of this year before, as it counts when loads are evened out.</summary>
    public const int MostAlready = 40;

    private const int LargestLoad = 500;

    /// <summary>The day on which names are unsealed; conflicts are looked at as of this day.</summary>
    public required DateOnly SessionOn { get; init; }

    /// <summary>Kinds of experts; empty for all.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Experts each file gets.</summary>
    public int PerFile { get; init; } = 5;

    /// <summary>At least so many files for everybody who takes part; 0 leaves experts out who are not needed.</summary>
    public int LeastLoad { get; init; }

    /// <summary>At most so many files for one expert.</summary>
    public int MostLoad { get; init; } = 40;

    /// <summary>At most so many experts of one employer judge the same file.</summary>
    public int PerEmployer { get; init; } = 1;

    /// <summary>At most so many experts of one city judge the same file; 0 for no limit.</summary>
    public int PerCity { get; init; }

    /// <summary>Whoever judged an enterprise last year does not judge it this year.</summary>
    public bool NotTwoYearsRunning { get; init; } = true;

    /// <exception cref="RuleBrokenException">The first number that makes no sense.</exception>
    public void Require()
    {
        Require(PerFile is >= FewestPerFile and <= MostPerFile, "per-file", $"每件评审专家为 {FewestPerFile} 至 {MostPerFile} 人。", nameof(PerFile));
        Require(MostLoad is >= 1 and <= LargestLoad, "most-load", $"每名专家的上限为 1 至 {LargestLoad} 件。", nameof(MostLoad));
        Require(LeastLoad >= 0 && LeastLoad <= MostLoad, "least-load", "每名专家的下限不能为负，也不能大于上限。", nameof(LeastLoad));
        Require(PerEmployer is >= 1 and <= MostPerFile, "per-employer", $"同一单位为 1 至 {MostPerFile} 人。", nameof(PerEmployer));
        Require(PerCity is >= 0 and <= MostPerFile, "per-city", $"同一城市为 0 至 {MostPerFile} 人，0 表示不限。", nameof(PerCity));
    }

    private static void Require(bool holds, string code, string message, string field)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, message, field);
        }
    }
}
