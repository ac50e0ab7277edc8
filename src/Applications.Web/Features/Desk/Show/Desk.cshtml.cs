using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Experts;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Web.Features.Assignments.List;
using Applications.Web.Features.Draws.List;
using Applications.Web.Features.Enterprises;
using Applications.Web.Features.Meetings;
using Applications.Web.Features.Meetings.List;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Desk.Show;

/// <summary>待办: what waits for the reader, most urgent first.</summary>
public sealed class DeskModel(DeskQuery query, AdminDeskQuery admin, PoolDeskQuery pool, EndingQuery ending, DrawListQuery draws, AssignmentListQuery assignments, MeetingListQuery meetings, CaseMeetingsQuery called, CurrentActor actor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? AfterId { get; set; }

    public IReadOnlyList<DeskLine> Items { get; private set; } = [];

    /// <summary>Work items, and what waits beside them.</summary>
    public int Total => Figures.Total + (Pool?.Waiting.Count ?? 0) + Draws.Count + Assignments.Count + Asked.Count;

    public DeskFigures Figures { get; private set; } = new(0, 0, 0);

    /// <summary>What of the enterprise's record and evidence ends soon.</summary>
    public IReadOnlyList<EndingEntry> Ending { get; private set; } = [];

    public string? NextHref { get; private set; }

    public Actor Me => actor.Value;

    /// <summary>Draws that wait for the reader, to the officer those sent back to him: beside the work items, for they stand beside the flow.</summary>
    public IReadOnlyList<DrawLine> Draws { get; private set; } = [];

    /// <summary>Assignments of files to experts that wait for approval; to the officer those sent back to him.</summary>
    public IReadOnlyList<AssignmentLine> Assignments { get; private set; } = [];

    /// <summary>Batches in which experts are late with their sheets, for the officer.</summary>
    public IReadOnlyList<LateBatch> Late { get; private set; } = [];

    /// <summary>Experts who ask for a locked sheet back, for the officer.</summary>
    public IReadOnlyList<AskedSheet> Asked { get; private set; } = [];

    /// <summary>Sessions to which an expert is called.</summary>
    public IReadOnlyList<PanelMeeting> Meetings { get; private set; } = [];

    /// <summary>Sessions to which a firm is called.</summary>
    public IReadOnlyList<CalledFirm> Called { get; private set; } = [];

    /// <summary>What an administrator looks after; null for everybody else.</summary>
    public AdminDesk? Admin { get; private set; }

    /// <summary>What waits in the expert pool, for those who look after it or confirm.</summary>
    public PoolDesk? Pool { get; private set; }

    /// <summary>Where an expert without tasks stands with the pool.</summary>
    public ExpertStatus? Entry { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (Me.Role == Roles.Admin)
        {
            Admin = await admin.ExecuteAsync(ct);
            return;
        }

        Pool = Me.Is(Roles.Pool, Roles.Head) ? await pool.ExecuteAsync(Me, ct) : null;
        if (Me.Role == Roles.Applicant)
        {
            Ending = await ending.ExecuteAsync(Me.ScopeId!.Value, ct);
            Called = await called.ForFirmAsync(Me.ScopeId.Value, ct);
        }

        if (Me.Is(Roles.Expert))
        {
            Meetings = [.. (await meetings.ExecuteAsync(null, null, null, Me, ct)).Where(m => m.IsOpen)];
        }

        if (Me.Is(Roles.Head, Roles.Pool, Roles.Inspector))
        {
            Draws = await draws.WaitingAsync(Me.Is(Roles.Head, Roles.Pool), ct);
        }

        if (Me.Is(Roles.Head, Roles.Pool))
        {
            Assignments = await assignments.WaitingAsync(ct);
        }

        if (Me.Is(Roles.Officer))
        {
            Late = await query.LateAsync(ct);
            Asked = await query.AskedAsync(ct);
            Draws = await draws.ReturnedAsync(Me.UserId, ct);
            Assignments = await assignments.ReturnedAsync(Me.UserId, ct);
        }

        Figures = await query.FiguresAsync(Me, ct);
        (Items, var more) = await query.ExecuteAsync(Me, Q, After is { } ticks && AfterId is { } id ? (ticks, id) : null, ct);
        Entry = Me.Is(Roles.Expert) && Items.Count == 0 ? await pool.StatusAsync(Me.ScopeId!.Value, ct) : null;
        NextHref = more ? $"/desk?q={Uri.EscapeDataString(Q ?? string.Empty)}&after={Items[^1].Item.DueAt?.Ticks ?? 0}&afterId={Items[^1].Item.Id}" : null;
    }

    /// <summary>The page that handles an item.</summary>
    public static string HrefOf(WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.TitleId is { } title ? $"/titles/{title}" : item.Task switch
        {
            Tasks.File => $"/cases/{item.CaseId}/edit",
            Tasks.Score => $"/reviews/{item.CaseId}",
            Tasks.CityList => "/recommendations",
            Tasks.SignOpinion or Tasks.Countersign => $"/approvals/{item.CaseId ?? item.BatchId}",
            _ => item.CaseId is { } id ? $"/cases/{id}" : $"/admin/batches/{item.BatchId}",
        };
    }
}
