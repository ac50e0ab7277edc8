using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Draws;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Draws;

/// <summary>Fills a seat at a file that is under review from the reserves of its draw, in their order; nothing is drawn anew, and the record of the draw says who came in whose place.</summary>
public sealed class PanelStore(ApplicationsDbContext db, WorkflowHost host, AssignmentPool pool)
{
    /// <summary>Whoever sat in this round or stepped down from the case in any is passed over, with the reason in the record; so is who has left the pool.</summary>
    /// <param name="leaving">The review whose expert leaves; null when a seat is added.</param>
    /// <returns>True when somebody came.</returns>
    public async Task<bool> AddAsync(Application application, Batch batch, string round, int token, string why, Actor actor, CancellationToken ct, Review? leaving = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(batch);
        var sat = await db.Reviews.Where(r => r.CaseId == application.Id && (r.Round == round || r.State == ReviewState.Declined)).ToListAsync(ct);
        var seat = leaving ?? sat.Where(r => r.Round == round && r.SourceId is not null).OrderBy(r => r.AssignedAt).ThenBy(r => r.Id).FirstOrDefault();
        if (seat is { AssignmentId: { } assignmentId })
        {
            return await AssignAsync(assignmentId, application, batch, token, sat, leaving, why, actor, ct);
        }

        if (seat is not { DrawId: { } drawId, Panel: { } panel })
        {
            return false;
        }

        var draw = await db.Draws.SingleAsync(d => d.Id == drawId, ct);
        var before = DrawRecordJson.Read(draw.Record!);
        var passed = await PassedAsync(before, panel, sat, leaving, ct);
        var after = leaving is null
            ? ExpertDraw.Add(before, panel, why, passed, host.Now, application.Number!)
            : ExpertDraw.Substitute(before, panel, DrawPool.IdOf(leaving.ExpertId), why, passed, host.Now, application.Number!);
        var coming = after.Substitutions[^1].In;
        if (coming is null && leaving is null)
        {
            return false;
        }

        draw.Change(after);
        draw.Version = Guid.NewGuid();
        if (coming is null)
        {
            return false;
        }

        var added = DrawSeats.At(draw, after, panel, application.Id, after.Pool.Single(c => c.Id == coming), why, host.Now);
        db.Reviews.Add(added);
        await host.EnlistAsync(FlowSubjects.Of(application, batch), token, [coming], actor, added.AssignedBecause, ct);
        return true;
    }

    /// <summary>Where files were given one by one there are no reserves: the best match of the same snapshot who may still come, with every cap kept and room on his desk.</summary>
    private async Task<bool> AssignAsync(
        Guid assignmentId, Application application, Batch batch, int token, List<Review> sat, Review? leaving, string why, Actor actor, CancellationToken ct)
    {
        var assignment = await db.Assignments.SingleAsync(a => a.Id == assignmentId, ct);
        var record = AssignmentRecordJson.Read(assignment.Record!);
        var (files, experts) = (record.Snapshot.Files.Select(f => f.Id).ToList(), record.Snapshot.Experts.Select(e => e.Id).ToList());
        var file = files.IndexOf(application.Id.ToString("N"));
        int? gone = leaving is null ? null : experts.IndexOf(DrawPool.IdOf(leaving.ExpertId));
        var barred = sat.Select(r => experts.IndexOf(DrawPool.IdOf(r.ExpertId))).ToHashSet();
        var report = new AssignmentReport(record);
        int? coming;

        // Those who fit are few; whether one may come today is asked for him alone.
        while ((coming = report.Next(file, gone, barred)) is { } next
            && (await pool.AgainstAsync([(application.Id, Guid.ParseExact(experts[next], "N"))], ChinaTime.DateOf(host.Now), ct)).Count > 0)
        {
            barred.Add(next);
        }

        if (coming is null && gone is null)
        {
            return false;
        }

        var after = report.Substitute(new AssignmentChange(file, gone, coming, why, actor.Name, host.Now));
        assignment.Substitute(after);
        assignment.Version = Guid.NewGuid();
        if (coming is null)
        {
            return false;
        }

        var added = AssignmentSeats.At(assignment, after, file, coming.Value, why, host.Now);
        db.Reviews.Add(added);
        await host.EnlistAsync(FlowSubjects.Of(application, batch), token, [experts[coming.Value]], actor, added.AssignedBecause, ct);
        return true;
    }

    private async Task<List<PassedReserve>> PassedAsync(DrawRecord record, string panel, List<Review> sat, Review? leaving, CancellationToken ct)
    {
        var reserves = record.Panels.Single(p => p.Key == panel).Reserves.Select(r => r.ExpertId).ToList();
        var ids = reserves.ConvertAll(r => Guid.ParseExact(r, "N"));
        var today = ChinaTime.DateOf(host.Now);
        var active = (await db.Experts.AsNoTracking().Where(e => ids.Contains(e.Id)).ToListAsync(ct)).Where(e => e.IsAvailableOn(today)).Select(e => DrawPool.IdOf(e.Id)).ToHashSet(StringComparer.Ordinal);
        var known = sat.Where(r => r != leaving).ToLookup(r => DrawPool.IdOf(r.ExpertId));
        return
        [
            .. reserves.Where(r => !active.Contains(r)).Select(r => new PassedReserve(r, "已不在专家库或请假")),
            .. reserves.Where(r => active.Contains(r) && known[r].Any()).Select(r => new PassedReserve(r, known[r].Any(k => k.State == ReviewState.Declined) ? (known[r].All(k => k.IsSilent) ? "逾期未评，已替换" : "已回避本项目") : "已在本项目评审")),
        ];
    }
}
