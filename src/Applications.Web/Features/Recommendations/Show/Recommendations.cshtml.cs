using Applications.Domain.Accounts;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Recommendations.Show;

/// <summary>Quota, ranking and the recommendation document.</summary>
[Authorize(Policy = AccountSetup.Policies.Recommenders)]
public sealed class RecommendationsModel(RecommendationsQuery query, IssueRecommendationListHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty]
    public string? DocumentNumber { get; set; }

    [BindProperty]
    public Dictionary<Guid, int> Ranks { get; set; } = [];

    public RecommendationsView View { get; private set; } = null!;

    public Actor Me => actor.Value;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(Guid batch, CancellationToken ct) => RunAsync(
        async () =>
        {
            var count = await handler.HandleAsync(new IssueRecommendationList(batch, DocumentNumber ?? string.Empty, Ranks, IdempotencyKey), Me, ct);
            TempData.Success($"推荐名单已印发，共 {count} 项，已报省厅。");
            return LocalRedirect("/recommendations");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Me, ct);
}
