using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Files;

public sealed record AddAttachment(Guid CaseId, string FieldKey, string FileName, Stream Content);

/// <summary>Keeps a file with a field of the form; what it is shows in its content, not in its name.</summary>
public sealed class AddAttachmentHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, IFileStore store)
{
    /// <exception cref="RuleBrokenException"><c>file-too-large</c>, <c>file-kind</c>, <c>too-many-files</c>.</exception>
    public async Task<Guid> HandleAsync(AddAttachment request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var application = await db.OwnCaseAsync(request.CaseId, actor, ct);
        await db.OpenFilingItemAsync(request.CaseId, actor, ct);
        var formId = await db.Batches.Where(b => b.Id == application.BatchId).Select(b => b.FormId).SingleAsync(ct);
        var field = definitions.Form(formId).FindField(request.FieldKey) is { Kind: FieldKind.Files } found ? found : throw new NotFoundException();
        var name = Path.GetFileName(request.FileName.Replace('\\', '/'));
        var kind = await FileKinds.RecogniseAsync(name, request.Content, field.Accept, request.FieldKey, ct);
        StoredFile kept;
        try
        {
            kept = await store.SaveAsync(request.Content, field.MaxMegabytes * 1024L * 1024, ct);
        }
        catch (FileTooLargeException e)
        {
            throw new RuleBrokenException("file-too-large", $"“{name}”：{e.Message}", request.FieldKey);
        }

        return await pipeline.RunAsync(actor, null, "add-attachment", ("case", request.CaseId), c => KeepAsync(request, actor, field, name, kind, kept, c), ct);
    }

    private async Task<Guid> KeepAsync(
        AddAttachment request, Actor actor, FieldDefinition field, string name, string kind, StoredFile kept, CancellationToken ct)
    {
        await db.OpenFilingItemAsync(request.CaseId, actor, ct);
        if (await db.Attachments.CountAsync(a => a.CaseId == request.CaseId && a.FieldKey == field.Key && a.RemovedAt == null, ct) >= field.MaxCount)
        {
            throw new RuleBrokenException("too-many-files", $"“{field.Label}”最多上传 {field.MaxCount} 个文件，请先删除不需要的。", field.Key);
        }

        var attachment = new Attachment
        {
            Id = Guid.CreateVersion7(),
            CaseId = request.CaseId,
            FieldKey = field.Key,
            FileName = name.Length > 200 ? name[^200..] : name,
            ContentType = kind,
            Size = kept.Size,
            Sha256 = kept.Sha256,
            AddedAt = host.Now,
            AddedBy = actor.Name,
        };
        db.Attachments.Add(attachment);
        return attachment.Id;
    }
}

public sealed record RemoveAttachment(Guid CaseId, Guid FileId);

/// <summary>Takes a file out of the draft; one that was filed stays with that filing.</summary>
public sealed class RemoveAttachmentHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline)
{
    public Task<bool> HandleAsync(RemoveAttachment request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, null, "remove-attachment", ("case", request.CaseId), c => RemoveAsync(request, actor, c), ct);
    }

    private async Task<bool> RemoveAsync(RemoveAttachment request, Actor actor, CancellationToken ct)
    {
        var application = await db.OwnCaseAsync(request.CaseId, actor, ct);
        await db.OpenFilingItemAsync(request.CaseId, actor, ct);
        var file = await db.Attachments.SingleOrDefaultAsync(a => a.Id == request.FileId && a.CaseId == request.CaseId && a.RemovedAt == null, ct)
            ?? throw new NotFoundException();
        if (file.FiledInRound is null)
        {
            db.Attachments.Remove(file);
        }
        else
        {
            file.RemovedAt = host.Now;
            file.RemovedAfterRound = application.FilingRound;
        }

        return true;
    }
}
