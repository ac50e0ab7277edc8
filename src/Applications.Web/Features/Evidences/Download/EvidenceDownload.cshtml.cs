using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Workflow;
using Applications.Web.Files;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Evidences.Download;

/// <summary>Gives a document of the reader's own locker out.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class EvidenceDownloadModel(ApplicationsDbContext db, IFileStore store, CurrentActor actor) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var file = await db.Evidence.AsNoTracking().OwnedBy(actor.Value).SingleOrDefaultAsync(e => e.Id == id, ct) ?? throw new NotFoundException();
        return store.Open(file.Sha256) is { } content ? File(content, "application/octet-stream", file.FileName) : NotFound();
    }
}
