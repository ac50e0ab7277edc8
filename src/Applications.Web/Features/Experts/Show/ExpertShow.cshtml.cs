using Applications.Domain.Accounts;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Experts.Show;

/// <summary>An expert as the pool knows him, and what the reader's post may do with him.</summary>
[Authorize(Policy = AccountSetup.Policies.PoolReaders)]
public sealed class ExpertShowModel(ExpertShowQuery query, DecideExpertHandler decide, DisciplineExpertHandler discipline, RevealSecretHandler reveal, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public DisciplineKind? Kind { get; set; }

    [BindProperty]
    public string? Ground { get; set; }

    [BindProperty]
    public string? Facts { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public string? RevealReason { get; set; }

    public ExpertView View { get; private set; } = null!;

    /// <summary>A number in full, once.</summary>
    public (SecretKind Kind, string Value)? Revealed { get; private set; }

    public Actor Me => actor.Value;

    public bool MayAudit => Me.Is(Roles.Inspector);

    public bool IsOffice => Me.Is(Roles.Pool);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostDecideAsync(ExpertDecision decision, CancellationToken ct) => Then(
        () => decide.HandleAsync(new DecideExpert(Id, decision, Note, Version, IdempotencyKey), Me, ct),
        decision switch
        {
            ExpertDecision.Approve => "已入库。",
            ExpertDecision.Return => "已退回补充。",
            ExpertDecision.Refuse => "已记录为不予入库。",
            ExpertDecision.Accept => "信息变更已采纳，即日起按新信息抽取。",
            ExpertDecision.Decline => "已记录为不采纳，仍按原信息使用。",
            _ => "已续聘。",
        },
        ct);

    public Task<IActionResult> OnPostProposeAsync(CancellationToken ct) =>
        Then(() => discipline.HandleAsync(new ProposeMeasure(Id, Kind, Ground, Facts, Until, Version, IdempotencyKey), Me, ct), "已提出，由处长或专家库管理部门另一人确认后生效。", ct);

    public Task<IActionResult> OnPostWithdrawAsync(Guid measureId, CancellationToken ct) =>
        Then(() => discipline.WithdrawAsync(new WithdrawMeasure(Id, measureId, Version, IdempotencyKey), Me, ct), "处理已撤回。", ct);

    public Task<IActionResult> OnPostConfirmAsync(Guid measureId, bool agreed, CancellationToken ct) =>
        Then(() => discipline.ConfirmAsync(new ConfirmMeasure(Id, measureId, agreed, Version, IdempotencyKey), Me, ct), agreed ? "处理已确认生效。" : "已记录为不同意。", ct);

    public async Task<IActionResult> OnPostRevealAsync(SecretKind secret, CancellationToken ct)
    {
        Response.Headers.CacheControl = "no-store";
        return await RunAsync(
            async () =>
            {
                Revealed = (secret, await reveal.HandleAsync(new RevealSecret(Id, secret, RevealReason), Me, ct));
                await LoadAsync(ct);
                return Page();
            },
            ct);
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        View = await query.ExecuteAsync(Id, Me, ct);
        Version = View.Expert.Version;
    }

    private Task<IActionResult> Then<T>(Func<Task<T>> command, string done, CancellationToken ct) => RunAsync(
        async () =>
        {
            await command();
            TempData.Success(done);
            return LocalRedirect($"/experts/{Id}");
        },
        ct);
}
