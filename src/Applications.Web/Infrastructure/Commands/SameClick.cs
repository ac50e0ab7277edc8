using System.Security.Cryptography;

namespace Applications.Web.Infrastructure.Commands;

/// <summary>One click that runs several commands gives each a key of its own, the same when the click is repeated.</summary>
public static class SameClick
{
    /// <param name="click">The key of the click.</param>
    /// <param name="part">What the command is about.</param>
    public static Guid Of(Guid click, Guid part) => new(SHA256.HashData([.. click.ToByteArray(), .. part.ToByteArray()]).AsSpan(0, 16));
}
