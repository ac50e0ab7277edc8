using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Files;

/// <param name="From">Place of the part's first byte; null when the sender only asks to finish.</param>
/// <param name="Length">Bytes of the part.</param>
/// <param name="Total">Bytes of the whole, as the sender says.</param>
public sealed record TakePart(Guid CaseId, Guid UploadId, long? From, long Length, long Total, Stream Content);

/// <summary>Takes the next part of an upload; with the last one the file is checked and becomes an attachment.</summary>
public sealed class TakePartHandler(UploadQuery query, UploadParts parts, AddAttachmentHandler attach, CancelUploadHandler cancel)
{
    /// <returns>How far the upload is, and whether the part was taken: it is not when it does not continue what has arrived.</returns>
    /// <exception cref="RuleBrokenException"><c>part-form</c>, and what <see cref="AddAttachmentHandler"/> refuses; the upload is cleared away then.</exception>
    public async Task<(UploadState State, bool Taken)> HandleAsync(TakePart request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var upload = await query.FindAsync(request.CaseId, request.UploadId, actor, ct);
        if (request.Total != upload.Size || request.Length < 0 || request.From is < 0 || request.From + request.Length > upload.Size)
        {
            throw new RuleBrokenException("part-form", "文件大小与开始上传时不同，请重新选择文件上传。", upload.FieldKey);
        }

        if (upload.FileId is not null)
        {
            return (new UploadState(upload.Id, upload.Size, upload.Size, upload.FileId), true);
        }

        var taken = request.From is not { } from || await parts.AppendAsync(upload.Id, from, request.Content, request.Length, ct);
        var received = parts.Received(upload.Id);
        return taken && received == upload.Size
            ? (new UploadState(upload.Id, received, upload.Size, await FinishAsync(upload, actor, ct)), true)
            : (new UploadState(upload.Id, received, upload.Size, null), taken);
    }

    private async Task<Guid> FinishAsync(Upload upload, Actor actor, CancellationToken ct)
    {
        try
        {
            Guid file;
            await using (var content = parts.Open(upload.Id))
            {
                file = await attach.HandleAsync(
                    new AddAttachment(upload.CaseId, upload.FieldKey, upload.FileName, content, upload.ReplacesId, upload.Id, upload.Sha256), actor, ct);
            }

            parts.Delete(upload.Id);
            return file;
        }
        catch (RuleBrokenException)
        {
            // What was refused will be refused again: there is nothing to take up.
            await cancel.HandleAsync(new CancelUpload(upload.CaseId, upload.Id), actor, ct);
            throw;
        }
    }
}

/// <summary>Uploads of a case of the actor's own.</summary>
public sealed class UploadQuery(ApplicationsDbContext db, UploadParts parts)
{
    public async Task<UploadState> ExecuteAsync(Guid caseId, Guid uploadId, Actor actor, CancellationToken ct)
    {
        var upload = await FindAsync(caseId, uploadId, actor, ct);
        return new UploadState(upload.Id, upload.FileId is null ? parts.Received(upload.Id) : upload.Size, upload.Size, upload.FileId);
    }

    /// <summary>The fields' earlier files and unfinished uploads.</summary>
    public async Task<ILookup<string, FieldFiles>> OfFieldsAsync(Guid caseId, IReadOnlyList<string> fields, CancellationToken ct)
    {
        var earlier = await db.Attachments.AsNoTracking().Where(a => a.CaseId == caseId && fields.Contains(a.FieldKey) && a.RemovedAt != null)
            .OrderByDescending(a => a.RemovedAt).ToListAsync(ct);
        var open = await db.Uploads.AsNoTracking().Where(u => u.CaseId == caseId && fields.Contains(u.FieldKey) && u.FileId == null).OrderBy(u => u.StartedAt).ToListAsync(ct);
        return fields.ToLookup(f => f, f => new FieldFiles(
            [.. earlier.Where(a => a.FieldKey == f)], [.. open.Where(u => u.FieldKey == f).Select(u => (u, parts.Received(u.Id)))]));
    }

    internal async Task<Upload> FindAsync(Guid caseId, Guid uploadId, Actor actor, CancellationToken ct) =>
        actor.Role != Roles.Applicant
            ? throw new NotFoundException()
            : await db.Applications.AsNoTracking().VisibleTo(db, actor).Where(a => a.Id == caseId)
                .Join(db.Uploads.AsNoTracking(), a => a.Id, u => u.CaseId, (a, u) => u)
                .SingleOrDefaultAsync(u => u.Id == uploadId, ct) ?? throw new NotFoundException();
}
