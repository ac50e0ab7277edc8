using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.Show;

/// <summary>What batch handlers share.</summary>
internal static class BatchItems
{
    /// <summary>The batch and its open item of this task on the actor's desk, both tracked.</summary>
    /// <exception cref="StaleVersionException">The step is already done.</exception>
    public static async Task<(Batch Batch, WorkItem Item)> BatchItemAsync(this ApplicationsDbContext db, Guid batchId, string task, Actor actor, CancellationToken ct)
    {
        var batch = await db.Batches.SingleOrDefaultAsync(b => b.Id == batchId, ct) ?? throw new NotFoundException();
        var items = await db.WorkItems.Where(w => w.BatchId == batchId && w.CaseId == null && w.Task == task && w.Holder == actor.Holder).ToListAsync(ct);
        if (items.Count == 0)
        {
            throw new NotFoundException();
        }

        var item = items.Find(i => i.ClosedAt is null) ?? throw new StaleVersionException("该环节");
        return item.IsFor(actor.Holder, actor.UserId)
            ? (batch, item)
            : throw new RuleBrokenException("assigned-to-other", $"该待办已转给{item.AssigneeName}办理；需要时可在“更多办理方式”中再次转办。");
    }
}
