using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Desk.Done;

/// <summary>已办: what this desk has decided, newest first.</summary>
public sealed class DoneModel(DoneQuery query, CurrentActor actor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<WorkItem> Items { get; private set; } = [];

    public string? NextHref { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Items, var next) = await query.ExecuteAsync(actor.Value, Before, ct);
        NextHref = next is null ? null : $"/desk/done?before={next}";
    }
}

/// <summary>Closed items of one desk by key.</summary>
public sealed class DoneQuery(ApplicationsDbContext db)
{
    private const int PageSize = 50;

    public async Task<(IReadOnlyList<WorkItem> Items, long? Next)> ExecuteAsync(Actor actor, long? before, CancellationToken ct)
    {
        var items = db.WorkItems.AsNoTracking().Where(w => w.Holder == actor.Holder && w.ClosedAt != null);
        if (before is > 0 and var ticks && ticks < DateTime.MaxValue.Ticks)
        {
            var moment = new DateTime(ticks, DateTimeKind.Utc);
            items = items.Where(w => w.ClosedAt < moment);
        }

        var page = await items.OrderByDescending(w => w.ClosedAt).Take(PageSize + 1).ToListAsync(ct);
        return page.Count > PageSize ? (page[..PageSize], page[PageSize - 1].ClosedAt!.Value.Ticks) : (page, null);
    }
}
