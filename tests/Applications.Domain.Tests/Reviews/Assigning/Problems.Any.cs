using Applications.Domain.Reviews.Assigning;
using CsCheck;

namespace Applications.Domain.Tests.Reviews.Assigning;

internal static partial class Problems
{
    /// <summary>Any shape: minimum loads, slopes, work at hand, many conflicts, sometimes more seats than experts.</summary>
    public static readonly Gen<AssignmentProblem> Any =
        from seed in Gen.Int[0, int.MaxValue - 1]
        from files in Gen.Int[1, 14]
        from experts in Gen.Int[1, 12]
        from conflicts in Gen.Int[0, 60]
        select Random(seed, files, experts, 3, conflicts);
}
