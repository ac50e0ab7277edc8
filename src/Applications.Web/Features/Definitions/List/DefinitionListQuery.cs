using Applications.Data;
using Applications.Data.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Definitions.List;

/// <summary>One version of one workflow.</summary>
/// <param name="Running">Cases or batches that stand on it and are not over; null for the flow of a title.</param>
/// <param name="IsCurrent">True for the one that a new batch takes.</param>
public sealed record DefinitionLine(
    string Id, string DefinitionId, string Name, int Number, DateTime PublishedAt, string? PublishedBy, DateTime? DisabledAt, int? Running, bool IsCurrent)
{
    public string State => DisabledAt is not null ? "已停用" : IsCurrent ? "现行" : "可用";
}

/// <summary>All versions of one workflow, newest first.</summary>
public sealed record DefinitionGroup(string Programme, string DefinitionId, string Name, DefinitionSubject Subject, IReadOnlyList<DefinitionLine> Versions);

/// <summary>Every workflow with its versions.</summary>
public sealed class DefinitionListQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    public async Task<IReadOnlyList<DefinitionGroup>> ExecuteAsync(CancellationToken ct)
    {
        var rows = await db.Definitions.AsNoTracking().Where(d => d.Kind == "workflow")
            .Select(d => new { d.Id, d.ProgrammeKey, d.DefinitionId, d.Name, d.Number, d.PublishedAt, d.PublishedBy, d.DisabledAt }).ToListAsync(ct);
        var cases = await db.Applications.AsNoTracking().Where(a => a.Result == null).GroupBy(a => a.DefinitionId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var batches = await db.Batches.AsNoTracking().Where(b => b.Result == null).GroupBy(b => b.BatchDefinitionId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return
        [
            .. rows.GroupBy(r => (r.ProgrammeKey, r.DefinitionId)).Select(g =>
            {
                var ordered = g.OrderByDescending(r => r.Number).ThenByDescending(r => r.PublishedAt).ToList();
                var current = ordered.Find(r => r.DisabledAt is null)?.Id;
                var edition = definitions.Editions.GetValueOrDefault(g.Key.ProgrammeKey);
                var subject = DefinitionSubjects.Of(edition, g.Key.DefinitionId);
                return new DefinitionGroup(
                    edition?.Programme.Name ?? g.Key.ProgrammeKey, g.Key.DefinitionId, ordered[0].Name, subject,
                    [.. ordered.Select(r => new DefinitionLine(
                        r.Id, r.DefinitionId, r.Name, r.Number, r.PublishedAt, r.PublishedBy, r.DisabledAt,
                        subject == DefinitionSubject.Title ? null : (subject == DefinitionSubject.Batch ? batches : cases).GetValueOrDefault(r.Id), r.Id == current))]);
            }).OrderBy(g => g.Programme, StringComparer.Ordinal).ThenBy(g => g.Subject).ThenBy(g => g.DefinitionId, StringComparer.Ordinal),
        ];
    }
}
