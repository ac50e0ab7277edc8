using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Web.Features.Cases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Evidences.Use;

public sealed record UseEvidence(Guid CaseId, string FieldKey, Guid EvidenceId, Guid IdempotencyKey);

/// <summary>Gives a document of the locker with an application: an attachment of the same content, which is not stored again.</summary>
public sealed class UseEvidenceHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions)
{
    /// <exception cref="RuleBrokenException"><c>not-open-for-editing</c>, <c>file-kind</c>, <c>too-many-files</c>, <c>already-used</c>.</exception>
    public Task<Guid> HandleAsync(UseEvidence request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "use-evidence", ("case", request.CaseId), c => UseAsync(request, actor, c), ct);
    }

    private async Task<Guid> UseAsync(UseEvidence request, Actor actor, CancellationToken ct)
    {
        var (application, batch, item) = await db.FilingAsync(request.CaseId, actor, ct);
        item.RequireOpen();
        var field = definitions.Form(batch.FormId).FindField(request.FieldKey) is { Kind: FieldKind.Files } found ? found : throw new NotFoundException();
        var evidence = await db.Evidence.OwnedBy(actor).SingleOrDefaultAsync(e => e.Id == request.EvidenceId, ct) ?? throw new NotFoundException();
        if (!Fits(field, evidence.FileName))
        {
            throw new RuleBrokenException("file-kind", $"“{field.Label}”只接受 {string.Join("、", field.Accept)} 文件。");
        }

        var there = await db.Attachments.Where(a => a.CaseId == request.CaseId && a.FieldKey == field.Key && a.RemovedAt == null).ToListAsync(ct);
        if (there.Exists(a => a.Sha256 == evidence.Sha256))
        {
            throw new RuleBrokenException("already-used", $"“{field.Label}”中已有这份材料。");
        }

        var older = there.Find(a => a.FileName == evidence.FileName);
        if (older is null && there.Count >= field.MaxCount)
        {
            throw new RuleBrokenException("too-many-files", $"“{field.Label}”最多上传 {field.MaxCount} 个文件，请先删除不需要的。");
        }

        var attachment = new Attachment
        {
            Id = Guid.CreateVersion7(),
            CaseId = request.CaseId,
            FieldKey = field.Key,
            FileName = evidence.FileName,
            ContentType = evidence.ContentType,
            Size = evidence.Size,
            Sha256 = evidence.Sha256,
            Pages = evidence.Pages,
            AddedAt = host.Now,
            AddedBy = actor.Name,
        };
        older?.GiveWayTo(attachment.Id, attachment.AddedAt, application.FilingRound);
        db.Attachments.Add(attachment);
        return attachment.Id;
    }

    /// <summary>Whether the field accepts files of this name.</summary>
    internal static bool Fits(FieldDefinition field, string fileName) => field.Accept.Any(e => fileName.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
