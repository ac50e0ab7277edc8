using Applications.Domain.Accounts;
using Applications.Domain.Trail;

namespace Applications.Data.Trail;

/// <summary>Writes audit events of acts that change nothing else: logging in, reading out, checking. Commands get theirs from the pipeline.</summary>
public sealed class AuditWriter(ApplicationsDbContext db, TimeProvider clock)
{
    private const int LongestName = 200;
    private const int LongestDetail = 4000;

    /// <param name="action">Stable name of the act, for example <c>sign-in</c>.</param>
    /// <param name="about">What it is about: kind and id.</param>
    public async Task WriteAsync(Actor actor, string action, (string Kind, Guid? Id) about, CancellationToken ct, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        db.Audit.Add(new AuditEvent
        {
            At = UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime),
            UserId = actor.UserId,
            UserName = Fit(actor.Name, LongestName)!,
            Role = actor.Role,
            Ip = actor.Ip,
            Action = action,
            ObjectType = about.Kind,
            ObjectId = about.Id?.ToString("N"),
            Detail = Fit(detail, LongestDetail),
        });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What a stranger types at the log-in may hold anything; the record keeps what can be stored and read.</summary>
    private static string? Fit(string? text, int most)
    {
        if (text is null)
        {
            return null;
        }

        var clean = new string([.. text.Where(c => !char.IsControl(c))]);
        return clean.Length > most ? clean[..most] : clean;
    }
}
