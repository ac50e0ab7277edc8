using Applications.Domain.Accounts;
using Applications.Domain.Reviews.Draws;
using Applications.Web.Features.Draws.Decide;
using Applications.Web.Features.Draws.Run;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Draws.Show;

/// <summary>One draw from request to record: what was asked, what was reached, who sits and why, and the step that waits for the reader.</summary>
[Authorize(Policy = AccountSetup.Policies.PoolReaders)]
public sealed class ShowDrawModel(ShowDrawQuery query, DecideDrawHandler decide, RunDrawHandler run, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The panel in which somebody is looked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Panel { get; set; }

    /// <summary>A piece of name or employer.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public AbsenceKind? Why { get; set; }

    /// <summary>The last expert of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty]
    public DrawDecision? Decision { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Witness { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public DrawView View { get; private set; } = null!;

    public Actor Me => actor.Value;

    /// <summary>Who does not sit on a panel; the filter is that of the panel in which somebody is looked for.</summary>
    public AbsentExperts AbsentFrom(string panel) => Panel == panel ? AbsentExperts.Of(View, panel, Q, Why, After) : AbsentExperts.Of(View, panel, null, null, null);

    /// <summary>The page with another filter, at the panel's list.</summary>
    public string AbsentHref(string panel, AbsenceKind? why, string? q = null, string? after = null) =>
        $"/draws/{Id}{QueryString.Create(new List<KeyValuePair<string, string?>> { new("Panel", panel), new("Why", why?.ToString()), new("Q", q), new("After", after) })}#absent-{Uri.EscapeDataString(panel)}";

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostDecideAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var digest = await decide.HandleAsync(new DecideDraw(Id, Decision, Reason, Version, IdempotencyKey), actor.Value, ct);
            TempData.Success(Decision switch
            {
                DrawDecision.Approve => $"已批准并公布抽取承诺，摘要 {digest[..12]}…。现在可以抽取。",
                DrawDecision.Return => "已退回申请人。",
                _ => "已撤回。",
            });
            return LocalRedirect($"/draws/{Id}");
        },
        ct);

    public Task<IActionResult> OnPostRunAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            TempData.Success($"已抽取，{await run.HandleAsync(new RunDraw(Id, Witness, Version, IdempotencyKey), actor.Value, ct)} 个项目的专家已确定。");
            return LocalRedirect($"/draws/{Id}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, actor.Value, ct);
}
