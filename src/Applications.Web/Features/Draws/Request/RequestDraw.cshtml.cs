using Applications.Data;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws.Request;

/// <summary>The officer asks for the panels of a round. Whether they can be drawn stands there at once, and what would help when not; one click takes a way out.</summary>
[Authorize(Policy = Roles.Officer)]
public sealed class RequestDrawModel(RequestDrawHandler handler, DrawTargetQuery targets, DrawPlanQuery plans, ApplicationsDbContext db, CurrentActor actor, TimeProvider clock) : CommandPage
{
    private const int MostFiles = 200;

    /// <summary>Fields of refusals stand in the form.</summary>
    private const string Prefix = "Form.";

    [BindProperty(SupportsGet = true)]
    public Guid BatchId { get; set; }

    /// <summary>Members of a panel, for a new proposal.</summary>
    [BindProperty(SupportsGet = true)]
    public int Seats { get; set; } = 5;

    /// <summary>Files of a panel, for a new proposal.</summary>
    [BindProperty(SupportsGet = true)]
    public int Most { get; set; } = DrawGrouping.MostFiles;

    /// <summary>An earlier request whose values are taken over.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? From { get; set; }

    [BindProperty]
    public DrawForm Form { get; set; } = new();

    /// <summary>Which relaxation is taken.</summary>
    [BindProperty]
    public int? Ease { get; set; }

    public DrawTarget Target { get; private set; } = null!;

    public DrawPlan? Plan { get; private set; }

    public DrawAdvice? Advice { get; private set; }

    /// <summary>Why a request cannot be made now; the form is then not shown.</summary>
    public RoundHindrance? Hindrance { get; private set; }

    public IReadOnlyList<string> Categories { get; private set; } = [];

    /// <summary>The advice answers a trial that was asked for, and not only the page's opening.</summary>
    public bool IsTried { get; private set; }

    /// <summary>The relaxation that was just taken over into the form, in words.</summary>
    public string? Taken { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (!await FindTargetAsync(ct))
        {
            return;
        }

        var plan = await plans.DefaultAsync(Target, Seats is 3 or 5 or 7 or 9 ? Seats : 5, Most is >= 1 and <= MostFiles ? Most : DrawGrouping.MostFiles, ct);
        Form = DrawForm.Of(plan.Order);
        if (From is { } from && await db.Draws.AsNoTracking().SingleOrDefaultAsync(d => d.Id == from && d.BatchId == BatchId, ct) is { } earlier)
        {
            Form = await TakenOverAsync(earlier, plan.Order.SessionOn, ct);
        }

        (Plan, Advice) = (plan, DrawAdvisor.Advise(plan.Request, plan.Pool));
        if (From is not null)
        {
            await TryAsync(ct);
        }
    }

    public Task<IActionResult> OnPostTryAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await LoadAsync(ct);
            await AdviseAsync(ct);
            IsTried = true;
            return Page();
        },
        ct,
        Prefix);

    public Task<IActionResult> OnPostEaseAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await LoadAsync(ct);
            await AdviseAsync(ct);
            if (Ease is { } taken and >= 0 && taken < Advice!.Relaxations.Count && Advice.Relaxations[taken] is { Request: { } eased } relaxation)
            {
                Taken = relaxation.Text;
                Form.Ease(eased);
                ModelState.Clear();
                await AdviseAsync(ct);
            }

            return Page();
        },
        ct,
        Prefix);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var requested = await handler.HandleAsync(new RequestDraw(BatchId, Form.Order(await ExpertsAsync(ct)), IdempotencyKey), actor.Value, ct);
            TempData.Success($"抽取申请 {requested.Number} 已提交，等待专家库管理处室或处长批准。");
            return LocalRedirect($"/draws/{requested.Id}");
        },
        ct,
        Prefix);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (await FindTargetAsync(ct) && !ModelState.IsValid)
        {
            await TryAsync(ct);
        }
    }

    /// <summary>The advice where the form can be read; where it cannot the message at the field is enough.</summary>
    private async Task TryAsync(CancellationToken ct)
    {
        try
        {
            await AdviseAsync(ct);
        }
        catch (RuleBrokenException)
        {
            (Plan, Advice) = (null, null);
        }
    }

    private async Task AdviseAsync(CancellationToken ct)
    {
        Plan = await plans.OfAsync(Target, Form.Order(await ExpertsAsync(ct)), "—", ct);
        Advice = DrawAdvisor.Advise(Plan.Request, Plan.Pool);
    }

    private async Task<bool> FindTargetAsync(CancellationToken ct)
    {
        Categories = await db.Experts.AsNoTracking().Where(Expert.InPoolOn(Domain.Calendars.ChinaTime.Today(clock))).Select(e => e.Category).Distinct().OrderBy(c => c).ToListAsync(ct);
        (var target, Hindrance) = await targets.TryForOfficerAsync(BatchId, actor.Value, ct);
        Target = target!;
        return target is not null;
    }

    /// <summary>By name, and by name and employer for those who share one.</summary>
    private async Task<ILookup<string, DrawCandidate>> ExpertsAsync(CancellationToken ct)
    {
        if (Form.Appointed.TrueForAll(a => string.IsNullOrWhiteSpace(a.Expert)))
        {
            return Enumerable.Empty<DrawCandidate>().ToLookup(c => c.Name);
        }

        var experts = await db.Experts.AsNoTracking().Where(Expert.InPoolOn(Domain.Calendars.ChinaTime.Today(clock))).Select(e => new { e.Id, e.Name, e.Employer }).ToListAsync(ct);
        return experts.SelectMany(e => new[] { e.Name, $"{e.Name}（{e.Employer}）" }.Select(n => (Name: n, One: new DrawCandidate { Id = e.Id.ToString("N"), Name = e.Name, Employer = e.Employer, CityCode = string.Empty })))
            .ToLookup(e => e.Name, e => e.One, StringComparer.Ordinal);
    }

    /// <summary>Files that came since stand where the proposal put them, or in the first panel.</summary>
    private async Task<DrawForm> TakenOverAsync(PanelDraw earlier, DateOnly proposed, CancellationToken ct)
    {
        var ids = earlier.Request.Panels.SelectMany(p => p.Appointed).Select(a => Guid.ParseExact(a.ExpertId, "N")).ToList();
        var names = await db.Experts.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id.ToString("N"), e => $"{e.Name}（{e.Employer}）", ct);
        var waiting = Target.Waiting.Select(w => w.Id).ToHashSet();
        var placed = earlier.Groups.SelectMany(g => g.Cases).ToHashSet();
        var order = new DrawOrder
        {
            SessionOn = earlier.SessionOn < Domain.Calendars.ChinaTime.Today(clock) ? proposed : earlier.SessionOn,
            Categories = earlier.Categories,
            Rules = earlier.Request.Rules,
            Panels =
            [
                .. earlier.Groups.Select((g, i) => (Group: g, First: i == 0, Panel: earlier.Request.Panels.Single(p => p.Key == g.Key))).Select(g => new PanelOrder
                {
                    Key = g.Group.Key,
                    Title = g.Group.Title,
                    Size = g.Panel.Size,
                    Specialities = g.Panel.Specialities,
                    Finance = g.Panel.Finance,
                    Cases = [.. g.Group.Cases.Where(waiting.Contains), .. g.First ? waiting.Where(w => !placed.Contains(w)) : []],
                }),
            ],
        };
        return DrawForm.Of(order, [.. earlier.Request.Panels.SelectMany(p => p.Appointed.Select(a => new AppointmentForm { Panel = p.Key, Expert = names.GetValueOrDefault(a.ExpertId), Reason = a.Reason }))]);
    }
}
