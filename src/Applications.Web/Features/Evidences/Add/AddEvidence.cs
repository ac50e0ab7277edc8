using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Enterprises;
using Applications.Domain.Workflow;
using Applications.Web.Features.Cases.Files;
using Applications.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Evidences.Add;

public sealed record AddEvidence(EvidenceKind? Kind, string? Title, DateOnly? ValidUntil, string FileName, Stream? Content, Guid IdempotencyKey);

/// <summary>Puts a document into the enterprise's locker; the same content stands there once.</summary>
public sealed class AddEvidenceHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, IFileStore store, UploadLimits limits)
{
    private const int LongestTitle = 100;

    /// <summary>More than an enterprise has documents; keeps one account from filling the disk.</summary>
    private const int Most = 500;

    public static readonly IReadOnlyList<string> Accept = [".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".zip"];

    /// <exception cref="RuleBrokenException"><c>evidence-kind</c>, <c>evidence-title</c>, <c>no-file</c>, <c>file-kind</c>, <c>file-too-large</c>, <c>evidence-exists</c>, <c>too-many-files</c>.</exception>
    public async Task<Guid> HandleAsync(AddEvidence request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var enterprise = actor is { Role: Roles.Applicant, ScopeId: { } own } ? own : throw new NotFoundException();
        var kind = request.Kind is { } given && EvidenceKinds.Labels.ContainsKey(given) ? given : throw new RuleBrokenException("evidence-kind", "请选择材料类别。", "Kind");
        var title = request.Title?.Trim();
        if (string.IsNullOrEmpty(title) || title.Length > LongestTitle)
        {
            throw new RuleBrokenException("evidence-title", $"请填写材料名称，不超过 {LongestTitle} 字，例如“2025年度审计报告”。", "Title");
        }

        var content = request.Content ?? throw new RuleBrokenException("no-file", "请先选择要上传的文件。", "File");
        var name = AddAttachmentHandler.NameOf(request.FileName);
        var type = await FileKinds.RecogniseAsync(name, content, Accept, "File", ct);
        var pages = type == FileKinds.Pdf ? await PdfPages.CountAsync(content, ct) : null;
        StoredFile kept;
        try
        {
            kept = await store.SaveAsync(content, limits.Largest, ct);
        }
        catch (FileTooLargeException e)
        {
            throw new RuleBrokenException("file-too-large", $"“{name}”：{e.Message}", "File");
        }

        var evidence = new Evidence
        {
            Id = Guid.CreateVersion7(),
            EnterpriseId = enterprise,
            Kind = kind,
            Title = title,
            FileName = name,
            ContentType = type,
            Size = kept.Size,
            Sha256 = kept.Sha256,
            Pages = pages,
            ValidUntil = request.ValidUntil,
            AddedAt = host.Now,
            AddedBy = actor.Name,
            Version = Guid.NewGuid(),
        };
        return await pipeline.RunAsync(actor, request.IdempotencyKey, "add-evidence", ("enterprise", enterprise), c => KeepAsync(evidence, c), ct, title);
    }

    private async Task<Guid> KeepAsync(Evidence evidence, CancellationToken ct)
    {
        var there = await db.Evidence.Where(e => e.EnterpriseId == evidence.EnterpriseId && e.RemovedAt == null).Select(e => new { e.Sha256, e.Title }).ToListAsync(ct);
        if (there.Find(e => e.Sha256 == evidence.Sha256) is { } same)
        {
            throw new RuleBrokenException("evidence-exists", $"材料库中已有内容相同的文件“{same.Title}”，无需重复上传。", "File");
        }

        if (there.Count >= Most)
        {
            throw new RuleBrokenException("too-many-files", $"材料库最多存放 {Most} 个文件，请先移出不需要的。", "File");
        }

        db.Evidence.Add(evidence);
        return evidence.Id;
    }
}

public sealed record RemoveEvidence(Guid Id, Guid Version, Guid IdempotencyKey);

/// <summary>Takes a document out of the locker; applications that were given it keep it.</summary>
public sealed class RemoveEvidenceHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline)
{
    public Task<bool> HandleAsync(RemoveEvidence request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "remove-evidence", ("enterprise", actor.ScopeId), c => RemoveAsync(request, actor, c), ct);
    }

    private async Task<bool> RemoveAsync(RemoveEvidence request, Actor actor, CancellationToken ct)
    {
        var evidence = await db.Evidence.OwnedBy(actor).SingleOrDefaultAsync(e => e.Id == request.Id, ct) ?? throw new NotFoundException();
        StaleVersionException.ThrowIfStale(request.Version, evidence.Version, "佐证材料");
        evidence.Remove(host.Now);
        evidence.Version = Guid.NewGuid();
        return true;
    }
}
