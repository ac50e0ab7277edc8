using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Programmes;
using Applications.Domain.Titles;
using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Web.Features.Cases.Show;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Titles.Show;

/// <param name="Flow">Null until the title's life has begun.</param>
/// <param name="Item">The open work item on the reader's desk.</param>
/// <param name="MayRevoke">True when the officer may open a revocation here and now.</param>
public sealed record TitleView(
    Certificate Title, ProgrammeDefinition Programme, WorkflowDefinition? Flow, IReadOnlyList<TitleReport> Reports, IReadOnlyList<JournalEntry> Journal,
    WorkItem? Item, IReadOnlyList<OutcomeChoice> Outcomes, bool MayRevoke)
{
    /// <summary>The ground of revocation in words.</summary>
    public string? GroundText(string? key) => Programme.RevocationGrounds.FirstOrDefault(g => g.Key == key)?.Text ?? key;
}

/// <summary>A title as its holder and the department see it.</summary>
public sealed class TitleShowQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    public async Task<TitleView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var title = await db.TitlesVisibleTo(actor).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFoundException();
        var programme = await (from a in db.Applications join b in db.Batches on a.BatchId equals b.Id where a.Id == title.CaseId select b.ProgrammeId).SingleAsync(ct);
        var reports = await db.TitleReports.AsNoTracking().Where(r => r.CertificateId == id).OrderByDescending(r => r.HandedInAt).ToListAsync(ct);
        var journal = await db.Journal.AsNoTracking().Where(j => j.SubjectId == id).OrderBy(j => j.Sequence).ToListAsync(ct);
        var item = await db.WorkItems.AsNoTracking().FirstOrDefaultAsync(w => w.TitleId == id && w.ClosedAt == null && w.Holder == actor.Holder, ct);
        var flow = title.State is null ? null : definitions.Workflow(title.State.DefinitionId);
        IReadOnlyList<OutcomeChoice> outcomes = item is null ? [] : flow!.Get(item.Activity).SettingsAs<WorkItemSettings>() is var settings
            ? [.. settings.Outcomes.Select(o => OutcomeChoice.Of(settings, o))] : [];
        var mayRevoke = actor.Role == Roles.Officer && flow is not null
            && title.State!.Tokens.Any(t => flow.Get(t.Activity) is var activity && activity.Kind.Answers(activity, TitleHost.Revocation));
        return new TitleView(title, definitions.Programme(programme), flow, reports, journal, item, outcomes, mayRevoke);
    }
}
