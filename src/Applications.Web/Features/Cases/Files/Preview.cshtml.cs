using Applications.Data.Trail;
using Applications.Web.Files;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Cases.Files;

/// <summary>
/// Shows a PDF in a tab of its own, by the browser's reader. Only what was recognised as a PDF by its content is given out this way, under that type and no
/// other (nosniff), where nothing of ours can frame it or be reached from it; every other kind is downloaded.
/// </summary>
public sealed class PreviewModel(AttachmentQuery query, IFileStore store, FileScans scans, CurrentActor actor, AuditWriter audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid fileId, CancellationToken ct)
    {
        var file = await query.ExecuteAsync(id, fileId, actor.Value, ct);
        if (file.ContentType != FileKinds.Pdf || !scans.MayShow(file))
        {
            return LocalRedirect($"/cases/{id}/files/{fileId}");
        }

        if (store.Open(file.Sha256) is not { } content)
        {
            return NotFound();
        }

        await audit.WriteAsync(actor.Value, "view-attachment", ("case", id), ct, file.FileName);
        SecurityHeaders.ForPdf(Response, file.FileName);
        return new FileStreamResult(content, FileKinds.Pdf) { EnableRangeProcessing = true };
    }
}
