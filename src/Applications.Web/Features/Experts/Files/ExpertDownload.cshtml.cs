using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Experts;
using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Applications.Web.Files;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Experts.Files;

/// <summary>Gives a document of an expert out to those who decide, and to himself.</summary>
public sealed class ExpertDownloadModel(ExpertFileQuery query, IFileStore store, CurrentActor actor, AuditWriter audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid fileId, CancellationToken ct)
    {
        var file = await query.ExecuteAsync(id, fileId, actor.Value, ct);
        if (store.Open(file.Sha256) is not { } content)
        {
            return NotFound();
        }

        await audit.WriteAsync(actor.Value, "download-expert-file", ("expert", id), ct, file.FileName);
        return File(content, "application/octet-stream", file.FileName);
    }
}

/// <summary>A document of an expert the actor may see.</summary>
public sealed class ExpertFileQuery(ApplicationsDbContext db)
{
    public async Task<ExpertFile> ExecuteAsync(Guid id, Guid fileId, Actor actor, CancellationToken ct) =>
        await db.Experts.AsNoTracking().VisibleTo(actor).Where(e => e.Id == id).Join(db.ExpertFiles, e => e.Id, f => f.ExpertId, (e, f) => f).SingleOrDefaultAsync(f => f.Id == fileId, ct)
        ?? throw new NotFoundException();
}
