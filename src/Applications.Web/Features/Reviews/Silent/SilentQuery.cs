using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews.Urge;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Silent;

/// <summary>A seat whose expert has not finished.</summary>
/// <param name="Name">As the reader may know him.</param>
/// <param name="Reminded">Letters so far, those that went out by themselves and those an officer sent.</param>
public sealed record WaitingSeat(Guid CaseId, string Enterprise, string Number, Guid ReviewId, Guid ExpertId, string Name, ReviewState State, DateTime? DueAt, int Reminded, bool UrgedToday, Guid Version)
{
    public bool IsOverdue(DateTime now) => DueAt < now;
}

/// <param name="Seats">Most urgent first.</param>
public sealed record SilentView(Batch Batch, IReadOnlyList<WaitingSeat> Seats)
{
    /// <summary>By expert: who has the most overdue first.</summary>
    /// <param name="now">UTC.</param>
    public IEnumerable<IReadOnlyList<WaitingSeat>> ByExpert(DateTime now) =>
        Seats.GroupBy(s => s.ExpertId).Select(g => (IReadOnlyList<WaitingSeat>)[.. g])
            .OrderByDescending(own => own.Count(s => s.IsOverdue(now))).ThenBy(own => own[0].DueAt).ThenBy(own => own[0].Name, StringComparer.Ordinal);
}

/// <summary>Who has not scored yet, the overdue first.</summary>
public sealed class SilentQuery(ApplicationsDbContext db, SealedSourcesQuery sources, TimeProvider clock)
{
    private const int Most = 500;

    public async Task<SilentView> ExecuteAsync(Guid batchId, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var batch = await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == batchId && actor.IsDepartment, ct) ?? throw new NotFoundException();
        var rows = await (
            from r in db.Reviews.AsNoTracking()
            join a in db.Applications.AsNoTracking() on r.CaseId equals a.Id
            join w in db.WorkItems.AsNoTracking() on a.Id equals w.CaseId
            where r.BatchId == batchId && a.Result == null && (r.State == ReviewState.Assigned || r.State == ReviewState.Scoring) && w.ClosedAt == null && w.Task == Tasks.Score
            orderby w.DueAt, a.Number
            select new { Review = r, a.EnterpriseName, a.Number, w.Id, w.Participant, w.DueAt }).Take(Most * 10).ToListAsync(ct);
        rows = [.. rows.Where(r => r.Participant == r.Review.ExpertId.ToString("N")).Take(Most)];
        var urges = UrgeExpertsHandler.PrefixOf(batchId);
        var keys = rows.Count == 0 ? [] : await db.Reminders.AsNoTracking().Where(m => m.Key.StartsWith("overdue:") || m.Key.StartsWith("due:") || m.Key.StartsWith("early:") || m.Key.StartsWith(urges)).Select(m => m.Key).ToListAsync(ct);
        var reminded = keys.CountBy(k => k.Split(':')[k.StartsWith(urges, StringComparison.Ordinal) ? 2 : 1]).ToDictionary(k => k.Key, k => k.Value);
        var marked = keys.ToHashSet(StringComparer.Ordinal);
        var today = ChinaTime.Today(clock);
        var closed = await sources.OfAsync(rows.Select(r => r.Review.SourceId), actor, ct);
        var numbers = rows.Select(r => r.Review.ExpertId).Distinct().Order().Select((e, i) => (e, i)).ToDictionary(e => e.e, e => e.i + 1);
        return new SilentView(
            batch,
            [
                .. rows.Select(r => new WaitingSeat(
                    r.Review.CaseId, r.EnterpriseName, r.Number ?? string.Empty, r.Review.Id, r.Review.ExpertId,
                    r.Review.SourceId is { } source && closed.Contains(source) ? $"专家 {numbers[r.Review.ExpertId]}（评审日开封）" : r.Review.ExpertName,
                    r.Review.State, r.DueAt,
                    reminded.GetValueOrDefault(r.Id.ToString("N")) + reminded.GetValueOrDefault(r.Participant), marked.Contains(UrgeExpertsHandler.KeyOf(batchId, r.Participant, today)), r.Review.Version)),
            ]);
    }
}
