using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Cases;

/// <summary>What was filed, frozen: later changes to the draft or the enterprise record do not touch it.</summary>
public sealed class Filing
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>1 at submission, higher after corrections.</summary>
    public required int Round { get; init; }

    public required DateTime FiledAt { get; init; }

    public Guid? FiledBy { get; init; }

    public required string FiledByName { get; init; }

    /// <summary>Answers as JSON.</summary>
    public required string Answers { get; init; }

    /// <summary>The enterprise record (profile and figures) as JSON on that day.</summary>
    public required string Enterprise { get; init; }

    /// <summary>The applicant's words to the findings of the cross-checks on that day (JSON object finding key → word).</summary>
    public string Explanations { get; init; } = "{}";

    /// <summary>What had been sent back before and this filing answers (JSON object field key → remark); null at the first submission.</summary>
    public string? Marks { get; init; }

    /// <summary>SHA-256 over answers, enterprise and the files' hashes, hex; printed on the receipt.</summary>
    public required string Digest { get; init; }

    /// <summary>The short form of the digest for paper: 16 hex digits in groups of four.</summary>
    public string CheckCode => string.Join('-', Enumerable.Range(0, 4).Select(i => Digest.Substring(4 * i, 4).ToUpperInvariant()));

    /// <summary>A check code as somebody typed it, without hyphens and blanks, in capitals.</summary>
    public static string NormalCode(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
    }

    /// <summary>The digest of what is filed.</summary>
    /// <param name="fileHashes">SHA-256 of each file, in any order.</param>
    public static string DigestOf(string answers, string enterprise, IEnumerable<string> fileHashes) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', [answers, enterprise, .. fileHashes.Order(StringComparer.Ordinal)]))));
}
