using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Approvals;

/// <summary>Something the reader may do here and now.</summary>
/// <param name="Act">One of <see cref="ApprovalActs"/>.</param>
/// <param name="Item">The work item it concerns; null when it concerns the whole case.</param>
/// <param name="Token">The decision to take back.</param>
/// <param name="As">As whom: the reader, or one who empowered him.</param>
public sealed record ApprovalOption(string Act, string Label, Actor As, WorkItem? Item = null, int? Token = null)
{
    /// <summary>Earlier steps to return to: activity id and title.</summary>
    public IReadOnlyList<(string Id, string Title)> Targets { get; init; } = [];

    /// <summary>The words for agreeing and not agreeing.</summary>
    public (string Agree, string Object) Words { get; init; } = ("同意", "不同意");

    /// <summary>What the one who asked for the signature wrote, and what he has decided.</summary>
    public IReadOnlyList<JournalEntry> Asked { get; init; } = [];
}

/// <summary>A case or batch with all that the reader may do with its work; rows are tracked, for the handler that does it.</summary>
public sealed record ApprovalDesk(Application? Application, Batch Batch, IReadOnlyList<ApprovalOption> Options, IReadOnlyList<AppUser> Colleagues)
{
    /// <summary>Sheets of experts are open, who are urged and replaced on a page of their own.</summary>
    public bool WaitsForExperts { get; init; }

    public Guid Id => Application?.Id ?? Batch.Id;

    public string Title => Application?.EnterpriseName ?? Batch.Name;

    public string StageTitle => Application?.StageTitle ?? Batch.StageTitle;

    /// <summary>The page of the case or batch itself.</summary>
    public string Href => Application is null ? $"/admin/batches/{Batch.Id}" : $"/cases/{Application.Id}";
}

/// <summary>The one place that says who may do what besides deciding: the page offers it, the handler asks here again.</summary>
public sealed class ApprovalOptionsQuery(ApplicationsDbContext db, DefinitionCatalog definitions, DelegationSource delegations, TimeProvider clock)
{
    private const int MostUrges = 3;

    /// <summary>Decisions that may be taken back: those made on the page of the case or batch, with nothing beside them that stays.</summary>
    private static readonly string[] Recallable = [Tasks.Check, Tasks.FormalCheck, Tasks.SignList];

    /// <exception cref="NotFoundException">There is no such case or batch, or it is not the reader's to see.</exception>
    public Task<ApprovalDesk> ExecuteAsync(Guid subject, Actor actor, CancellationToken ct) => DeskAsync(subject, actor, true, ct);

    /// <summary>Whether there is anything at all, for the page that would lead here.</summary>
    public async Task<bool> AnyAsync(Guid subject, Actor actor, CancellationToken ct) => (await DeskAsync(subject, actor, false, ct)).Options.Count > 0;

    private async Task<ApprovalDesk> DeskAsync(Guid subject, Actor actor, bool withColleagues, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var application = await db.Applications.VisibleTo(db, actor).SingleOrDefaultAsync(a => a.Id == subject, ct);
        var batchId = application?.BatchId ?? (actor.IsDepartment ? subject : Guid.Empty);
        var batch = await db.Batches.SingleOrDefaultAsync(b => b.Id == batchId, ct) ?? throw new NotFoundException();
        if (actor.Role is Roles.Inspector or Roles.Expert)
        {
            throw new NotFoundException();
        }

        var items = await db.WorkItems
            .Where(w => w.BatchId == batch.Id && w.TitleId == null && w.CaseId == (application == null ? null : application.Id) && (w.ClosedAt == null || w.ClosedBy == actor.UserId))
            .OrderBy(w => w.OpenedAt).ToListAsync(ct);
        var state = application?.State ?? batch.State;
        var options = new List<ApprovalOption>();
        foreach (var item in state.IsFinished || state.IsSuspended ? [] : items.Where(i => i.ClosedAt is null))
        {
            options.AddRange(await OfItemAsync(item, state, batch, application, actor, ct));
        }

        options.AddRange(state.Undos
            .Where(u => !state.IsSuspended && items.Exists(i => i.Token == u.Token && i.ClosedBy == actor.UserId && i.Participant is null && Recallable.Contains(i.Task)))
            .Select(u => new ApprovalOption(ApprovalActs.Recall, "撤回", actor with { Role = items.Last(i => i.Token == u.Token).Holder.Split(':')[0] }, items.Last(i => i.Token == u.Token), u.Token)));
        if (application is not null && !state.IsFinished && actor.Is(Roles.Officer, Roles.Head))
        {
            options.Add(state.IsSuspended ? new(ApprovalActs.Resume, "恢复办理", actor) : new(ApprovalActs.Suspend, "中止办理", actor));
            options.Add(new(ApprovalActs.Terminate, "终止办理", actor));
        }

        var colleagues = withColleagues && options.Exists(o => o.Act is ApprovalActs.Reassign or ApprovalActs.AddSigner) ? await ColleaguesAsync(db, actor, ct) : [];
        return new ApprovalDesk(application, batch, options, colleagues) { WaitsForExperts = actor.IsDepartment && items.Exists(i => i.ClosedAt is null && i.Task == Tasks.Score) };
    }

