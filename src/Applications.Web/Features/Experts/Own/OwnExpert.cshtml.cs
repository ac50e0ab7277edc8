using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Experts;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Experts.Own;

/// <summary>The expert's own page: where he stands, his data, his leave.</summary>
[Authorize(Policy = Roles.Expert)]
public sealed class OwnExpertModel(OwnExpertQuery query, UpdateExpertHandler handler, TakeLeaveHandler leave, IOptions<PoolRules> rules, TimeProvider clock, CurrentActor actor) : CommandPage, IExpertForm
{
    [BindProperty]
    public ExpertInput Input { get; set; } = new();

    [BindProperty]
    public Guid Version { get; set; }

    [BindProperty]
    public List<IFormFile> Uploads { get; set; } = [];

    [BindProperty]
    public LeaveInput Leave { get; set; } = new();

    public Expert Expert { get; private set; } = null!;

    public IReadOnlyList<ExpertFile> Files { get; private set; } = [];

    public ExpertSecrets? Masks => Expert.Secrets;

    public PoolRules Rules => rules.Value;

    public DateOnly Today { get; } = Domain.Calendars.ChinaTime.Today(clock);

    public ExpertStatus Status => Expert.StatusOn(Today);

    /// <summary>A refused or removed expert's data are closed.</summary>
    public bool CanEdit => Expert.Status is not (ExpertStatus.Refused or ExpertStatus.Removed);

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input = ExpertInput.Of(Expert);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Only("Leave.");
        return RunAsync(
            async () =>
            {
                await handler.HandleAsync(new UpdateExpert(Input, Uploads, Version, IdempotencyKey), actor.Value, ct);
                await LoadAsync(ct);
                TempData.Success(Expert.Asked is null ? "信息已保存，更新日期为今天。" : "信息已保存，更新日期为今天；职称、专业等入库条件的变更待专家库管理部门核对。");
                return LocalRedirect("/expert");
            },
            ct);
    }

    public Task<IActionResult> OnPostLeaveAsync(CancellationToken ct) => LeaveAsync(() => leave.HandleAsync(new TakeLeave(Leave.From, Leave.To, Leave.Reason, IdempotencyKey), actor.Value, ct), "请假已登记，期间不会被抽取。", ct);

    public Task<IActionResult> OnPostCancelLeaveAsync(DateOnly from, CancellationToken ct) => LeaveAsync(() => leave.CancelAsync(new CancelLeave(from, IdempotencyKey), actor.Value, ct), "请假已取消。", ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        (Expert, Files) = await query.ExecuteAsync(actor.Value.ScopeId!.Value, ct);
        if (!Request.HasFormContentType || Request.Query.ContainsKey("handler") || Response.StatusCode == StatusCodes.Status409Conflict)
        {
            Version = Expert.Version;
        }
    }

    private async Task<IActionResult> LeaveAsync(Func<Task<bool>> command, string done, CancellationToken ct)
    {
        Only("Input.");
        var answer = await RunAsync(
            async () =>
            {
                await command();
                TempData.Success(done);
                return LocalRedirect("/expert#leave");
            },
            ct,
            "Leave.");
        if (Expert is not null)
        {
            Input = ExpertInput.Of(Expert);
        }

        return answer;
    }

    /// <summary>Two forms share the page: what the other one did not post is no fault of this one.</summary>
    private void Only(string otherPrefix)
    {
        foreach (var key in ModelState.Keys.Where(k => k.StartsWith(otherPrefix, StringComparison.Ordinal)).ToList())
        {
            ModelState.Remove(key);
        }
    }
}

/// <summary>Days away as they are typed.</summary>
public sealed class LeaveInput
{
    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public string? Reason { get; set; }
}

/// <summary>The expert himself, with his documents.</summary>
public sealed class OwnExpertQuery(ApplicationsDbContext db)
{
    public async Task<(Expert Expert, IReadOnlyList<ExpertFile> Files)> ExecuteAsync(Guid id, CancellationToken ct) => (
        await db.Experts.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct) ?? throw new NotFoundException(),
        await db.ExpertFiles.AsNoTracking().Where(f => f.ExpertId == id).OrderBy(f => f.AddedAt).ToListAsync(ct));
}
