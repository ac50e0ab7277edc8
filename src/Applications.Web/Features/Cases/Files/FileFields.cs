using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Files;

/// <summary>What one field of attachments shows beside its current files.</summary>
/// <param name="Earlier">Replaced or removed, newest first.</param>
/// <param name="Unfinished">Uploads that stopped before the end, with the bytes that have arrived.</param>
public sealed record FieldFiles(IReadOnlyList<Attachment> Earlier, IReadOnlyList<(Upload Upload, long Received)> Unfinished);

/// <param name="Remark">What the checker asked to correct here.</param>
public sealed record FileFieldModel(FieldDefinition Field, CaseForm View, FieldFiles Files, string? Remark)
{
    public IReadOnlyList<Attachment> Current { get; } = [.. View.Files.Where(f => f.FieldKey == Field.Key)];
}

/// <summary>Finds the field a file is meant for.</summary>
internal static class FileFields
{
    /// <exception cref="NotFoundException">The case's form has no such field for files.</exception>
    public static async Task<FieldDefinition> FileFieldAsync(this DefinitionCatalog definitions, ApplicationsDbContext db, Application application, string key, CancellationToken ct)
    {
        var formId = await db.Batches.Where(b => b.Id == application.BatchId).Select(b => b.FormId).SingleAsync(ct);
        return definitions.Form(formId).FindField(key) is { Kind: FieldKind.Files } found ? found : throw new NotFoundException();
    }
}
