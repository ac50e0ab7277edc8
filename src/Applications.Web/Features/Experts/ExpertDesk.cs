using Applications.Data.Commands;
using Applications.Data.Experts;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Identifiers;
using Applications.Domain.Workflow;
using Applications.Web.Features.Cases.Files;
using Applications.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Experts;

/// <summary>What the pool's handlers share.</summary>
internal static class ExpertDesk
{
    private const int MostFiles = 10;
    private const int MostBytes = 20 * 1024 * 1024;
    private static readonly string[] Kinds = [".pdf", ".jpg", ".jpeg", ".png"];

    /// <summary>Those whose data the actor may see: the department and the pool's office see all, an expert himself.</summary>
    public static IQueryable<Expert> VisibleTo(this IQueryable<Expert> experts, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var scope = actor.ScopeId;
        return actor.IsDepartment || actor.Is(Roles.Pool) ? experts
            : actor.Role == Roles.Expert ? experts.Where(e => e.Id == scope)
            : experts.Where(_ => false);
    }

    /// <summary>The row to change, tracked.</summary>
    public static async Task<Expert> OfAsync(this IQueryable<Expert> experts, Guid id, Actor actor, CancellationToken ct) =>
        await experts.VisibleTo(actor).SingleOrDefaultAsync(e => e.Id == id, ct) ?? throw new NotFoundException();

    /// <summary>Puts what was typed of phone, identity and bank into the row, encrypted; what was left empty stays.</summary>
    public static void KeepSecrets(this PersonalSecrets box, Expert expert, ExpertInput input)
    {
        ArgumentNullException.ThrowIfNull(box);
        var identity = ResidentId.Normalise(input.Identity);
        expert.Keep(
            expert.Secrets with
            {
                Phone = Of(SecretKind.Phone, input.Phone?.Trim()) ?? expert.Secrets.Phone,
                Identity = Of(SecretKind.Identity, identity) ?? expert.Secrets.Identity,
                Bank = Of(SecretKind.Bank, input.Bank?.Trim()) ?? expert.Secrets.Bank,
            },
            identity is null ? expert.IdentityKey : box.IndexOf(identity));

        Sealed? Of(SecretKind kind, string? value) => string.IsNullOrEmpty(value) ? null : box.Seal(expert.Id, kind, value);
    }

    /// <summary>Stores uploads, recognised by their content; the rows are for the handler to add.</summary>
    /// <exception cref="RuleBrokenException"><c>too-many-files</c>, <c>file-kind</c>, <c>file-empty</c>, <c>file-too-large</c>.</exception>
    public static async Task<IReadOnlyList<ExpertFile>> StoreAsync(this IFileStore store, Guid expertId, IReadOnlyList<IFormFile> uploads, string by, DateTime at, CancellationToken ct)
    {
        if (uploads.Count > MostFiles)
        {
            throw new RuleBrokenException("too-many-files", $"一次最多上传 {MostFiles} 个文件。", "Uploads");
        }

        var files = new List<ExpertFile>();
        foreach (var upload in uploads)
        {
            var name = Path.GetFileName(upload.FileName.Replace('\\', '/'));
            await using var content = upload.OpenReadStream();
            var kind = await FileKinds.RecogniseAsync(name, content, Kinds, "Uploads", ct);
            try
            {
                var kept = await store.SaveAsync(content, MostBytes, ct);
                files.Add(new ExpertFile
                {
                    Id = Guid.CreateVersion7(),
                    ExpertId = expertId,
                    FileName = name.Length > 200 ? name[^200..] : name,
                    ContentType = kind,
                    Size = kept.Size,
                    Sha256 = kept.Sha256,
                    AddedAt = at,
                    AddedBy = by,
                });
            }
            catch (FileTooLargeException e)
            {
                throw new RuleBrokenException("file-too-large", $"“{name}”：{e.Message}", "Uploads");
            }
        }

        return files;
    }
}
