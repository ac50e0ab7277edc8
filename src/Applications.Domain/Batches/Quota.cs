using Applications.Domain.Common;

namespace Applications.Domain.Batches;

/// <summary>How many applications one city may recommend in one batch (推荐名额). The database forbids more, too.</summary>
public sealed class Quota
{
    public required Guid BatchId { get; init; }

    public required Guid CityId { get; init; }

    public required int Limit { get; set; }

    public int Used { get; private set; }

    public Guid Version { get; set; }

    public int Left => Limit - Used;

    /// <exception cref="RuleBrokenException"><c>quota-exhausted</c>.</exception>
    public void Use()
    {
        if (Used >= Limit)
        {
            throw new RuleBrokenException("quota-exhausted", $"本市推荐名额（{Limit} 个）已用完，不能再推荐。可先撤回一项推荐，或选择其他办理结果。");
        }

        Used++;
    }

    public void Release() => Used = Math.Max(0, Used - 1);
}
