using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Applications.Web.Files;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Files;

/// <summary>Gives an attachment out, never to be shown inside a page.</summary>
public sealed class DownloadModel(AttachmentQuery query, IFileStore store, CurrentActor actor, AuditWriter audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid fileId, CancellationToken ct)
    {
        var file = await query.ExecuteAsync(id, fileId, actor.Value, ct);
        if (store.Open(file.Sha256) is not { } content)
        {
            return NotFound();
        }

        await audit.WriteAsync(actor.Value, "download-attachment", ("case", id), ct, file.FileName);
        return File(content, "application/octet-stream", file.FileName);
    }
}

/// <summary>An attachment of a case the actor may see; what was never filed is the applicant's own, and what is infected is given to nobody.</summary>
public sealed class AttachmentQuery(ApplicationsDbContext db)
{
    public async Task<Attachment> ExecuteAsync(Guid caseId, Guid fileId, Actor actor, CancellationToken ct) =>
        await db.Applications.AsNoTracking().VisibleTo(db, actor).Where(a => a.Id == caseId)
            .Join(db.Attachments, a => a.Id, f => f.CaseId, (a, f) => f)
            .SingleOrDefaultAsync(f => f.Id == fileId && f.Scan != ScanVerdict.Infected && (f.FiledInRound != null || actor.Role == Roles.Applicant), ct) ?? throw new NotFoundException();
}
