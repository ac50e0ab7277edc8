using Applications.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Workflow;

/// <summary>What a new batch pins: the newest version of each flow that is not disabled, whichever node or folder published it.</summary>
public sealed class EditionSource(ApplicationsDbContext db, DefinitionCatalog catalog)
{
    /// <exception cref="RuleBrokenException"><c>no-version</c>: every version of one of the flows is disabled.</exception>
    public async Task<ProgrammeEdition> CurrentAsync(string programme, CancellationToken ct)
    {
        var edition = catalog.Editions[programme];
        string[] flows = [edition.CaseFlow.DefinitionId, edition.BatchFlow.DefinitionId];
        var newest = (await db.Definitions.AsNoTracking()
                .Where(d => flows.Contains(d.DefinitionId) && d.DisabledAt == null)
                .Select(d => new { d.Id, d.DefinitionId, d.Number, d.PublishedAt }).ToListAsync(ct))
            .GroupBy(d => d.DefinitionId)
            .ToDictionary(g => g.Key, g => g.OrderBy(d => d.Number).ThenBy(d => d.PublishedAt).Last().Id);
        return flows.All(newest.ContainsKey)
            ? edition with { CaseFlow = catalog.Workflow(newest[flows[0]]), BatchFlow = catalog.Workflow(newest[flows[1]]) }
            : throw new RuleBrokenException("no-version", "该专项的流程版本均已停用，不能新建批次。请先启用一个版本或发布新版本。", "Programme");
    }
}
