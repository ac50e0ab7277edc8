using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Show;

/// <param name="Item">The open work item on which the reader may act, by one of <paramref name="Outcomes"/>.</param>
public sealed record CaseView(
    Application Application, Batch Batch, WorkflowDefinition Flow, ProgrammeDefinition Programme, FormDefinition Form, Answers? Filed,
    Filing? Filing, IReadOnlyList<Attachment> Files, IReadOnlyList<JournalEntry> Journal, WorkItem? Item, IReadOnlyList<(string Outcome, string Label, bool NeedsReason)> Outcomes);

/// <summary>Everything the case page and the API say about a case, cut to what the reader may know.</summary>
public sealed class CaseShowQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    public async Task<CaseView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var application = await db.Applications.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw new NotFoundException();
        var batch = await db.Batches.AsNoTracking().SingleAsync(b => b.Id == application.BatchId, ct);
        var filing = await db.Filings.AsNoTracking().Where(f => f.CaseId == id).OrderByDescending(f => f.Round).FirstOrDefaultAsync(ct);
        var files = await db.Attachments.AsNoTracking().Where(a => a.CaseId == id && a.RemovedAt == null).OrderBy(a => a.FieldKey).ThenBy(a => a.AddedAt).ToListAsync(ct);
        var journal = await db.Journal.AsNoTracking().Where(j => j.SubjectId == id).OrderBy(j => j.Sequence).ToListAsync(ct);
        var items = application.Result is null
            ? await db.WorkItems.AsNoTracking().Where(w => w.CaseId == id && w.ClosedAt == null && w.Participant == null).ToListAsync(ct)
            : [];
        var flow = definitions.Workflow(application.State.DefinitionId);
        var item = items.FirstOrDefault();
        var outcomes = item is null ? [] : Outcomes(flow.Get(item.Activity), application, item, actor);
        return new CaseView(
            application, batch, flow, definitions.Programme(batch.ProgrammeId), definitions.Form(batch.FormId),
            filing is null ? null : Answers.Parse(filing.Answers), filing, files, Cut(journal, actor), item, outcomes);
    }

    private static List<(string, string, bool)> Outcomes(Activity activity, Application application, WorkItem item, Actor actor)
    {
        var settings = activity.SettingsAs<WorkItemSettings>();
        var holder = item.Holder == actor.Holder;
        return [.. settings.OutcomesFor(actor.Role, activity, application.State)
            .Where(o => holder || settings.OtherRoles.ContainsKey(o))
            .Where(o => !(item.Task is Tasks.File or Tasks.CityList && o == settings.Outcomes[0]))
            .Select(o => (o, settings.Labels[o], settings.Reasons.Contains(o)))];
    }

    /// <summary>Applicants and bureaus learn that experts are at work, not who they are or what they said; experts do not learn of each other.</summary>
    private static List<JournalEntry> Cut(List<JournalEntry> journal, Actor actor) => actor.IsDepartment
        ? journal
        : [.. journal.Where(j => j.ActorRole != Roles.Expert && j.Kind != "enlist")];
}
