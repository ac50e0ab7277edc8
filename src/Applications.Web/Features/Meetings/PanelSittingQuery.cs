using Applications.Data;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Meetings;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Meetings;

/// <summary>Who has a seat at the files of a session now.</summary>
/// <param name="Members">In the order of their seats.</param>
/// <param name="Recused">Who stepped down, by file.</param>
/// <param name="Sources">The draws and assignments that gave the seats.</param>
public sealed record PanelSitting(IReadOnlyList<MeetingMember> Members, ILookup<Guid, Guid> Recused, IReadOnlyList<Guid?> Sources)
{
    public IReadOnlySet<Guid> Stepped { get; } = Recused.SelectMany(r => r).ToHashSet();
}

/// <summary>Reads the seats afresh: experts are replaced after a session was called.</summary>
public sealed class PanelSittingQuery(ApplicationsDbContext db)
{
    public async Task<PanelSitting> ExecuteAsync(string round, IReadOnlyCollection<Guid> cases, CancellationToken ct)
    {
        var reviews = await db.Reviews.AsNoTracking().Where(r => cases.Contains(r.CaseId) && r.Round == round).OrderBy(r => r.AssignedAt).ThenBy(r => r.Id)
            .Select(r => new { r.CaseId, r.ExpertId, r.ExpertName, r.State, r.IsSilent, r.DrawId, r.AssignmentId }).ToListAsync(ct);
        return new PanelSitting(
            [.. reviews.Where(r => r.State != ReviewState.Declined).DistinctBy(r => r.ExpertId).Select(r => new MeetingMember(r.ExpertId, r.ExpertName))],
            reviews.Where(r => r.State == ReviewState.Declined && !r.IsSilent).ToLookup(r => r.CaseId, r => r.ExpertId),
            [.. reviews.Select(r => r.DrawId ?? r.AssignmentId).Distinct()]);
    }
}
