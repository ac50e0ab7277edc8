using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
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
    /// <summary>How many of those who do not sit are shown at first.</summary>
    private const int FewOthers = 10;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid CaseId { get; set; }

    /// <summary>A piece of what an expert is called or known for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Everybody who does not sit, not only the nearest.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    /// <summary>Number of who leaves the seat.</summary>
    [BindProperty]
    public int? Out { get; set; }

    /// <summary>Who takes the seat: an entry of the list, or what the expert is called.</summary>
    [BindProperty]
    public string? In { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    private IReadOnlyList<SeatReason> everybody = [];

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
            await LoadAsync(ct);
            await handler.HandleAsync(new ChangeAssignment(Id, CaseId, Out, Chosen(), Reason, Version, IdempotencyKey), actor.Value, ct);
            TempData.Success("已调整，回避和各项上限核查无误。");
            return LocalRedirect($"/assignments/{Id}/files/{CaseId}");
        },
        ct);

    /// <summary>A candidate as the list names him.</summary>
    public string Choice(SeatReason one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return $"{View.Label(one.Expert)}（第 {one.Rank} 名，{AssignmentWords.Of(one.Standing)}，已有 {View.Report!.Loads[one.Expert]} 件）";
    }

    /// <exception cref="RuleBrokenException"><c>expert-unknown</c>, <c>expert-ambiguous</c>.</exception>
    private int? Chosen()
    {
        var text = In?.Trim() ?? string.Empty;
        if (text.Length == 0)
        {
            return null;
        }

        var found = everybody.Where(r => Choice(r) == text).ToList() is { Count: > 0 } exact ? exact : [.. everybody.Where(r => View.Label(r.Expert) == text)];
        return found.Count switch
        {
            1 => View.Numbers.Of(found[0].Expert),
            0 => throw new RuleBrokenException("expert-unknown", $"快照中没有“{text}”，请从列表中选择。", "In"),
            _ => throw new RuleBrokenException("expert-ambiguous", $"有 {found.Count} 名专家叫“{text}”，请从列表中选择。", "In"),
        };
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        View = await query.ExecuteAsync(Id, actor.Value, ct);
        Place = View.Record?.Snapshot.Files.ToList().FindIndex(f => f.Id == CaseId.ToString("N")) ?? -1;
        if (Place < 0)
        {
            throw new NotFoundException();
        }

        var reasons = View.Report!.Explain(Place, View.Label);
        everybody = reasons;
        Seated = [.. reasons.Where(r => r.Standing == PairStanding.Assigned)];
        Candidates = [.. reasons.Where(r => r.Standing is not (PairStanding.Assigned or PairStanding.Conflict))];
        var text = Q?.Trim() ?? string.Empty;
        var others = reasons.Where(r => r.Standing != PairStanding.Assigned && (text.Length == 0 || View.Label(r.Expert).Contains(text, StringComparison.OrdinalIgnoreCase) || View.About(r.Expert).Contains(text, StringComparison.OrdinalIgnoreCase))).ToList();
        (Others, OthersFound) = ([.. All || text.Length > 0 ? others : others.Take(FewOthers)], others.Count);
    }
}
