using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Outbox;
using Applications.Data.Workflow;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Definitions.Show;

/// <summary>A batch whose cases may be counted.</summary>
public sealed record BatchChoice(Guid Id, string Name, int Running);

/// <summary>Another version of the same workflow.</summary>
public sealed record VersionChoice(string Id, int Number, DateTime? DisabledAt);

/// <param name="Row">What is recorded of the version.</param>
/// <param name="Counts">Running cases at each step, of the chosen batch or of all; a case whose branches run side by side stands at several.</param>
/// <param name="Batches">Batches with running cases on this version.</param>
/// <param name="Others">The workflow's other versions, newest first.</param>
/// <param name="Subject">Whose way it is; only cases are counted and moved.</param>
public sealed record DefinitionView(
    DefinitionRow Row, WorkflowDefinition Flow, string Programme, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<BatchChoice> Batches,
    IReadOnlyList<VersionChoice> Others, DefinitionSubject Subject)
{
    public int Running => Batches.Sum(b => b.Running);

    public string State => Row.DisabledAt is not null ? "已停用" : IsCurrent ? "现行" : "可用";

    /// <summary>True when a new batch takes it: none newer is enabled.</summary>
    public bool IsCurrent => Row.DisabledAt is null && !Others.Any(o => o.DisabledAt is null && o.Number > Row.Number);

    /// <summary>True when it is the last that a new batch could take.</summary>
    public bool IsLast => Row.DisabledAt is null && Others.All(o => o.DisabledAt is not null);
}

/// <summary>One version as people look at it.</summary>
public sealed class DefinitionShowQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    /// <exception cref="NotFoundException">There is no such version, or no such batch.</exception>
    public async Task<DefinitionView> ExecuteAsync(string id, Guid? batch, CancellationToken ct)
    {
        var row = await db.Definitions.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.Kind == "workflow", ct) ?? throw new NotFoundException();
        var flow = definitions.Workflow(id);
        var others = await db.Definitions.AsNoTracking().Where(d => d.DefinitionId == row.DefinitionId && d.Id != id)
            .OrderByDescending(d => d.Number).ThenByDescending(d => d.PublishedAt).Select(d => new VersionChoice(d.Id, d.Number, d.DisabledAt)).ToListAsync(ct);
        var batches = await (
            from a in db.Applications.AsNoTracking().Where(a => a.DefinitionId == id && a.Result == null)
            join b in db.Batches on a.BatchId equals b.Id
            group b by new { b.Id, b.Name, b.OpensAt } into g
            orderby g.Key.OpensAt descending
            select new BatchChoice(g.Key.Id, g.Key.Name, g.Count())).ToListAsync(ct);
        if (batch is { } asked && !batches.Exists(b => b.Id == asked) && !await db.Batches.AnyAsync(b => b.Id == asked, ct))
        {
            throw new NotFoundException();
        }

        var edition = definitions.Editions.GetValueOrDefault(row.ProgrammeKey);
        return new DefinitionView(
            row, flow, edition?.Programme.Name ?? row.ProgrammeKey, batches.Count == 0 ? new Dictionary<string, int>() : await CountAsync(id, batch, ct), batches, others,
            DefinitionSubjects.Of(edition, row.DefinitionId));
    }

    /// <summary>The place lists show, and every other place where somebody of the case is to act.</summary>
    private async Task<IReadOnlyDictionary<string, int>> CountAsync(string id, Guid? batch, CancellationToken ct)
    {
        var running = db.Applications.AsNoTracking().Where(a => a.DefinitionId == id && a.Result == null && (batch == null || a.BatchId == batch));
        var counts = await running.GroupBy(a => a.Stage).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var beside = await (
            from a in running
            join w in db.WorkItems.Where(w => w.ClosedAt == null) on a.Id equals w.CaseId
            where w.Activity != a.Stage
            group a.Id by w.Activity into g
            select new { g.Key, Count = g.Distinct().Count() }).ToListAsync(ct);
        foreach (var place in beside)
        {
            counts[place.Key] = counts.GetValueOrDefault(place.Key) + place.Count;
        }

        return counts;
    }
}
