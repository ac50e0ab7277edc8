using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Files;

/// <param name="Size">Bytes the file has.</param>
/// <param name="Sha256">Hex; null when the sender cannot count it.</param>
public sealed record StartUpload(Guid CaseId, string Field, string Name, long Size, string? Sha256, Guid? ReplacesId);

/// <param name="Received">Bytes that have arrived: the next part begins there.</param>
/// <param name="FileId">The attachment, once the upload is whole and kept.</param>
public sealed record UploadState(Guid Id, long Received, long Size, Guid? FileId);

/// <summary>Opens an upload in parts, or takes up again the one that stopped: same field, name, length and, where told, hash.</summary>
public sealed class StartUploadHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, UploadParts parts, UploadLimits limits)
{
    /// <summary>Uploads of one case that may be under way at once.</summary>
    private const int MostAtOnce = 20;

    /// <exception cref="RuleBrokenException"><c>file-too-large</c>, <c>file-kind</c>, <c>file-empty</c>, <c>too-many-uploads</c>, <c>not-open-for-editing</c>.</exception>
    public Task<UploadState> HandleAsync(StartUpload request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, null, "start-upload", ("case", request.CaseId), c => StartAsync(request, actor, c), ct);
    }

    private async Task<UploadState> StartAsync(StartUpload request, Actor actor, CancellationToken ct)
    {
        var application = await db.OwnCaseAsync(request.CaseId, actor, ct);
        await db.OpenFilingItemAsync(request.CaseId, actor, ct);
        var field = await definitions.FileFieldAsync(db, application, request.Field, ct);
        var name = AddAttachmentHandler.NameOf(request.Name);
        FileKinds.RequireAccepted(name, field.Accept, field.Key);
        if (request.Size <= 0)
        {
            throw new RuleBrokenException("file-empty", $"“{name}”是空文件，请重新选择。", field.Key);
        }

        if (request.Size > limits.Of(field))
        {
            throw new RuleBrokenException("file-too-large", $"“{name}”超过 {UploadLimits.WordsOf(limits.Of(field))}，请压缩后重新上传。", field.Key);
        }

        var hash = request.Sha256?.ToLowerInvariant();
        if (hash is not null && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower)))
        {
            throw new RuleBrokenException("hash-form", "校验值须为 64 位十六进制的 SHA-256。", field.Key);
        }

        var open = await db.Uploads.Where(u => u.CaseId == request.CaseId && u.FileId == null).ToListAsync(ct);
        if (open.Find(u => u.FieldKey == field.Key && u.FileName == name && u.Size == request.Size && u.Sha256 == hash && u.ReplacesId == request.ReplacesId) is { } stopped)
        {
            stopped.ExpiresAt = host.Now + Upload.Lifetime;
            return new UploadState(stopped.Id, parts.Received(stopped.Id), stopped.Size, null);
        }

        if (open.Count >= MostAtOnce)
        {
            throw new RuleBrokenException("too-many-uploads", "未完成的上传过多，请先完成或放弃已有的。", field.Key);
        }

        var upload = new Upload
        {
            Id = Guid.CreateVersion7(),
            CaseId = request.CaseId,
            FieldKey = field.Key,
            FileName = name,
            Size = request.Size,
            Sha256 = hash,
            ReplacesId = request.ReplacesId,
            UserId = actor.UserId ?? Guid.Empty,
            StartedAt = host.Now,
            ExpiresAt = host.Now + Upload.Lifetime,
        };
        db.Uploads.Add(upload);
        return new UploadState(upload.Id, 0, upload.Size, null);
    }
}

public sealed record CancelUpload(Guid CaseId, Guid UploadId);

/// <summary>Gives an upload up; what has arrived is thrown away.</summary>
public sealed class CancelUploadHandler(ApplicationsDbContext db, CommandPipeline pipeline, UploadParts parts)
{
    public async Task HandleAsync(CancelUpload request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        await pipeline.RunAsync(actor, null, "cancel-upload", ("case", request.CaseId), c => CancelAsync(request, actor, c), ct);
        parts.Delete(request.UploadId);
    }

    private async Task<bool> CancelAsync(CancelUpload request, Actor actor, CancellationToken ct)
    {
        await db.OwnCaseAsync(request.CaseId, actor, ct);
        db.Uploads.Remove(await db.Uploads.SingleOrDefaultAsync(u => u.Id == request.UploadId && u.CaseId == request.CaseId, ct) ?? throw new NotFoundException());
        return true;
    }
}
