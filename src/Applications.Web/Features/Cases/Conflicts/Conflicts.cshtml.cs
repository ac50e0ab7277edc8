using Applications.Domain.Accounts;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Cases.Conflicts;

/// <summary>回避核查 of a case: who sits on its panel, who may not, by which rule and fact.</summary>
[Authorize(Policy = AccountSetup.Policies.Department)]
public sealed class ConflictsModel(ConflictsQuery query, RecordConflictHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Guid ReviewId { get; set; }

    /// <summary>By review: what was typed.</summary>
    [BindProperty]
    public Dictionary<Guid, string?> Reasons { get; set; } = [];

    public ConflictsView View { get; private set; } = null!;

    public Actor Me => actor.Value;

    public bool MayRecord => View.IsReviewed && Me.Is(Roles.Officer, Roles.Inspector);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            if (await handler.HandleAsync(new RecordConflict(Id, ReviewId, Reasons.GetValueOrDefault(ReviewId), IdempotencyKey), Me, ct))
            {
                TempData.Success("已记录回避，该专家的评分不再计入，替补专家已确定。");
            }
            else
            {
                TempData.Warning("已记录回避，该专家的评分不再计入；专家库中没有符合回避要求的替补，请补充专家库后增补。");
            }

            return LocalRedirect($"/cases/{Id}/conflicts");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, Me, ct);
}
