using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>A file as the assignment knows it.</summary>
/// <param name="Division">GB/T 4754 division of the applicant, for example C34; null when unknown.</param>
/// <param name="Words">Chain and products in the applicant's words, in which specialities are looked for.</param>
public sealed record AssignedFile(string Id, string Number, string Name, string CityCode, string? Division, string Words);

/// <summary>An expert as the assignment knows him.</summary>
/// <param name="Employer">Unified social credit code, or the name of a unit that has none.</param>
/// <param name="CityCode">GB/T 2260; 000000 outside the province.</param>
/// <param name="Fields">GB/T 4754 divisions.</param>
/// <param name="Words">Chains and specialities.</param>
/// <param name="Already">Files he was given this year before.</param>
public sealed record AssignableExpert(string Id, string Name, string Employer, string CityCode, string Category, IReadOnlyList<string> Fields, IReadOnlyList<string> Words, int Already);

/// <summary>This expert never judges this file.</summary>
/// <param name="File">Place in <see cref="AssignmentSnapshot.Files"/>.</param>
/// <param name="Expert">Place in <see cref="AssignmentSnapshot.Experts"/>.</param>
/// <param name="Rule">Id of the rule, for example <c>conflict.employer</c>.</param>
public sealed record AssignmentBar(int File, int Expert, string Rule, string Fact);

/// <summary>These two experts never judge the same file: kin, teacher and student.</summary>
public sealed record ApartPair(int A, int B, string Fact);

/// <summary>Everything an assignment works on, as it was at one moment. With the order it gives the same assignment on any machine.</summary>
/// <param name="Experts">In an order that tells nothing of their names: the place is the number by which those see an expert who may not know him yet.</param>
public sealed record AssignmentSnapshot(IReadOnlyList<AssignedFile> Files, IReadOnlyList<AssignableExpert> Experts, IReadOnlyList<AssignmentBar> Bars, IReadOnlyList<ApartPair> Apart)
{
    /// <summary>Experts in the order in which a snapshot lists them.</summary>
    /// <param name="salt">Anything that belongs to this assignment alone.</param>
    public static IReadOnlyList<AssignableExpert> Shuffled(IEnumerable<AssignableExpert> experts, string salt)
    {
        ArgumentNullException.ThrowIfNull(experts);
        return [.. experts.OrderBy(e => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}:{e.Id}"))), StringComparer.Ordinal)];
    }
}
