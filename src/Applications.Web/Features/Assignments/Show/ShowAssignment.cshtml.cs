using System.Text;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Reviews.Assigning;
using Applications.Web.Features.Assignments.Decide;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Pictures;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Assignments.Show;

/// <summary>One assignment from request to record: the proof of what it is worth, who is badly served, who carries how much, and the step that waits for the reader.</summary>
[Authorize(Policy = AccountSetup.Policies.PoolReaders)]
public sealed class ShowAssignmentModel(ShowAssignmentQuery query, DecideAssignmentHandler decide, CurrentActor actor, TimeProvider clock) : CommandPage
{
    private const int PageSize = 50;
    private const int MostBars = 12;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>A piece of an applicant's name or of a file's number.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Files before those that are shown.</summary>
    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    [BindProperty]
    public AssignmentDecision? Decision { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    public AssignmentView View { get; private set; } = null!;

    public Actor Me => actor.Value;

    /// <summary>Seconds since it was asked for.</summary>
    public int Waited => (int)Math.Max(0, (clock.GetUtcNow().UtcDateTime - View.Assignment.RequestedAt).TotalSeconds);

    /// <summary>Files that are shown, worst served first.</summary>
    public IReadOnlyList<FileStanding> Files { get; private set; } = [];

    public int Found { get; private set; }

    public int? Next => From + Files.Count < Found ? From + Files.Count : null;

    /// <summary>How many experts carry how much, in at most <see cref="MostBars"/> steps.</summary>
    public IReadOnlyList<Bar> LoadBars
    {
        get
        {
            var loads = View.Report!.Loads.Where(l => l > 0).ToList();
            var step = Math.Max(1, (loads.DefaultIfEmpty().Max() + MostBars - 1) / MostBars);
            return [.. loads.GroupBy(l => (l - 1) / step).OrderBy(g => g.Key).Select(g => new Bar(
                step == 1 ? $"{g.Key + 1} 件" : $"{(g.Key * step) + 1} 至 {(g.Key + 1) * step} 件", g.Count(), $"{g.Count()} 人"))];
        }
    }

    /// <summary>What the proof is worth now: what was computed is proven, what was changed by hand since is only checked.</summary>
    public string Worth
    {
        get
        {
            var proven = View.Report!.Gap == 0 ? "已证明没有更好的方案" : $"与任何可能的方案相比，差距不超过 {View.Report.Gap:P3}";
            return View.Record!.Changes.Count == 0 ? proven : $"计算的方案{proven}；此后人工调整或替补 {View.Record.Changes.Count} 处，只核查了回避和上限";
        }
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (View.Assignment.State == AssignmentState.Solving)
        {
            Response.Headers["Refresh"] = "2";
        }
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var files = await decide.HandleAsync(new DecideAssignment(Id, Decision, Reason, Version, IdempotencyKey), actor.Value, ct);
            TempData.Success(Decision switch
            {
                AssignmentDecision.Request => "分派方案已报批，等待专家库管理处室或处长批准。",
                AssignmentDecision.Approve => $"已批准，{files} 个项目的评审开始。",
                AssignmentDecision.Return => "已退回申请人。",
                _ => "已撤回。",
            });
            return LocalRedirect($"/assignments/{Id}");
        },
        ct);

    /// <summary>The file, byte for byte as it was sealed; not found while it is still sealed for this reader.</summary>
    public async Task<IActionResult> OnGetRecordAsync(CancellationToken ct)
    {
        var view = await query.ExecuteAsync(Id, actor.Value, ct);
        return view is { IsOpen: true, Assignment: { Record: { } record, Number: var number } }
            ? File(Encoding.UTF8.GetBytes(record), "application/json", $"{number}.json")
            : throw new NotFoundException();
    }

    /// <summary>All pairs as a sheet; experts by number where their names are still sealed.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var view = await query.ExecuteAsync(Id, actor.Value, ct);
        if (view is not { Record: { } record, Report: { } report })
        {
            throw new NotFoundException();
        }

        return await Sheets.FileAsync(
            view.Assignment.Number,
            Enumerable.Range(0, record.Snapshot.Files.Count).SelectMany(f => view.InOrder(report.Assigned[f]).Select(e => new Dictionary<string, object?>
            {
                ["申报编号"] = record.Snapshot.Files[f].Number,
                ["企业"] = record.Snapshot.Files[f].Name,
                ["专家"] = view.Label(e),
                ["理由"] = !view.IsOpen ? "评审日开封" : PairMatch.Of(record.Snapshot.Files[f], record.Snapshot.Experts[e]).Because,
                ["专家任务"] = report.Loads[e],
            })),
            ct);
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        View = await query.ExecuteAsync(Id, actor.Value, ct);
        if (View is { Record: { } record, Report: { } report })
        {
            var text = Q?.Trim() ?? string.Empty;
            var found = report.WorstFirst().Where(s => text.Length == 0 || record.Snapshot.Files[s.File].Name.Contains(text, StringComparison.OrdinalIgnoreCase) || record.Snapshot.Files[s.File].Number.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
            (Found, From) = (found.Count, Math.Clamp(From, 0, Math.Max(0, found.Count - 1)));
            Files = [.. found.Skip(From).Take(PageSize)];
        }
    }
}
