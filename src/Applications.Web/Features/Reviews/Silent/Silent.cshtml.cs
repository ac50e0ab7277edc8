using Applications.Data.Calendars;
using Applications.Domain.Accounts;
using Applications.Domain.Workflow;
using Applications.Web.Features.Draws;
using Applications.Web.Features.Draws.Supplement;
using Applications.Web.Features.Reviews.Replace;
using Applications.Web.Features.Reviews.Urge;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Reviews.Silent;

/// <summary>逾期未评: who has not scored yet, one press to give his seat to the next reserve, and a supplementary draw where none is left.</summary>
[Authorize(Policy = AccountSetup.Policies.Department)]
public sealed class SilentModel(SilentQuery query, ReplaceSilentHandler replace, ReplaceExpertHandler replaceAll, RequestSupplementHandler supplement, UrgeExpertsHandler urge, CalendarSource calendars, CurrentActor actor, TimeProvider clock) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Guid CaseId { get; set; }

    [BindProperty]
    public Guid ReviewId { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Whose seats are all to be given up.</summary>
    [BindProperty]
    public Guid? Expert { get; set; }

    [BindProperty]
    public DateOnly? SessionOn { get; set; }

    public SilentView View { get; private set; } = null!;

    public Actor Me => actor.Value;

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public bool MayAct => Me.Is(Roles.Officer);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostReplaceAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await replace.HandleAsync(new ReplaceSilent(CaseId, ReviewId, Reason, Version, IdempotencyKey), Me, ct);
            TempData.Success("已由候补专家替换，并通知其评审。");
            return LocalRedirect($"/admin/batches/{Id}/silent");
        },
        ct);

    public Task<IActionResult> OnPostReplaceAllAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var done = await replaceAll.HandleAsync(new ReplaceExpert(Id, Expert.GetValueOrDefault(), Reason, IdempotencyKey), Me, ct);
            TempData.Success($"已由候补专家接替 {done.Seats} 个席位，并通知其评审。{(done.Left.Count == 0 ? "" : $"{string.Join("、", done.Left)}的备选专家已用完，席位未变，请提出补充抽取。")}");
            return LocalRedirect($"/admin/batches/{Id}/silent");
        },
        ct);

    public Task<IActionResult> OnPostUrgeAsync(Guid? seat, CancellationToken ct) => RunAsync(
        async () =>
        {
            TempData.Success($"已向 {await urge.HandleAsync(new UrgeExperts(Id, seat, IdempotencyKey), Me, ct)} 位专家发送催办邮件。");
            return LocalRedirect($"/admin/batches/{Id}/silent");
        },
        ct);

    public Task<IActionResult> OnPostSupplementAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var requested = await supplement.HandleAsync(new RequestSupplement(Id, SessionOn, IdempotencyKey), Me, ct);
            TempData.Success($"补充抽取申请 {requested.Number} 已提交，等待专家库管理处室或处长批准。");
            return LocalRedirect($"/draws/{requested.Id}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        View = await query.ExecuteAsync(Id, Me, ct);
        SessionOn ??= SessionDays.Proposed(await calendars.GetAsync(ct), Domain.Calendars.ChinaTime.Today(clock));
    }
}
