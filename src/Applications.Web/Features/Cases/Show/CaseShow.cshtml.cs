using Applications.Domain.Accounts;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Applications.Web.Features.Approvals;
using Applications.Web.Features.Reviews.Enlist;
using Applications.Web.Features.Reviews.Reopen;
using Applications.Web.Features.WorkItems.Complete;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Cases.Show;

/// <summary>A case: where it stands, what can be done now, what was filed, what happened.</summary>
public sealed class CaseShowModel(CaseShowQuery query, CompleteWorkItemHandler handler, EnlistExpertHandler enlist, AnswerReopenHandler reopen, ApprovalOptionsQuery options, CurrentActor actor, TimeProvider clock) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Guid ItemId { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Named, or a form without a single mark would be read as one big dictionary.</summary>
    [BindProperty(Name = nameof(Marks))]
    public Dictionary<string, string?> Marks { get; set; } = [];

    [BindProperty]
    public List<string> Checked { get; set; } = [];

    /// <summary><c>changes</c> or <c>all</c>; who decides again sees first what was changed, who has not had the case before sees it whole.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty]
    public string? EnlistReason { get; set; }

    public CaseView View { get; private set; } = null!;

    /// <summary>Whether the reader can do anything besides deciding.</summary>
    public bool HasMore { get; private set; }

    public Actor Me => actor.Value;

    public bool ShowsChanges => View.Changes is not null && (Show ?? (View.Outcomes.Count > 0 && HadItBefore ? "changes" : "all")) == "changes";

    private bool HadItBefore => Me.Role != Roles.Applicant && View.Journal.Any(j => j.ActorRole == Me.Role && j.At < View.Filing!.FiledAt);

    /// <summary>Fields marked while the whole text was shown, which the changes alone have no place for.</summary>
    public IReadOnlyList<FieldDefinition> MarksElsewhere => ShowsChanges
        ? [.. View.Form.Fields.Where(f => f.Kind is not FieldKind.Files && !string.IsNullOrWhiteSpace(Marks.GetValueOrDefault(f.Key))
            && View.Changes!.Fields.All(c => c.Field.Key != f.Key) && !View.Changes.Asked.ContainsKey(f.Key))]
        : [];

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var marks = Marks.Where(m => !string.IsNullOrWhiteSpace(m.Value)).ToDictionary(m => m.Key, m => m.Value!.Trim());
            var done = await handler.HandleAsync(new CompleteWorkItem(ItemId, Outcome, Reason, Version, marks, Checked, IdempotencyKey), actor.Value, ct);
            TempData.Success($"已办理：{done.Label}。目前环节：{done.StandsAt}。");
            return LocalRedirect(Me.Role == Roles.Applicant ? $"/cases/{Id}" : "/desk");
        },
        ct);

    public Task<IActionResult> OnPostEnlistAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await enlist.HandleAsync(new EnlistExpert(Id, EnlistReason, IdempotencyKey), actor.Value, ct);
            TempData.Success("已增补一名专家，并通知其评审。");
            return LocalRedirect($"/cases/{Id}");
        },
        ct);

    public Task<IActionResult> OnPostReopenAsync(Guid reviewId, bool agrees, CancellationToken ct) => RunAsync(
        async () =>
        {
            var given = await reopen.HandleAsync(new AnswerReopen(Id, reviewId, agrees, Version, IdempotencyKey), actor.Value, ct);
            TempData.Success(given ? "已重新打开评分，专家可以修改后再次锁定。" : "已答复不同意，原评分不变。");
            return LocalRedirect($"/cases/{Id}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        View = await query.ExecuteAsync(Id, actor.Value, ct);

        // Officer and head can always stay a running case, so nothing need be asked for them.
        HasMore = View.Application is { Result: null, SubmittedAt: not null } && Me.Role is not (Roles.Expert or Roles.Inspector) && (Me.Is(Roles.Officer, Roles.Head) || await options.AnyAsync(Id, Me, ct));
    }
}
