using Applications.Domain.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Applications.Data.Accounts;

/// <summary>An account. One post and one scope each (see <see cref="Actor"/>).</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    public required string DisplayName { get; set; }

    /// <summary>One of <see cref="Domain.Workflow.Roles"/>.</summary>
    public required string Role { get; set; }

    /// <summary>Enterprise, bureau or expert the post belongs to; null for department posts.</summary>
    public Guid? ScopeId { get; set; }

    /// <summary>What the scope is called, shown beside the name.</summary>
    public string ScopeName { get; set; } = string.Empty;

    public bool IsDisabled { get; set; }

    /// <summary>The password was set by somebody else; nothing can be done with the account until its owner has chosen one.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>Made by the demonstration seed; such accounts are never made in Production.</summary>
    public bool IsDemo { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Whose desk this account works at.</summary>
    public string Holder => Actor.HolderOf(Role, ScopeId);

    public Actor ToActor(string? ip = null) => new(Id, DisplayName, Role, ScopeId, ip);
}

/// <summary>A bearer token for the API. Only its hash is kept.</summary>
public sealed class ApiToken
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of the token, hex.</summary>
    public required string Hash { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public DateTime? LastUsedAt { get; set; }

    public DateTime? RevokedAt { get; set; }
}
