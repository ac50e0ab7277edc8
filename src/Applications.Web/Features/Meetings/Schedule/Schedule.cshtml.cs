using Applications.Data;
using Applications.Data.Calendars;
using Applications.Data.Commands;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Meetings.Schedule;

/// <summary>The officer calls a session of a drawn panel.</summary>
[Authorize(Policy = Roles.Officer)]
public sealed class ScheduleModel(
    ScheduleMeetingHandler handler, ApplicationsDbContext db, MeetingPlanQuery plans, PanelSittingQuery sittings, SealedSourcesQuery sources, CalendarSource calendars, CurrentActor actor, TimeProvider clock) : CommandPage
{
    private const int DefaultMinutes = 20;

    [BindProperty(SupportsGet = true)]
    public Guid DrawId { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Panel { get; set; }

    [BindProperty(SupportsGet = true)]
    public MeetingKind Kind { get; set; }

    [BindProperty]
    public MeetingInput Input { get; set; } = new();

    [BindProperty]
    public Guid? Leader { get; set; }

    public PanelDraw Draw { get; private set; } = null!;

    public DrawGroup Group { get; private set; } = null!;

    public IReadOnlyList<MeetingFile> Files { get; private set; } = [];

    /// <summary>As the officer may know them.</summary>
    public IReadOnlyList<(Guid Id, string Name)> Members { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);

        // Never today: letters have to arrive.
        var next = (await calendars.GetAsync(ct)).AddWorkingDays(Domain.Calendars.ChinaTime.Today(clock), 1);
        (Input.Day, Input.Time) = (Draw.SessionOn > next ? Draw.SessionOn : next, new TimeOnly(9, 0));
        for (var i = 0; i < Files.Count; i++)
        {
            (Input.Order[Files[i].Id], Input.Minutes[Files[i].Id]) = (i + 1, DefaultMinutes);
        }
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var id = await handler.HandleAsync(new ScheduleMeeting(DrawId, Panel, Kind, Input, Leader, IdempotencyKey), actor.Value, ct);
            TempData.Success("会议已安排，通知将发给本组每位专家和各申报单位。");
            return LocalRedirect($"/meetings/{id}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Draw = await db.Draws.AsNoTracking().SingleOrDefaultAsync(d => d.Id == DrawId && d.State == DrawState.Drawn, ct) ?? throw new NotFoundException();
        Group = Draw.Groups.FirstOrDefault(g => g.Key == Panel) ?? throw new NotFoundException();
        Files = await plans.FilesAsync(Group.Cases, ct);
        var sitting = await sittings.ExecuteAsync(Draw.Round, Group.Cases, ct);
        var closed = (await sources.OfAsync(sitting.Sources, actor.Value, ct)).Count > 0;
        Members = [.. sitting.Members.Select((m, i) => (m.ExpertId, closed ? $"专家 {i + 1}（评审日开封）" : m.Name))];
    }
}
