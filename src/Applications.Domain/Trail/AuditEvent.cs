using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Trail;

/// <summary>
/// A security-relevant act of an account, inside or outside a flow (GB/T 22239-2019 8.1.4.3). Written with the change itself;
/// sealed into a hash chain afterwards by a job, so that writers do not queue for each other.
/// </summary>
public sealed class AuditEvent
{
    public long Id { get; init; }

    public required DateTime At { get; init; }

    public Guid? UserId { get; init; }

    public required string UserName { get; init; }

    public required string Role { get; init; }

    public string? Ip { get; init; }

    /// <summary>Stable name of the act, for example <c>submit-application</c>.</summary>
    public required string Action { get; init; }

    public required string ObjectType { get; init; }

    public string? ObjectId { get; init; }

    public string? Detail { get; init; }

    /// <summary>Place in the sealed chain; null until sealed.</summary>
    public long? SealNumber { get; set; }

    public string? PreviousHash { get; set; }

    public string? Hash { get; set; }

    /// <summary>Gives the event its place in the chain, behind the one whose hash is given.</summary>
    public void Seal(long number, string previousHash)
    {
        SealNumber = number;
        PreviousHash = previousHash;
        Hash = ComputeHash();
    }

    /// <summary>SHA-256 (hex) over every field and the hash before it, joined by unit separators.</summary>
    public string ComputeHash()
    {
        var text = string.Join(
            '\u001f',
            SealNumber?.ToString(CultureInfo.InvariantCulture), Id.ToString(CultureInfo.InvariantCulture),
            At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture), UserId?.ToString("N"), UserName, Role, Ip, Action, ObjectType, ObjectId,
            Detail, PreviousHash);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
