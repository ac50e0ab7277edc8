using Applications.Domain.Accounts;
using Applications.Domain.Workflow;

namespace Applications.Domain.Reviews.Draws;

/// <summary>
/// Who may read the names of a drawn panel, and when (programmes.md 4.3, points 2 and 8: sealed until the session): the one who approved, the one who drew and the inspector at
/// once; the rest of the department and the pool's office from the day of the session on; nobody else ever.
/// </summary>
public static class NameSeal
{
    /// <param name="sessionOn">The day of the session.</param>
    /// <param name="decidedBy">Who approved.</param>
    /// <param name="drawnBy">Who drew.</param>
    /// <param name="today">In China.</param>
    public static bool IsOpenTo(Actor actor, DateOnly sessionOn, Guid? decidedBy, Guid? drawnBy, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return (actor.IsDepartment || actor.Is(Roles.Pool))
            && (today >= sessionOn || actor.Is(Roles.Inspector) || (actor.UserId is not null && (actor.UserId == decidedBy || actor.UserId == drawnBy)));
    }
}
