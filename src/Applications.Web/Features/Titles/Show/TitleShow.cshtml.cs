using Applications.Domain.Accounts;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Titles.Show;

/// <summary>A title after its announcement: what was handed in, what was decided, what waits for the reader.</summary>
[Authorize(Roles = $"{Roles.Applicant},{Roles.Officer},{Roles.Head},{Roles.Leader},{Roles.Inspector}")]
public sealed class TitleShowModel(
    TitleShowQuery query, HandInReportHandler report, DecideTitleHandler decide, OpenRevocationHandler revoke, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Guid ItemId { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Ground { get; set; }

    [BindProperty]
    public string? Facts { get; set; }

    public TitleView View { get; private set; } = null!;

    public Actor Me => actor.Value;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostReportAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await report.HandleAsync(new HandInReport(Id, ItemId, Text, Version, IdempotencyKey), actor.Value, ct);
            return Done("已报送，省工业和信息化厅将审阅。");
        },
        ct);

    public Task<IActionResult> OnPostDecideAsync(CancellationToken ct) => RunAsync(
        async () => Done($"已办理。目前环节：{await decide.HandleAsync(new DecideTitle(Id, ItemId, Outcome, Reason, Version, IdempotencyKey), actor.Value, ct)}。"), ct);

    public Task<IActionResult> OnPostRevokeAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await revoke.HandleAsync(new OpenRevocation(Id, Ground, Facts, IdempotencyKey), actor.Value, ct);
            return Done("已发起撤销，请核实后报处长审签。");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, actor.Value, ct);

    private LocalRedirectResult Done(string text)
    {
        TempData.Success(text);
        return LocalRedirect($"/titles/{Id}");
    }
}
