using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Reviews.Assigning;
using Applications.Web.Features.Assignments.Show;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Assignments.Change;

/// <summary>One file of an assignment: why each of its experts, why none of the others, and a change by hand.</summary>
[Authorize(Policy = AccountSetup.Policies.PoolReaders)]
public sealed class ChangeFileModel(ShowAssignmentQuery query, ChangeAssignmentHandler handler, CurrentActor actor) : CommandPage
{
    private const int MostOthers = 40;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid CaseId { get; set; }

    /// <summary>A piece of what an expert is called or known for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty]
    public int? Out { get; set; }

    [BindProperty]
    public int? In { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public AssignmentView View { get; private set; } = null!;

    /// <summary>Place of the file in the snapshot.</summary>
    public int Place { get; private set; }

    public Actor Me => actor.Value;

    public IReadOnlyList<SeatReason> Seated { get; private set; } = [];

    /// <summary>Who could sit here, best match first.</summary>
    public IReadOnlyList<SeatReason> Candidates { get; private set; } = [];

    /// <summary>Those who do not sit here and are shown, with the reason.</summary>
    public IReadOnlyList<SeatReason> Others { get; private set; } = [];

    public int OthersFound { get; private set; }

    public bool MayChange => View.Assignment.MayChange(Me);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await handler.HandleAsync(new ChangeAssignment(Id, CaseId, Out, In, Reason, Version, IdempotencyKey), actor.Value, ct);
            TempData.Success("已调整，回避和各项上限核查无误。");
            return LocalRedirect($"/assignments/{Id}/files/{CaseId}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        View = await query.ExecuteAsync(Id, actor.Value, ct);
        Place = View.Record?.Snapshot.Files.ToList().FindIndex(f => f.Id == CaseId.ToString("N")) ?? -1;
        if (Place < 0)
        {
            throw new NotFoundException();
        }

        var reasons = View.Report!.Explain(Place, View.Label);
        Seated = [.. reasons.Where(r => r.Standing == PairStanding.Assigned)];
        Candidates = [.. reasons.Where(r => r.Standing is not (PairStanding.Assigned or PairStanding.Conflict))];
        var text = Q?.Trim() ?? string.Empty;
        var others = reasons.Where(r => r.Standing != PairStanding.Assigned && (text.Length == 0 || View.Label(r.Expert).Contains(text, StringComparison.OrdinalIgnoreCase) || View.About(r.Expert).Contains(text, StringComparison.OrdinalIgnoreCase))).ToList();
        (Others, OthersFound) = ([.. others.Take(MostOthers)], others.Count);
    }
}
