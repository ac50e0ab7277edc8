using Applications.Data;
using Applications.Domain.Reviews.Assigning;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Assignments.List;

/// <summary>An assignment in the list.</summary>
public sealed record AssignmentLine(Guid Id, string Number, string Title, AssignmentState State, string RequestedByName, DateTime RequestedAt, DateOnly SessionOn, int Files, int PerFile);

/// <summary>Assignments, newest first, without their records.</summary>
public sealed class AssignmentListQuery(ApplicationsDbContext db)
{
    private const int PageSize = 50;

    /// <param name="after">The last line of the page before.</param>
    public async Task<(IReadOnlyList<AssignmentLine> Lines, bool More)> ExecuteAsync(AssignmentState? state, Guid? batch, string? text, (DateTime At, Guid Id)? after, CancellationToken ct)
    {
        var found = db.Assignments.AsNoTracking().Where(a => (state == null || a.State == state) && (batch == null || a.BatchId == batch));
        if (!string.IsNullOrWhiteSpace(text))
        {
            var piece = text.Trim();
            found = found.Where(a => a.Number.Contains(piece) || a.Title.Contains(piece));
        }

        if (after is var (at, id))
        {
            found = found.Where(a => a.RequestedAt < at || (a.RequestedAt == at && a.Id.CompareTo(id) < 0));
        }

        var lines = await LinesAsync(found.OrderByDescending(a => a.RequestedAt).ThenByDescending(a => a.Id).Take(PageSize + 1), ct);
        return ([.. lines.Take(PageSize)], lines.Count > PageSize);
    }

    /// <summary>Assignments that wait for an approver.</summary>
    public async Task<IReadOnlyList<AssignmentLine>> WaitingAsync(CancellationToken ct) =>
        await LinesAsync(db.Assignments.AsNoTracking().Where(a => a.State == AssignmentState.Requested).OrderBy(a => a.RequestedAt).Take(PageSize), ct);

    /// <summary>Those that were sent back to this officer and that nothing has followed.</summary>
    public async Task<IReadOnlyList<AssignmentLine>> ReturnedAsync(Guid? officer, CancellationToken ct) => await LinesAsync(
        db.Assignments.AsNoTracking().Where(a => a.State == AssignmentState.Returned && a.RequestedBy == officer
            && !db.Assignments.Any(o => o.BatchId == a.BatchId && o.Round == a.Round && o.RequestedAt > a.RequestedAt) && !db.Draws.Any(o => o.BatchId == a.BatchId && o.Round == a.Round && o.RequestedAt > a.RequestedAt))
            .OrderBy(a => a.RequestedAt).Take(PageSize),
        ct);

    private static async Task<List<AssignmentLine>> LinesAsync(IQueryable<FileAssignment> found, CancellationToken ct) =>
        (await found.Select(a => new { a.Id, a.Number, a.Title, a.State, a.RequestedByName, a.RequestedAt, a.SessionOn, a.Cases, a.Order }).ToListAsync(ct))
        .ConvertAll(a => new AssignmentLine(a.Id, a.Number, a.Title, a.State, a.RequestedByName, a.RequestedAt, a.SessionOn, a.Cases.Count, a.Order.PerFile));
}
