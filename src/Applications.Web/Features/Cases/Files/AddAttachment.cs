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

/// <param name="Content">Seekable.</param>
/// <param name="ReplacesId">The file it takes the place of; one of the same name in the same field gives way without being named.</param>
/// <param name="UploadId">The upload in parts that brought it.</param>
/// <param name="Sha256">What its content must hash to; null when the sender did not say.</param>
public sealed record AddAttachment(Guid CaseId, string FieldKey, string FileName, Stream Content, Guid? ReplacesId = null, Guid? UploadId = null, string? Sha256 = null);

/// <summary>Keeps a file with a field of the form; what it is shows in its content, not in its name. A newer version leaves the older one readable.</summary>
public sealed class AddAttachmentHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, IFileStore store, UploadLimits limits, CaseFormQuery forms)
{
    /// <exception cref="RuleBrokenException"><c>file-too-large</c>, <c>file-kind</c>, <c>file-empty</c>, <c>file-damaged</c>, <c>too-many-files</c>, <c>field-closed</c>.</exception>
    public async Task<Guid> HandleAsync(AddAttachment request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var application = await db.OwnCaseAsync(request.CaseId, actor, ct);
        await db.OpenFilingItemAsync(request.CaseId, actor, ct);
        var field = await definitions.FileFieldAsync(db, application, request.FieldKey, ct);
        await forms.RequireOpenFieldAsync(application, field.Key, ct);
        var name = NameOf(request.FileName);
        var kind = await FileKinds.RecogniseAsync(name, request.Content, field.Accept, request.FieldKey, ct);
        var pages = kind == FileKinds.Pdf ? await PdfPages.CountAsync(request.Content, ct) : null;
        StoredFile kept;
        try
        {
            kept = await store.SaveAsync(request.Content, limits.Of(field), ct);
        }
        catch (FileTooLargeException e)
        {
            throw new RuleBrokenException("file-too-large", $"“{name}”：{e.Message}", request.FieldKey);
        }

        if (request.Sha256 is { } promised && !string.Equals(promised, kept.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new RuleBrokenException("file-damaged", $"“{name}”在传输中损坏（校验值不符），请重新上传。", request.FieldKey);
        }

        return await pipeline.RunAsync(
            actor, null, "add-attachment", ("case", request.CaseId), c => KeepAsync(request, actor, field, new Attachment
            {
                Id = Guid.CreateVersion7(),
                CaseId = request.CaseId,
                FieldKey = field.Key,
                FileName = name,
                ContentType = kind,
                Size = kept.Size,
                Sha256 = kept.Sha256,
                Pages = pages,
                AddedAt = host.Now,
                AddedBy = actor.Name,
            }, c), ct, name);
    }

    /// <summary>The name without a path, cut to what a row holds.</summary>
    public static string NameOf(string given)
    {
        ArgumentNullException.ThrowIfNull(given);
        var name = Path.GetFileName(given.Replace('\\', '/'));
        return name.Length > 200 ? name[^200..] : name;
    }

    private async Task<Guid> KeepAsync(AddAttachment request, Actor actor, FieldDefinition field, Attachment attachment, CancellationToken ct)
    {
        var application = await db.OwnCaseAsync(request.CaseId, actor, ct);
        await db.OpenFilingItemAsync(request.CaseId, actor, ct);
        var upload = request.UploadId is { } id ? await db.Uploads.SingleOrDefaultAsync(u => u.Id == id, ct) ?? throw new NotFoundException() : null;
        if (upload?.FileId is { } done)
        {
            return done;
        }

        var current = await db.Attachments.Where(a => a.CaseId == request.CaseId && a.FieldKey == field.Key && a.RemovedAt == null).ToListAsync(ct);
        var older = request.ReplacesId is { } replaced
            ? current.Find(a => a.Id == replaced) ?? throw new RuleBrokenException("file-gone", "要更换的文件已被删除或更换，请刷新页面后重试。", field.Key)
            : current.Find(a => a.FileName == attachment.FileName);
        if (older is null && current.Count >= field.MaxCount)
        {
            throw new RuleBrokenException("too-many-files", $"“{field.Label}”最多上传 {field.MaxCount} 个文件，请先删除不需要的。", field.Key);
        }

        if (older is not null && older.Sha256 == attachment.Sha256 && older.FileName == attachment.FileName)
        {
            Finish(upload, older.Id);
            return older.Id;
        }

        older?.GiveWayTo(attachment.Id, attachment.AddedAt, application.FilingRound);
        db.Attachments.Add(attachment);
        Finish(upload, attachment.Id);
        return attachment.Id;
    }

    private static void Finish(Upload? upload, Guid file)
    {
        if (upload is not null)
        {
            upload.FileId = file;
        }
    }
}

public sealed record RemoveAttachment(Guid CaseId, Guid FileId);

/// <summary>Takes a file out of the draft; one that was filed stays with that filing.</summary>
public sealed class RemoveAttachmentHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, CaseFormQuery forms)
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
        await forms.RequireOpenFieldAsync(application, file.FieldKey, ct);
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
