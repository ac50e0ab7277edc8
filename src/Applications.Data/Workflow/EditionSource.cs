using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Workflow;

/// <summary>What begins now: the newest version of each flow that is not disabled, whichever node or folder published it.</summary>
public sealed class EditionSource(ApplicationsDbContext db, DefinitionCatalog catalog)
{
    /// <summary>What a new batch of the programme pins.</summary>
    /// <exception cref="RuleBrokenException"><c>no-version</c>: every version of one of the flows is disabled.</exception>
    public async Task<ProgrammeEdition> CurrentAsync(string programme, CancellationToken ct)
    {
        var edition = catalog.Editions[programme];
        var newest = await NewestAsync([edition.CaseFlow.DefinitionId, edition.BatchFlow.DefinitionId], ct);
        return newest.TryGetValue(edition.CaseFlow.DefinitionId, out var caseFlow) && newest.TryGetValue(edition.BatchFlow.DefinitionId, out var batchFlow)
            ? edition with { CaseFlow = catalog.Workflow(caseFlow), BatchFlow = catalog.Workflow(batchFlow) }
            : throw new RuleBrokenException("no-version", "该专项的流程版本均已停用，不能新建批次。请先启用一个版本或发布新版本。", "Programme");
    }

    /// <summary>The life that a new title begins. A title granted has to live, so the folder's version stands in where all are disabled.</summary>
    public async Task<WorkflowDefinition> TitleFlowAsync(ProgrammeEdition edition, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(edition);
        return (await NewestAsync([edition.TitleFlow.DefinitionId], ct)).TryGetValue(edition.TitleFlow.DefinitionId, out var id) ? catalog.Workflow(id) : edition.TitleFlow;
    }

    /// <summary>
    /// Makes sure that a case of the edition that <paramref name="definition"/> would make does not wait for ever: whichever of case's and batch's flow it is, it is
    /// held against the other's newest version. So who changes both publishes first the batch's flow that opens the old gates and the new ones.
    /// </summary>
    /// <exception cref="DefinitionException">A gate would never be opened.</exception>
    public async Task RequirePartnerAsync(WorkflowDefinition definition, string file, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(definition);
        foreach (var edition in catalog.Editions.Values)
        {
            var isCase = edition.CaseFlow.DefinitionId == definition.DefinitionId;
            var partner = isCase ? edition.BatchFlow.DefinitionId : edition.CaseFlow.DefinitionId;
            if ((isCase || edition.BatchFlow.DefinitionId == definition.DefinitionId) && (await NewestAsync([partner], ct)).TryGetValue(partner, out var id))
            {
                var other = catalog.Workflow(id);
                FlowPair.Require(isCase ? definition : other, isCase ? other : definition, file);
            }
        }
    }

    private async Task<Dictionary<string, string>> NewestAsync(string[] flows, CancellationToken ct) =>
        (await db.Definitions.AsNoTracking()
            .Where(d => flows.Contains(d.DefinitionId) && d.DisabledAt == null)
            .Select(d => new { d.Id, d.DefinitionId, d.Number, d.PublishedAt }).ToListAsync(ct))
        .GroupBy(d => d.DefinitionId)
        .ToDictionary(g => g.Key, g => g.OrderBy(d => d.Number).ThenBy(d => d.PublishedAt).Last().Id);
}
