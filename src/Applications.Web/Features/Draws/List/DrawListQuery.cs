using Applications.Data;
using Applications.Domain.Reviews.Draws;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws.List;

/// <summary>A draw in the list.</summary>
public sealed record DrawLine(Guid Id, string Number, string Title, DrawState State, string RequestedByName, DateTime RequestedAt, DateOnly SessionOn, int Panels, int Cases);

/// <summary>Draws, newest first, without their snapshots and records.</summary>
public sealed class DrawListQuery(ApplicationsDbContext db)
{
    private const int PageSize = 50;

    /// <param name="after">The last line of the page before.</param>
    public async Task<(IReadOnlyList<DrawLine> Lines, bool More)> ExecuteAsync(DrawState? state, Guid? batch, string? text, (DateTime At, Guid Id)? after, CancellationToken ct)
    {
        var draws = db.Draws.AsNoTracking().Where(d => (state == null || d.State == state) && (batch == null || d.BatchId == batch));
        if (!string.IsNullOrWhiteSpace(text))
        {
            var piece = text.Trim();
            draws = draws.Where(d => d.Number.Contains(piece) || d.Title.Contains(piece));
        }

        if (after is var (at, id))
        {
            draws = draws.Where(d => d.RequestedAt < at || (d.RequestedAt == at && d.Id.CompareTo(id) < 0));
        }

        var rows = await draws.OrderByDescending(d => d.RequestedAt).ThenByDescending(d => d.Id)
            .Select(d => new { d.Id, d.Number, d.Title, d.State, d.RequestedByName, d.RequestedAt, d.SessionOn, d.Groups }).Take(PageSize + 1).ToListAsync(ct);
        return (
            [.. rows.Take(PageSize).Select(r => new DrawLine(r.Id, r.Number, r.Title, r.State, r.RequestedByName, r.RequestedAt, r.SessionOn, r.Groups.Count, r.Groups.Sum(g => g.Cases.Count)))],
            rows.Count > PageSize);
    }

    /// <summary>Draws that wait for an approver, or for whoever draws.</summary>
    /// <param name="mayApprove">False for those who only draw.</param>
    public async Task<IReadOnlyList<DrawLine>> WaitingAsync(bool mayApprove, CancellationToken ct) =>
        await LinesAsync(db.Draws.AsNoTracking().Where(d => d.State == DrawState.Committed || (mayApprove && d.State == DrawState.Requested)).OrderBy(d => d.RequestedAt).Take(PageSize), ct);

    /// <summary>Those that were sent back to this officer and that nothing has followed.</summary>
    public async Task<IReadOnlyList<DrawLine>> ReturnedAsync(Guid? officer, CancellationToken ct) => await LinesAsync(
        db.Draws.AsNoTracking().Where(d => d.State == DrawState.Returned && d.RequestedBy == officer
            && !db.Draws.Any(o => o.BatchId == d.BatchId && o.Round == d.Round && o.RequestedAt > d.RequestedAt) && !db.Assignments.Any(o => o.BatchId == d.BatchId && o.Round == d.Round && o.RequestedAt > d.RequestedAt))
            .OrderBy(d => d.RequestedAt).Take(PageSize),
        ct);

    private static async Task<List<DrawLine>> LinesAsync(IQueryable<PanelDraw> found, CancellationToken ct) =>
        (await found.Select(d => new { d.Id, d.Number, d.Title, d.State, d.RequestedByName, d.RequestedAt, d.SessionOn, d.Groups }).ToListAsync(ct))
        .ConvertAll(r => new DrawLine(r.Id, r.Number, r.Title, r.State, r.RequestedByName, r.RequestedAt, r.SessionOn, r.Groups.Count, r.Groups.Sum(g => g.Cases.Count)));
}
