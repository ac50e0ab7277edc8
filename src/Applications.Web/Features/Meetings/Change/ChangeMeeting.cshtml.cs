using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Meetings.Change;

/// <summary>The officer changes time, place or order of a session that has not begun.</summary>
[Authorize(Policy = Roles.Officer)]
public sealed class ChangeMeetingModel(ChangeMeetingHandler handler, ApplicationsDbContext db, MeetingPlanQuery plans, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public MeetingInput Input { get; set; } = new();

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public PanelMeeting Meeting { get; private set; } = null!;

    public IReadOnlyList<MeetingFile> Files { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input = MeetingInput.Of(Meeting);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await handler.HandleAsync(new ChangeMeeting(Id, Input, Reason, Version, IdempotencyKey), actor.Value, ct);
            TempData.Success("会议已变更，通知将发给本组每位专家和各申报单位。");
            return LocalRedirect($"/meetings/{Id}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Meeting = await db.Meetings.AsNoTracking().SingleOrDefaultAsync(m => m.Id == Id, ct) ?? throw new NotFoundException();
        var groups = await db.Draws.AsNoTracking().Where(d => d.Id == Meeting.DrawId).Select(d => d.Groups).SingleAsync(ct);
        Files = await plans.FilesAsync(groups.Single(g => g.Key == Meeting.Panel).Cases, ct);
    }
}
