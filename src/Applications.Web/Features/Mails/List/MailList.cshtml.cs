using Applications.Data;
using Applications.Data.Outbox;
using Applications.Domain.Calendars;
using Applications.Domain.Workflow;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Mails.List;

/// <summary>The ledger: which mail went to whom and why, with its text.</summary>
[Authorize(Roles = $"{Roles.Officer},{Roles.Admin}")]
public sealed class MailListModel(MailListQuery query) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public IReadOnlyList<MailMessage> Mails { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Mails = await query.ExecuteAsync(Q, ct);
}

/// <summary>The latest mails that fit. Letters to experts whose names are still sealed stay out: they would name them.</summary>
public sealed class MailListQuery(ApplicationsDbContext db, TimeProvider clock)
{
    public Task<List<MailMessage>> ExecuteAsync(string? search, CancellationToken ct)
    {
        var today = ChinaTime.Today(clock);
        var mails = db.Mails.AsNoTracking().Where(m => !db.Reviews.Any(r => (r.CaseId == m.SubjectId || r.BatchId == m.SubjectId) && db.Users.Any(u => u.Id == m.UserId && u.ScopeId == r.ExpertId)
            && (db.Draws.Any(d => d.Id == r.DrawId && d.SessionOn > today) || db.Assignments.Any(a => a.Id == r.AssignmentId && a.SessionOn > today))));
        if (!string.IsNullOrWhiteSpace(search))
        {
            var text = search.Trim();
            mails = mails.Where(m => m.Subject.Contains(text) || m.ToAddress.Contains(text) || m.ToName.Contains(text));
        }

        return mails.OrderByDescending(m => m.CreatedAt).Take(100).ToListAsync(ct);
    }
}
