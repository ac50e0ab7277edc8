using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Meetings.Show;

/// <summary>A session: order of the day, attendance, what was found on site, the panel's opinion. Printed, it is the minutes.</summary>
[Authorize(Roles = MeetingReaders)]
public sealed class MeetingShowModel(MeetingQuery query, AttendMeetingHandler handler, CurrentActor actor, TimeProvider clock) : CommandPage
{
    internal const string MeetingReaders = $"{Roles.Officer},{Roles.Head},{Roles.Leader},{Roles.Inspector},{Roles.Expert}";

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public MeetingStep? Step { get; set; }

    [BindProperty]
    public Guid? Expert { get; set; }

    [BindProperty]
    public Guid? CaseId { get; set; }

    // One for each of the three forms: what was typed in one and what is wrong with it belong to that one alone.
    [BindProperty]
    public string? MarkReason { get; set; }

    [BindProperty]
    public string? CloseReason { get; set; }

    [BindProperty]
    public string? CancelReason { get; set; }

    /// <summary>Hands in although files were never begun.</summary>
    [BindProperty]
    public bool Sure { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty]
    public string? Dissent { get; set; }

    // Named, or a form without them would be read as if each of its fields were one.
    [BindProperty(Name = nameof(Opinions))]
    public Dictionary<Guid, string?> Opinions { get; set; } = [];

    /// <summary>By <see cref="PanelMeeting.KeyOf"/>: <c>yes</c> or <c>no</c>.</summary>
    [BindProperty(Name = nameof(Holds))]
    public Dictionary<string, string?> Holds { get; set; } = [];

    [BindProperty(Name = nameof(Notes))]
    public Dictionary<string, string?> Notes { get; set; } = [];

    [BindProperty]
    public Guid Version { get; set; }

    public MeetingView View { get; private set; } = null!;

    public Actor Me => actor.Value;

    public bool MayManage => Me.Is(Roles.Officer) && View.Meeting.IsOpen;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var step = Step ?? throw new RuleBrokenException("step-required", "请选择要办理的事项。");
            var done = await HandleAsync(step, ct);
            TempData.Success(step switch
            {
                MeetingStep.SignIn => "已签到。",
                MeetingStep.Draft => "草稿已保存，提交前只有您能看到。",
                MeetingStep.Begin => "已开始。",
                MeetingStep.Cancel => "会议已取消，通知将发给专家和申报单位。",
                MeetingStep.Write when done.State == MeetingState.Written => "专家组意见已提交，请到会专家确认。",
                MeetingStep.Confirm or MeetingStep.Dissent => "答复已记录；会议结束前可以修改。",
                MeetingStep.Close => "会议结束，可以打印会议纪要。",
                _ => "已记录。",
            });
            return LocalRedirect($"/meetings/{Id}");
        },
        ct);

    /// <summary>The leader's draft as it is being written.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken ct)
    {
        try
        {
            var done = await handler.HandleAsync(StepOf(MeetingStep.Draft, Guid.NewGuid()), Me, ct);
            return new JsonResult(new { version = done.Version, savedAt = ChinaTime.Clock(clock.GetUtcNow().UtcDateTime) });
        }
        catch (StaleVersionException e)
        {
            return new JsonResult(new { message = e.Message }) { StatusCode = StatusCodes.Status409Conflict };
        }
        catch (RuleBrokenException e)
        {
            return new JsonResult(new { message = e.Message }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        }
    }

    private async Task<MeetingProgress> HandleAsync(MeetingStep step, CancellationToken ct)
    {
        try
        {
            return await handler.HandleAsync(StepOf(step, IdempotencyKey), Me, ct);
        }
        catch (RuleBrokenException e) when (e.Field == "Reason")
        {
            throw new RuleBrokenException(e.Code, e.Message, step switch { MeetingStep.Close => nameof(CloseReason), MeetingStep.Cancel => nameof(CancelReason), _ => nameof(MarkReason) });
        }
    }

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(Id, Me, ct);

    private AttendMeeting StepOf(MeetingStep step, Guid key) => new(
        Id, step, step == MeetingStep.Begin ? CaseId : Expert, TextOf(step),
        new PanelWords(Findings(), [.. Opinions.Select(o => new FileOpinion(o.Key, o.Value ?? string.Empty))], Summary ?? string.Empty), Version, key, Sure);

    private string? TextOf(MeetingStep step) => step switch
    {
        MeetingStep.Confirm or MeetingStep.Dissent => Dissent,
        MeetingStep.Close => CloseReason,
        MeetingStep.Cancel => CancelReason,
        _ => MarkReason,
    };

    /// <summary>Points that are not looked at yet are left out.</summary>
    private List<SiteFinding> Findings()
    {
        List<SiteFinding> found = [];
        foreach (var (key, value) in Holds.Where(h => h.Value is "yes" or "no"))
        {
            if (key.Split(':', 2) is [var file, var point] && Guid.TryParseExact(file, "N", out var caseId))
            {
                found.Add(new SiteFinding(caseId, point, value == "yes", Notes.GetValueOrDefault(key)?.Trim() ?? string.Empty));
            }
        }

        return found;
    }
}
