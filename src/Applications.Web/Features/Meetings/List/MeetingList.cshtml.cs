using Applications.Domain.Accounts;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Web.Features.Meetings.Show;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Meetings.List;

/// <summary>Sessions of the last year and those to come; an expert sees his own.</summary>
[Authorize(Roles = MeetingShowModel.MeetingReaders)]
public sealed class MeetingListModel(MeetingListQuery query, CurrentActor actor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    [BindProperty(SupportsGet = true)]
    public MeetingState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public IReadOnlyList<PanelMeeting> Meetings { get; private set; } = [];

    /// <summary>For the officer, who calls them.</summary>
    public IReadOnlyList<WaitingPanel> Waiting { get; private set; } = [];

    public Actor Me => actor.Value;

    public bool IsFiltered => State is not null || Batch is not null || !string.IsNullOrWhiteSpace(Q);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Meetings = await query.ExecuteAsync(Batch, State, Q, Me, ct);
        Waiting = Me.Is(Roles.Officer) ? await query.WaitingAsync(Batch, ct) : [];
    }

    public async Task<FileStreamResult> OnGetExportAsync(CancellationToken ct) => await Sheets.FileAsync(
        "评审会议",
        (await query.ExecuteAsync(Batch, State, Q, Me, ct)).Select(m => new Dictionary<string, object?>
        {
            ["编号"] = m.Number,
            ["名称"] = m.Title,
            ["形式"] = MeetingWords.Of(m.Kind),
            ["状态"] = MeetingWords.Of(m),
            ["开始"] = ChinaTime.Local(m.StartsAt),
            ["地点"] = MeetingWords.Where(m.Plan),
            ["项目数"] = m.Agenda.Count,
            ["应到"] = m.Members.Count,
            ["到会"] = m.Present.Count(),
            ["保留意见"] = m.Members.Count(p => p.Dissent is not null),
        }),
        ct);
}
