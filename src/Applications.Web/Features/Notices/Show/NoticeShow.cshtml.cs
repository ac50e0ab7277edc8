using Applications.Data;
using Applications.Domain.Batches;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Notices.Show;

/// <summary>One notice, as a document.</summary>
[AllowAnonymous]
public sealed class NoticeShowModel(NoticeShowQuery query) : PageModel
{
    public NoticePage Document { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken ct)
    {
        if (await query.ExecuteAsync(slug, ct) is not { } found)
        {
            return NotFound();
        }

        Document = found;
        return Page();
    }
}

public sealed record NoticePage(Notice Notice, string DocumentNumber);

/// <summary>A notice by the last part of its address.</summary>
public sealed class NoticeShowQuery(ApplicationsDbContext db, TimeProvider clock)
{
    public Task<NoticePage?> ExecuteAsync(string slug, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return (
        from notice in db.Notices.AsNoTracking()
        join batch in db.Batches on notice.BatchId equals batch.Id
        where notice.Slug == slug && notice.PublishedAt <= now
        select new NoticePage(notice, batch.DocumentNumber)).SingleOrDefaultAsync(ct);
    }
}
