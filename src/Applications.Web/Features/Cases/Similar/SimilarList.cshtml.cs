using Applications.Domain.Accounts;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Cases.Similar;

/// <summary>Earlier applications that share words with a case.</summary>
public sealed class SimilarListModel(SimilarQuery query, CurrentActor actor) : PageModel
{
    public SimilarView View { get; private set; } = null!;

    public Actor Me => actor.Value;

    public async Task OnGetAsync(Guid id, CancellationToken ct) => View = await query.ListAsync(id, actor.Value, ct);
}
