using Applications.Domain.Workflow;

namespace Applications.Domain.Accounts;

/// <summary>
/// Who acts: one account, one post, one scope. <see cref="ScopeId"/> is the enterprise, bureau or expert the post belongs to; department posts have none.
/// </summary>
/// <param name="UserId">Null for the system itself (timers, gates).</param>
public sealed record Actor(Guid? UserId, string Name, string Role, Guid? ScopeId, string? Ip = null)
{
    /// <summary>The system acting by the clock or by a gate.</summary>
    public static Actor System { get; } = new(null, "系统", "system", null);

    /// <summary>Whose desk work items land on; the same text stands on the item.</summary>
    public string Holder => HolderOf(Role, ScopeId);

    public bool Is(params ReadOnlySpan<string> roles) => roles.Contains(Role);

    /// <summary>The department's own people, who see every application that has been submitted.</summary>
    public bool IsDepartment => Is(Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector);

    /// <summary>The desk of this person alone, for work that somebody gave to him by name.</summary>
    public string? OwnDesk => UserId is { } id ? DeskOf(id) : null;

    /// <summary>The desk of one account.</summary>
    public static string DeskOf(Guid userId) => $"user:{userId:N}";

    /// <summary>The same person at another's post, as he was empowered to.</summary>
    public Actor InPlaceOf(Delegation delegation)
    {
        ArgumentNullException.ThrowIfNull(delegation);
        return this with { Role = delegation.FromRole, ScopeId = delegation.FromScopeId, Name = $"{Name}（受{delegation.FromName}委托）" };
    }

    /// <summary><c>role</c> for department posts, <c>role:scope</c> for the others.</summary>
    public static string HolderOf(string role, Guid? scopeId) => scopeId is { } id ? $"{role}:{id:N}" : role;
}
