using Applications.Domain.Reviews.Assigning;
using Applications.Web.Features.Draws;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Assignments.List;

/// <summary>All assignments of files to experts, for the department, its inspector and the pool's office.</summary>
[Authorize(Policy = AccountSetup.Policies.PoolReaders)]
public sealed class AssignmentListModel(AssignmentListQuery query, WaitingRoundsQuery rounds, CurrentActor actor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public AssignmentState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? AfterId { get; set; }

    public IReadOnlyList<AssignmentLine> Lines { get; private set; } = [];

    /// <summary>Rounds for which the reader may ask.</summary>
    public IReadOnlyList<WaitingRound> Waiting { get; private set; } = [];

    public string? NextHref { get; private set; }

    public bool IsFiltered => State is not null || Batch is not null || !string.IsNullOrWhiteSpace(Q);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var after = After is { } ticks and >= 0 && ticks <= DateTime.MaxValue.Ticks && AfterId is { } id ? (new DateTime(ticks, DateTimeKind.Utc), id) : ((DateTime, Guid)?)null;
        Waiting = after is null && State is null && string.IsNullOrWhiteSpace(Q) ? await rounds.ExecuteAsync(Batch, actor.Value, ct) : [];
        (Lines, var more) = await query.ExecuteAsync(State, Batch, Q, after, ct);
        NextHref = more ? $"/assignments?q={Uri.EscapeDataString(Q ?? string.Empty)}&state={State}&batch={Batch}&after={Lines[^1].RequestedAt.Ticks}&afterId={Lines[^1].Id}" : null;
    }
}