    /// <summary>Those of the reader's own house, himself left out: the department is one house, each bureau another.</summary>
    public static async Task<IReadOnlyList<AppUser>> ColleaguesAsync(ApplicationsDbContext db, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(actor);
        var roles = actor.IsDepartment ? new[] { Roles.Officer, Roles.Head, Roles.Leader } : [actor.Role];
        return await db.Users.AsNoTracking().Where(u => !u.IsDisabled && u.Id != actor.UserId && roles.Contains(u.Role) && u.ScopeId == actor.ScopeId)
            .OrderBy(u => u.Role).ThenBy(u => u.DisplayName).ToListAsync(ct);
    }

    private async Task<List<ApprovalOption>> OfItemAsync(
        WorkItem item, WorkflowState state, Batch batch, Application? application, Actor actor, CancellationToken ct)
    {
        var definition = definitions.Workflow(state.DefinitionId);
        if (actor.Role == Roles.Applicant)
        {
            return MayUrge(item, actor) && item.Participant is null && application is not null ? [new(ApprovalActs.Urge, "催办", actor, item)] : [];
        }

        if (await delegations.ActingAsync(actor, item, batch.ProgrammeKey, ct) is not { } acting)
        {
            return [.. OfOthers(item, actor)];
        }

        var options = new List<ApprovalOption>();
        switch (definition.Get(item.Activity).Settings)
        {
            case CountersignSettings countersign when item.Participant is not null:
                options.Add(new(ApprovalActs.Sign, "会签", acting, item)
                {
                    Words = (countersign.Labels.GetValueOrDefault(CountersignKind.Agree, "同意"), countersign.Labels.GetValueOrDefault(CountersignKind.Disagree, "不同意")),
                });
                break;
            case WorkItemSettings when item.Participant is not null:
                options.Add(new(ApprovalActs.Sign, "签署意见", acting, item)
                {
                    Asked = await db.Journal.AsNoTracking()
                        .Where(j => j.SubjectId == (application == null ? batch.Id : application.Id) && j.Activity == item.Activity && (j.Kind == "add-signer" || j.Kind == "complete"))
                        .OrderByDescending(j => j.Sequence).Take(2).ToListAsync(ct),
                });
                break;
            case WorkItemSettings settings when item.Task is not (Tasks.File or Tasks.CityList):
                options.Add(new(ApprovalActs.Reassign, "转办", acting, item));
                options.Add(new(ApprovalActs.AddSigner, "加签", acting, item));
                var targets = settings.SendBackTo.Where(t => state.Uses.Keys.Any(k => k.StartsWith(t + ":", StringComparison.Ordinal))).Select(t => (t, definition.Get(t).Title)).ToList();
                if (targets.Count > 0)
                {
                    options.Add(new(ApprovalActs.SendBack, "退回到以前的环节", acting, item) { Targets = targets });
                }

                break;
        }

        return options;
    }

    /// <summary>Work of the same desk that was given to a colleague can be given on; other people's work can be urged.</summary>
    private IEnumerable<ApprovalOption> OfOthers(WorkItem item, Actor actor)
    {
        if (item.Holder == actor.Holder && item.Participant is null)
        {
            yield return new(ApprovalActs.Reassign, $"转办（现由{item.AssigneeName}办理）", actor, item);
        }

        if (MayUrge(item, actor))
        {
            yield return new(ApprovalActs.Urge, "催办", actor, item);
        }
    }

    /// <summary>Three times an item and once a day: more is noise. Experts are urged from the list of open sheets, one letter for all of an expert's files.</summary>
    private bool MayUrge(WorkItem item, Actor actor) =>
        item.Task != Tasks.Score && item.Holder != actor.Holder && item.Holder != actor.OwnDesk && item.UrgedCount < MostUrges && (item.UrgedAt is not { } last || ChinaTime.DateOf(last) < ChinaTime.Today(clock));
}
