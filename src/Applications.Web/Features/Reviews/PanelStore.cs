using System.Security.Cryptography;
using Applications.Data;
using Applications.Data.Experts;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Web.Features.Batches.Show;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews;

/// <summary>Adds a seat to a panel that is at work, by the same rules as the first draw.</summary>
public sealed class PanelStore(ApplicationsDbContext db, WorkflowHost host, ConflictFacts conflicts)
{
    /// <summary>Whoever sat in this round or stepped down from the case in any is not asked again; one who scored in an earlier round may be.</summary>
    /// <returns>True when somebody could be found.</returns>
    public async Task<bool> AddAsync(Application application, Batch batch, string round, int token, string why, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(batch);
        var enterprise = await db.Enterprises.AsNoTracking().SingleAsync(e => e.Id == application.EnterpriseId, ct);
        var sat = await db.Reviews.Where(r => r.CaseId == application.Id && (r.Round == round || r.State == ReviewState.Declined)).ToListAsync(ct);
        var load = await db.Reviews.Where(r => r.BatchId == batch.Id && r.Round == round).GroupBy(r => r.ExpertId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var today = ChinaTime.DateOf(host.Now);
        var everybody = await db.Experts.AsNoTracking().Where(e => e.Status != ExpertStatus.Applied).ToListAsync(ct);
        var pool = everybody.FindAll(e => e.IsAvailableOn(today));
        var table = await conflicts.ForAsync(pool, [application], ct);
        var present = sat.Where(r => r.State != ReviewState.Declined).Select(r => r.ExpertId).ToHashSet();
        var seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var plan = PanelAssignment.Assign(
            [PanelCases.Of(application, enterprise, sat.Select(r => r.ExpertId).Concat(table.Barred(application.Id, today))) with { Present = [.. everybody.Where(e => present.Contains(e.Id))] }], pool, 1, seed, load);
        if (plan.Seats.Count == 0)
        {
            return false;
        }

        var seat = plan.Seats[0] with { Because = $"{why}；{plan.Seats[0].Because}" };
        db.Reviews.Add(PanelCases.Seat(seat, batch.Id, round, host.Now));
        await host.EnlistAsync(FlowSubjects.Of(application, batch), token, [seat.Expert.Id.ToString("N")], actor, $"{seat.Because}；抽取种子 {seed}", ct);
        return true;
    }
}
