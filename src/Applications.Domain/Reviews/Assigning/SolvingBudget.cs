using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// How long the integer programme may look. What it finds depends on <see cref="Effort"/> alone, so that a check of the record finds the same on a slower machine or a busy one.
/// </summary>
/// <param name="Effort">In CP-SAT's deterministic seconds: counted operations, one to two seconds of a processor.</param>
/// <param name="MostTime">Guard by the clock, far beyond what the effort takes. Where it is reached there is no result, for it could not be found again.</param>
public sealed record SolvingBudget(double Effort, TimeSpan MostTime)
{
    public const string TooSlow = "assignment-too-slow";

    /// <summary>Part of the method: records are checked with the one they were made with.</summary>
    public static readonly SolvingBudget Standard = new(2, TimeSpan.FromMinutes(2));

    internal RuleBrokenException Exhausted() =>
        new(TooSlow, FormattableString.Invariant($"求解没有在 {MostTime.TotalSeconds:0.##} 秒内完成：这台机器太慢或正忙。为保证结果可以复核，没有采用未完成的方案；请稍后再试。"));
}
