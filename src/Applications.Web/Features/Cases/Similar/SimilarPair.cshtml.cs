using Applications.Data.Similarity;
using Applications.Domain.Accounts;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Cases.Similar;

/// <summary>Two applications side by side, and the officer's word on them.</summary>
public sealed class SimilarPairModel(SimilarQuery query, JudgeSimilarityHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid OtherId { get; set; }

    [BindProperty]
    public SimilarityVerdict? Verdict { get; set; }

    [BindProperty]
    public string? Word { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public SimilarPairView View { get; private set; } = null!;

    public Actor Me => actor.Value;

    public bool MayJudge => Me.Role == Roles.Officer;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        (Verdict, Word) = (View.Line.Pair.Verdict, View.Line.Pair.Word);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await handler.HandleAsync(new JudgeSimilarity(Id, OtherId, Verdict, Word, Version, IdempotencyKey), actor.Value, ct);
            TempData.Success($"已记录核查结论：{SimilarityWords.Of(Verdict)}。");
            return LocalRedirect($"/cases/{Id}/similar/{OtherId}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.PairAsync(Id, OtherId, actor.Value, ct);
}
