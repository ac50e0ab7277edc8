using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Programmes;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Rubrics;
using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Web.Features.Cases.Show;
using Applications.Web.Features.Draws;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.Show;

/// <summary>A file whose panel is still at work, with the seats of the round it is in.</summary>
public sealed record PendingReview(Guid CaseId, string EnterpriseName, int Locked, int Total);

/// <summary>The panel that is to be chosen: the round's key and, where there are several, its name.</summary>
public sealed record RoundToSeat(string Key, string? Title);

/// <summary>The draw or assignment for the panels that are to be chosen, on its way.</summary>
/// <param name="Path">Its page.</param>
/// <param name="Words">How far it is.</param>
public sealed record OpenSeating(string Path, string Number, string Words);

public sealed record BatchView(
    Batch Batch, WorkflowDefinition Flow, ProgrammeDefinition Programme, IReadOnlyList<(string Stage, int Count)> Counts,
    IReadOnlyList<PendingReview> Pending, IReadOnlyList<Ranked<Application>> Ranking, ProposedList? List, IReadOnlyList<JournalEntry> Journal, WorkItem? Item,
    IReadOnlyList<OutcomeChoice> Outcomes, RoundToSeat Round, OpenSeating? Seating, RoundHindrance? Hindrance)
{
    /// <summary>True when the panel to be chosen is for those who wait now, and others follow in a later turn.</summary>
    public bool IsRolling => Item is { Task: Tasks.AssignPanel } item && DrawTargetQuery.RoundOf(Flow, item.Activity).Rolling;
}

/// <summary>A batch as the department sees it.</summary>
public sealed class BatchShowQuery(ApplicationsDbContext db, DefinitionCatalog definitions, DelegationSource delegations, WaitingRoundsQuery rounds)
{
    public async Task<BatchView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var batch = await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFoundException();
        var counts = await db.Applications.AsNoTracking().Where(a => a.BatchId == id && a.SubmittedAt != null)
            .GroupBy(a => a.StageTitle).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var scored = await db.Applications.AsNoTracking().Where(a => a.BatchId == id && a.Score != null).OrderByDescending(a => a.Score).Take(500).ToListAsync(ct);
        var pending = await db.Applications.AsNoTracking()
            .Where(a => a.BatchId == id && a.Result == null && a.SuspendedAt == null && db.Reviews.Any(r => r.CaseId == a.Id)
                && (a.Score == null || db.Reviews.Any(r => r.CaseId == a.Id && (r.State == ReviewState.Assigned || r.State == ReviewState.Scoring))))
            .OrderBy(a => a.Number)
            .Select(a => new { a.Id, a.EnterpriseName, Round = db.Reviews.Where(r => r.CaseId == a.Id).OrderByDescending(r => r.AssignedAt).Select(r => r.Round).First() })
            .Select(a => new PendingReview(
                a.Id,
                a.EnterpriseName,
                db.Reviews.Count(r => r.CaseId == a.Id && r.Round == a.Round && r.State == ReviewState.Locked),
                db.Reviews.Count(r => r.CaseId == a.Id && r.Round == a.Round && r.State != ReviewState.Declined)))
            .Take(500).ToListAsync(ct);
        var list = await db.ProposedLists.AsNoTracking().Where(l => l.BatchId == id).OrderByDescending(l => l.Round).FirstOrDefaultAsync(ct);
        var journal = await db.Journal.AsNoTracking().Where(j => j.SubjectId == id).OrderBy(j => j.Sequence).ToListAsync(ct);
        var open = await db.WorkItems.AsNoTracking().FirstOrDefaultAsync(w => w.BatchId == id && w.CaseId == null && w.ClosedAt == null && w.Participant == null, ct);
        var item = open is not null && await MayDecideAsync(open, batch, actor, ct) ? open : null;
        var flow = definitions.Workflow(batch.BatchDefinitionId);
        var seating = item?.Task == Tasks.AssignPanel ? await SeatingAsync(id, ct) : null;
        var hindrance = item?.Task == Tasks.AssignPanel && seating is null ? await rounds.ExecuteAsync(id, actor, ct) is [var waiting, ..] ? waiting.Readiness.Hindrance : null : null;
        var outcomes = item is null ? [] : flow.Get(item.Activity).SettingsAs<WorkItemSettings>() is var settings
            ? settings.Outcomes.Select(o => OutcomeChoice.Of(settings, o)).ToList() : [];
        return new BatchView(
            batch, flow, definitions.Programme(batch.ProgrammeId), [.. counts.OrderByDescending(c => c.Count).Select(c => (c.Key, c.Count))],
            pending, ProposeListHandler.Rank(item?.Task == Tasks.ProposeList ? scored.Where(a => a.Result is null) : scored), list, journal, item, outcomes,
            Round(definitions.Rubric(batch.RubricId), item is null ? null : flow.Get(item.Activity).SettingsAs<WorkItemSettings>().Round), seating, hindrance);
    }

    private async Task<OpenSeating?> SeatingAsync(Guid id, CancellationToken ct)
    {
        var open = await db.Draws.AsNoTracking().Where(d => d.BatchId == id && d.Purpose == DrawPurpose.Panels && (d.State == DrawState.Requested || d.State == DrawState.Committed))
            .Select(d => new { d.Id, d.Number, Draw = (DrawState?)d.State, Assignment = (AssignmentState?)null })
            .Concat(db.Assignments.AsNoTracking().Where(a => a.BatchId == id && (a.State == AssignmentState.Solving || a.State == AssignmentState.Proposed || a.State == AssignmentState.Requested || a.State == AssignmentState.Returned))
                .Select(a => new { a.Id, a.Number, Draw = (DrawState?)null, Assignment = (AssignmentState?)a.State })).FirstOrDefaultAsync(ct);
        return open switch
        {
            null => null,
            { Assignment: { } assignment } => new OpenSeating($"/assignments/{open.Id}", $"评审分派 {open.Number}", assignment switch
            {
                AssignmentState.Solving => "正在计算",
                AssignmentState.Requested => "等待专家库管理处室或处长批准",
                AssignmentState.Returned => "已被退回，请调整后再报批或撤回",
                _ => "方案已生成，请查看后报批",
            }),
            _ => new OpenSeating($"/draws/{open.Id}", $"抽取申请 {open.Number}", open.Draw == DrawState.Requested ? "等待专家库管理处室或处长批准" : "已批准并公布承诺，等待批准人或纪检监察人员抽取"),
        };
    }

    /// <summary>Work with a page of its own is the desk's; a signature may also be given in another's place.</summary>
    private async Task<bool> MayDecideAsync(WorkItem item, Batch batch, Actor actor, CancellationToken ct) =>
        item.IsFor(actor.Holder, actor.UserId)
        || (item.Task is Tasks.SignList or Tasks.Announce && actor.Role != Roles.Inspector && await delegations.ActingAsync(actor, item, batch.ProgrammeKey, ct) is not null);

    private static RoundToSeat Round(RubricDefinition rubric, string? round) =>
        new(round ?? ReviewRound.Default, rubric.Rounds.Count == 0 ? null : rubric.TitleOf(round ?? ReviewRound.Default));
}
