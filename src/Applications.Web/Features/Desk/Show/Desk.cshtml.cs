using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Desk.Show;

/// <summary>待办: what waits for the reader, most urgent first.</summary>
public sealed class DeskModel(DeskQuery query, CurrentActor actor, TimeProvider clock) : PageModel
{
    public IReadOnlyList<WorkItem> Items { get; private set; } = [];

    public int Overdue { get; private set; }

    public int Soon { get; private set; }

    public Actor Me => actor.Value;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Items = await query.ExecuteAsync(actor.Value, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        Overdue = Items.Count(i => i.DueAt < now);
        Soon = Items.Count(i => i.DueAt >= now && i.DueAt < now.AddDays(3));
    }

    /// <summary>The page that handles an item.</summary>
    public static string HrefOf(WorkItem item) => item.Task switch
    {
        Tasks.File => $"/cases/{item.CaseId}/edit",
        Tasks.Score => $"/reviews/{item.CaseId}",
        Tasks.CityList => "/recommendations",
        _ => item.CaseId is { } id ? $"/cases/{id}" : $"/admin/batches/{item.BatchId}",
    };
}

/// <summary>Open work items of one desk.</summary>
public sealed class DeskQuery(ApplicationsDbContext db)
{
    private const int Most = 200;

    public Task<List<WorkItem>> ExecuteAsync(Actor actor, CancellationToken ct) => db.WorkItems.AsNoTracking()
        .Where(w => w.Holder == actor.Holder && w.ClosedAt == null)
        .OrderBy(w => w.DueAt == null).ThenBy(w => w.DueAt).ThenBy(w => w.Id)
        .Take(Most)
        .ToListAsync(ct);
}
