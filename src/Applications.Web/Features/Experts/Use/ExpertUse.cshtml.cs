using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Experts.Use;

/// <summary>使用统计 of the pool.</summary>
[Authorize(Policy = AccountSetup.Policies.PoolReaders)]
public sealed class ExpertUseModel(ExpertUseQuery query, CurrentActor actor) : PageModel
{
    /// <summary>Bars that are drawn.</summary>
    public const int MostBars = 20;

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public PoolUse View { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) => View = await query.ExecuteAsync(Year, actor.Value, ct);
}
