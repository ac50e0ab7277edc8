using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Accounts.Edit;

/// <summary>One account: name and address, and the switches an administrator has.</summary>
[Authorize(Policy = Roles.Admin)]
public sealed class AccountModel(
    AccountQuery query, UpdateAccountHandler update, DisableAccountHandler disable, EnableAccountHandler enable, UnlockAccountHandler unlock,
    ResetPasswordHandler reset, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public UpdateAccount Input { get; set; } = new();

    public AccountView Account { get; private set; } = null!;

    /// <summary>The new initial password, shown once.</summary>
    public string? NewPassword { get; private set; }

    public bool IsOwn => Account.User.Id == actor.Value.UserId;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input = new UpdateAccount { Name = Account.User.DisplayName, Email = Account.User.Email, Version = Account.Version };
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () => Done(await update.HandleAsync(Id, Input, actor.Value, IdempotencyKey, ct), "账号已保存。"), ct, "Input.");

    public Task<IActionResult> OnPostDisableAsync(CancellationToken ct) => RunAsync(
        async () => Done(await disable.HandleAsync(Switch(), actor.Value, ct), "账号已停用，API 令牌已失效，已登录的页面在一分钟内退出。"), ct);

    public Task<IActionResult> OnPostEnableAsync(CancellationToken ct) => RunAsync(
        async () => Done(await enable.HandleAsync(Switch(), actor.Value, ct), "账号已启用。"), ct);

    public Task<IActionResult> OnPostUnlockAsync(CancellationToken ct) => RunAsync(
        async () => Done(await unlock.HandleAsync(Switch(), actor.Value, ct), "账号已解锁。"), ct);

    public Task<IActionResult> OnPostResetAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            NewPassword = await reset.HandleAsync(Switch(), actor.Value, ct);
            if (NewPassword is null)
            {
                return Done(Id, "密码刚才已经重置，新密码已显示过一次。没有记下时，请再重置。");
            }

            await LoadAsync(ct);
            ModelState.Clear();
            Input = new UpdateAccount { Name = Account.User.DisplayName, Email = Account.User.Email, Version = Account.Version };
            return Page();
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Account = await query.ExecuteAsync(Id, ct);
        if (Response.StatusCode == StatusCodes.Status409Conflict)
        {
            Input.Version = Account.Version;
        }

        // A refused switch brings no name along.
        Input.Name ??= ModelState.ContainsKey("Input.Name") ? null : Account.User.DisplayName;
        Input.Email ??= ModelState.ContainsKey("Input.Email") ? null : Account.User.Email;
    }

    private SwitchAccount Switch() => new(Id, Input.Version, IdempotencyKey);

    private LocalRedirectResult Done(Guid id, string text)
    {
        TempData.Success(text);
        return LocalRedirect($"/admin/accounts/{id}");
    }
}
