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

    [BindProperty(SupportsGet = true)]
    public Guid? BeforeId { get; set; }

    public IReadOnlyList<WorkItem> Items { get; private set; } = [];

    public string? NextHref { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Items, var more) = await query.ExecuteAsync(actor.Value, Before is { } ticks && BeforeId is { } id ? (ticks, id) : null, ct);
        NextHref = more ? $"/desk/done?before={Items[^1].ClosedAt!.Value.Ticks}&beforeId={Items[^1].Id}" : null;
    }
}

/// <summary>Closed items of one desk by key.</summary>
public sealed class DoneQuery(ApplicationsDbContext db)
{
    private const int PageSize = 50;

    /// <param name="before">UTC ticks and id of the last item of the page before.</param>
    public async Task<(IReadOnlyList<WorkItem> Items, bool More)> ExecuteAsync(Actor actor, (long Ticks, Guid Id)? before, CancellationToken ct)
    {
        var items = db.WorkItems.AsNoTracking().Where(w => (w.Holder == actor.Holder || w.ClosedBy == actor.UserId) && w.ClosedAt != null);
        if (before is { Ticks: > 0 } key && key.Ticks < DateTime.MaxValue.Ticks)
        {
            var moment = new DateTime(key.Ticks, DateTimeKind.Utc);
            items = items.Where(w => w.ClosedAt < moment || (w.ClosedAt == moment && w.Id.CompareTo(key.Id) < 0));
        }

        var page = await items.OrderByDescending(w => w.ClosedAt).ThenByDescending(w => w.Id).Take(PageSize + 1).ToListAsync(ct);
        return page.Count > PageSize ? (page[..PageSize], true) : (page, false);
    }
}
