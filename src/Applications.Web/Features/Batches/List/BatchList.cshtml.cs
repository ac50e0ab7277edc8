using Applications.Data;
using Applications.Domain.Batches;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.List;

/// <summary>Every batch, newest first.</summary>
[Authorize(Policy = AccountSetup.Policies.Department)]
public sealed class BatchListModel(BatchListQuery query) : PageModel
{
    public IReadOnlyList<Batch> Batches { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Batches = await query.ExecuteAsync(ct);
}

/// <summary>The latest hundred batches.</summary>
public sealed class BatchListQuery(ApplicationsDbContext db)
{
    public Task<List<Batch>> ExecuteAsync(CancellationToken ct) => db.Batches.AsNoTracking().OrderByDescending(b => b.OpensAt).Take(100).ToListAsync(ct);
}
