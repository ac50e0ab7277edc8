using Applications.Domain.Workflow;
using Applications.Web.Features.Approvals;
using Applications.Web.Features.WorkItems.Complete;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Batches.Show;

/// <summary>A batch: where it stands, and the step that waits for the reader.</summary>
[Authorize(Policy = AccountSetup.Policies.Department)]
public sealed class BatchShowModel(
    BatchShowQuery query, DrawSampleHandler sample, ProposeListHandler propose, CompleteWorkItemHandler complete, ApprovalOptionsQuery options, CurrentActor actor, TimeProvider clock) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public List<Guid> Selected { get; set; } = [];

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public Guid ItemId { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public BatchView View { get; private set; } = null!;

    /// <summary>True when the reader decides in another's place.</summary>
    public bool IsInPlace => View.Item is { } item && item.Holder != actor.Value.Holder;

    /// <summary>Whether the reader can do anything besides deciding.</summary>
    public bool HasMore { get; private set; }

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostSampleAsync(CancellationToken ct) => RunAsync(
        async () => Done($"已抽取 {await sample.HandleAsync(new DrawSample(Id, IdempotencyKey), actor.Value, ct)} 个项目进行现场核查。"), ct);

    public Task<IActionResult> OnPostProposeAsync(CancellationToken ct) => RunAsync(
        async () => Done($"拟认定名单（{await propose.HandleAsync(new ProposeList(Id, Selected.ToHashSet(), Note, IdempotencyKey), actor.Value, ct)} 项）已提交处长审签。"), ct);

    public Task<IActionResult> OnPostDecideAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var done = await complete.HandleAsync(new CompleteWorkItem(ItemId, Outcome, Reason, Version, null, null, IdempotencyKey), actor.Value, ct);
            return Done($"已办理：{done.Label}。目前环节：{done.StandsAt}。");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        View = await query.ExecuteAsync(Id, actor.Value, ct);
        HasMore = View.Batch.Result is null && actor.Value.Role != Roles.Inspector && await options.AnyAsync(Id, actor.Value, ct);
    }

    private LocalRedirectResult Done(string text)
    {
        TempData.Success(text);
        return LocalRedirect($"/admin/batches/{Id}");
    }
}
