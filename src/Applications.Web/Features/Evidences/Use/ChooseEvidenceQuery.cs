using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Web.Features.Cases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Evidences.Use;

/// <param name="Section">The section of the form that asks for the file.</param>
public sealed record ChooseEvidenceView(Batch Batch, FieldDefinition Field, string Section, IReadOnlyList<Evidence> Files, DateOnly Today);

/// <summary>What of the locker the field accepts.</summary>
public sealed class ChooseEvidenceQuery(ApplicationsDbContext db, DefinitionCatalog definitions, TimeProvider clock)
{
    public async Task<ChooseEvidenceView> ExecuteAsync(Guid caseId, string fieldKey, Actor actor, CancellationToken ct)
    {
        var (_, batch, _) = await db.FilingAsync(caseId, actor, ct);
        var form = definitions.Form(batch.FormId);
        var field = form.FindField(fieldKey) is { Kind: FieldKind.Files } found ? found : throw new NotFoundException();
        var files = await db.Evidence.AsNoTracking().OwnedBy(actor).ToListAsync(ct);
        return new ChooseEvidenceView(
            batch, field, form.Sections.First(s => s.Fields.Contains(field)).Key,
            [.. files.Where(f => UseEvidenceHandler.Fits(field, f.FileName)).OrderBy(f => f.Kind).ThenBy(f => f.Title, StringComparer.Ordinal)], ChinaTime.Today(clock));
    }
}
