using Applications.Data;
using Applications.Data.Experts;
using Applications.Domain.Accounts;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Experts.Register;

/// <summary>入库申请: by the expert himself, or by the enterprise or bureau that is signed in.</summary>
[AllowAnonymous]
public sealed class RegisterExpertModel(RegisterExpertHandler handler, RecommendedExpertsQuery recommended, IOptions<PoolRules> rules, CurrentActor actor) : CommandPage, IExpertForm
{
    [BindProperty]
    public ExpertInput Input { get; set; } = new();

    [BindProperty]
    public ExpertAccount Account { get; set; } = new();

    [BindProperty]
    public bool Promised { get; set; }

    [BindProperty]
    public List<IFormFile> Uploads { get; set; } = [];

    /// <summary>Who recommends; null for an expert who registers himself.</summary>
    public Actor? Recommender => User.Identity?.IsAuthenticated == true && actor.Value.Is(Roles.Applicant, Roles.City, Roles.County) ? actor.Value : null;

    /// <summary>Somebody is signed in who can do neither.</summary>
    public bool IsOther => User.Identity?.IsAuthenticated == true && Recommender is null;

    public IReadOnlyList<RecommendedExpert> Recommended { get; private set; } = [];

    public PoolRules Rules => rules.Value;

    public ExpertSecrets? Masks => null;

    public IReadOnlyList<ExpertFile> Files => [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) => IsOther ? LocalRedirect("/account/register-expert") : await RunAsync(
        async () =>
        {
            var by = Recommender;
            await handler.HandleAsync(new RegisterExpert(Input, by is null ? Account : null, Promised, Uploads), by, HttpContext.Connection.RemoteIpAddress?.ToString(), IdempotencyKey, ct);
            TempData.Success(by is null ? "申请已提交，由专家库管理部门审核。登录后可查看进度。" : "推荐已提交，由专家库管理部门审核。");
            return LocalRedirect(by is null ? "/account/login?returnUrl=/expert" : "/account/register-expert");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => Recommended = Recommender is { ScopeId: { } scope } ? await recommended.ExecuteAsync(scope, ct) : [];
}

public sealed record RecommendedExpert(string Name, string Title, ExpertStatus Status, string? Note, DateTime At);

/// <summary>Whom an organisation recommended, and what came of it.</summary>
public sealed class RecommendedExpertsQuery(ApplicationsDbContext db)
{
    public async Task<IReadOnlyList<RecommendedExpert>> ExecuteAsync(Guid recommender, CancellationToken ct) => await db.Experts.AsNoTracking()
        .Where(e => e.RecommenderId == recommender).OrderByDescending(e => e.AppliedAt).Take(50)
        .Select(e => new RecommendedExpert(e.Name, e.Title, e.Status, e.DecisionNote, e.AppliedAt)).ToListAsync(ct);
}
