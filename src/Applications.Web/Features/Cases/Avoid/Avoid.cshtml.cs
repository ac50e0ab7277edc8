using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Avoid;

/// <summary>申请专家回避, by the applicant.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class AvoidModel(AvoidQuery query, AvoidExpertsHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public List<AvoidanceRow> Rows { get; set; } = [];

    public AvoidView View { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Rows = [.. View.Avoidances.Select(a => new AvoidanceRow { Name = a.Name, Employer = a.Employer, Reason = a.Reason })];
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Rows.RemoveAll(r => r is null || r.IsEmpty);
        return RunAsync(
            async () =>
            {
                var count = await handler.HandleAsync(new AvoidExperts(Id, Rows, IdempotencyKey), actor.Value, ct);
                TempData.Success(count == 0 ? "已清空回避申请。" : $"已保存 {count} 名专家的回避申请。");
                return LocalRedirect($"/cases/{Id}/avoid");
            },
            ct);
    }

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, actor.Value, ct);
}

/// <param name="IsOpen">The panel is not chosen yet.</param>
public sealed record AvoidView(string Enterprise, IReadOnlyList<Avoidance> Avoidances, bool IsOpen);

/// <summary>Whom an application asks not to have.</summary>
public sealed class AvoidQuery(ApplicationsDbContext db)
{
    public async Task<AvoidView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct) => await db.Applications.AsNoTracking().VisibleTo(db, actor).Where(a => a.Id == id)
        .Select(a => new AvoidView(a.EnterpriseName, a.Avoidances, a.Result == null && !db.Reviews.Any(r => r.CaseId == a.Id))).SingleOrDefaultAsync(ct) ?? throw new NotFoundException();
}
