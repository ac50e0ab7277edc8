using Applications.Data.Accounts;
using Applications.Domain.Accounts;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Navigation;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Applications.Web.Features.Approvals.Act;

/// <summary>What can be done with a case or batch besides deciding it: each act a form of its own, with what follows from it.</summary>
public sealed class ActModel(ApprovalOptionsQuery query, ActOnFlowHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public string Act { get; set; } = string.Empty;

    [BindProperty]
    public Guid? ItemId { get; set; }

    [BindProperty]
    public Guid? Version { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public Guid? Person { get; set; }

    [BindProperty]
    public SignerPosition? Position { get; set; }

    [BindProperty]
    public string? Target { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    public ApprovalDesk Desk { get; private set; } = null!;

    public Actor Me => actor.Value;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var stands = await handler.HandleAsync(new ActOnFlow(Id, Act, ItemId, Version, Reason, Person, Position, Target, Outcome, IdempotencyKey), actor.Value, ct);
            TempData.Success($"已办理：{Words(Act).Done}。目前环节：{stands}。");
            return LocalRedirect((await query.ExecuteAsync(Id, actor.Value, ct)).Href);
        },
        ct);

    /// <summary>Those who may be chosen for <paramref name="option"/>.</summary>
    public IEnumerable<SelectListItem> People(ApprovalOption option)
    {
        ArgumentNullException.ThrowIfNull(option);
        return Desk.Colleagues.Where(u => option.Act != ApprovalActs.Reassign || u.Holder == option.Item!.Holder).Select(Choice);
    }

    /// <summary>What each act is called when it is done, and what follows from it.</summary>
    public static (string Done, string Means, bool IsGrave) Words(string act) => act switch
    {
        ApprovalActs.Recall => ("撤回", "下一环节尚未办理、结果也未对外发出时，可以收回自己刚才的决定，事项回到您手中，期限不变。", false),
        ApprovalActs.SendBack => ("退回", "事项回到所选环节，从那里重新逐级办理；此后的审签意见须重新作出，并行的其他办理同时终止。", true),
        ApprovalActs.Reassign => ("转办", "把这件待办交给同一岗位的一位同事，由其一人办理，系统会通知对方。", false),
        ApprovalActs.AddSigner => ("加签", "请一位同事一并签署。前加签：对方先签，您再办理；并行加签：双方都办完才生效；后加签：您办完后对方再签。对方不同意时退回给您。", false),
        ApprovalActs.Sign => ("签署", "您的意见将记入办理记录。", false),
        ApprovalActs.Urge => ("催办", "向办理人发送一封催办邮件。同一事项每天一次，最多三次。", false),
        ApprovalActs.Suspend => ("中止办理", "中止期间任何人不能办理，时限停止计算；恢复后从原处继续，按工作日计的期限相应顺延。", true),
        ApprovalActs.Resume => ("恢复办理", "从中止时所在的环节继续，按工作日计的期限按中止天数顺延。", false),
        ApprovalActs.Terminate => ("终止办理", "本件就此办结，不能恢复；推荐期内占用的名额退还所在市。", true),
        _ => (string.Empty, string.Empty, false),
    };

    protected override async Task LoadAsync(CancellationToken ct) => Desk = await query.ExecuteAsync(Id, actor.Value, ct);

    private static SelectListItem Choice(AppUser user) => new($"{user.DisplayName}（{Navigation.RoleLabel(user.Role)}）", user.Id.ToString());
}
