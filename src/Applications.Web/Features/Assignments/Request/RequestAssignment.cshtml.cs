using Applications.Data;
using Applications.Data.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Workflow;
using Applications.Web.Features.Draws;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ChinaTime = Applications.Domain.Calendars.ChinaTime;

namespace Applications.Web.Features.Assignments.Request;

/// <summary>The officer asks for experts file by file: how many each, and within which caps.</summary>
[Authorize(Policy = Roles.Officer)]
public sealed class RequestAssignmentModel(RequestAssignmentHandler handler, DrawTargetQuery targets, ApplicationsDbContext db, CalendarSource calendars, CurrentActor actor, TimeProvider clock) : CommandPage
{
    /// <summary>Fields of refusals stand in the form.</summary>
    private const string Prefix = "Form.";

    [BindProperty(SupportsGet = true)]
    public Guid BatchId { get; set; }

    [BindProperty]
    public AssignmentForm Form { get; set; } = new();

    public DrawTarget Target { get; private set; } = null!;

    /// <summary>Why nothing can be asked for now; the form is then not shown.</summary>
    public RoundHindrance? Hindrance { get; private set; }

    public IReadOnlyList<string> Categories { get; private set; } = [];

    public int PoolSize { get; private set; }

    /// <summary>What the files come to for each expert.</summary>
    public LoadShare Share => new(Target.Waiting.Count, Form.PerFile, PoolSize);

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Hindrance is null)
        {
            Form.SessionOn = SessionDays.Proposed(await calendars.GetAsync(ct), ChinaTime.Today(clock));
            Form.MostLoad = Share.Most;
        }
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var id = await handler.HandleAsync(new RequestAssignment(BatchId, Form.Order(), IdempotencyKey), actor.Value, ct);
            TempData.Success("已开始计算分派方案。");
            return LocalRedirect($"/assignments/{id}");
        },
        ct,
        Prefix);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var today = ChinaTime.Today(clock);
        var pool = await db.Experts.AsNoTracking().Where(Expert.InPoolOn(today)).GroupBy(e => e.Category).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToListAsync(ct);
        (Categories, PoolSize) = ([.. pool.Select(p => p.Key)], pool.Sum(p => p.Count));
        (var target, Hindrance) = await targets.TryForOfficerAsync(BatchId, actor.Value, ct);
        Target = target!;
    }
}

/// <summary>How much falls to each expert, and the limit that follows from it.</summary>
public sealed record LoadShare(int Files, int PerFile, int Experts)
{
    /// <summary>Below so many files a limit would keep files from those who know the field.</summary>
    public const int Least = 5;

    /// <summary>Files of each expert if all took the same.</summary>
    public decimal Even => (decimal)Files * PerFile / Math.Max(1, Experts);

    /// <summary>Half as much again as an even share: room for conflicts, refusals and unequal fields.</summary>
    public int Most => Math.Max(Least, (int)Math.Ceiling(Even * 1.5m));
}

/// <summary>The order as the page posts it.</summary>
public sealed class AssignmentForm
{
    public DateOnly? SessionOn { get; set; }

    public List<string> Categories { get; set; } = [];

    public int PerFile { get; set; } = new AssignmentOrder { SessionOn = default }.PerFile;

    public int LeastLoad { get; set; }

    public int MostLoad { get; set; } = new AssignmentOrder { SessionOn = default }.MostLoad;

    public int PerEmployer { get; set; } = 1;

    public int PerCity { get; set; } = 2;

    public bool NotTwoYearsRunning { get; set; } = true;

    /// <exception cref="RuleBrokenException"><c>session-required</c>.</exception>
    public AssignmentOrder Order() => new()
    {
        SessionOn = SessionOn ?? throw new RuleBrokenException("session-required", "请填写评审日期。", "SessionOn"),
        Categories = [.. Categories.Where(c => !string.IsNullOrWhiteSpace(c)).Distinct().Order(StringComparer.Ordinal)],
        PerFile = PerFile,
        LeastLoad = LeastLoad,
        MostLoad = MostLoad,
        PerEmployer = PerEmployer,
        PerCity = PerCity,
        NotTwoYearsRunning = NotTwoYearsRunning,
    };
}
