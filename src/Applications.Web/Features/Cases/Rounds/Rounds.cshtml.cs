using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Cases.Rounds;

/// <summary>The history of a case's filings, and any two of them compared.</summary>
public sealed class RoundsModel(RoundsQuery query, CurrentActor actor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The earlier filing of the two; the last but one unless told.</summary>
    [BindProperty(SupportsGet = true)]
    public int? From { get; set; }

    /// <summary>The later filing; the last unless told.</summary>
    [BindProperty(SupportsGet = true)]
    public int? To { get; set; }

    public RoundsView View { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, From, To, actor.Value, ct);
}
