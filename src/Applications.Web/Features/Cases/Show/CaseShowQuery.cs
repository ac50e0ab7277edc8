using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Similarity;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Reviews;
using Applications.Domain.Rubrics;
using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Web.Features.Cases.Rounds;
using Applications.Web.Features.Cases.Similar;
using Applications.Web.Features.Meetings;
using Applications.Web.Features.Reviews;
using Applications.Web.Infrastructure.Navigation;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Show;

/// <summary>An outcome the reader may choose.</summary>
/// <param name="Marks">True when it sends the application back with marked fields.</param>
public sealed record OutcomeChoice(string Outcome, string Label, bool NeedsReason, bool Marks)
{
    public static OutcomeChoice Of(WorkItemSettings settings, string outcome) =>
        new(outcome, settings.Labels[outcome], settings.Reasons.Contains(outcome), Domain.Workflow.Outcomes.SendsBack(outcome));
}

/// <param name="Turn">Whose turn it is, in words.</param>
/// <param name="Item">The open work item on which the reader may act, by one of <paramref name="Outcomes"/>.</param>
/// <param name="Panel">Who reviews and how far they are; for the department only.</param>
/// <param name="CertificateNumber">The certificate the case led to.</param>
/// <param name="RecordChanged">The enterprise has touched its record since the last filing; for those who check what was filed.</param>
/// <param name="Similar">What the comparison with earlier applications gave; null for those who may not see it.</param>
/// <param name="Changes">What differs from the filing before; null at the first, and for experts, who read what is filed now.</param>
public sealed record CaseView(
    Application Application, Batch Batch, WorkflowDefinition Flow, ProgrammeDefinition Programme, FormDefinition Form, RubricDefinition Rubric, Answers? Filed,
    Filing? Filing, IReadOnlyList<Attachment> Files, IReadOnlyList<JournalEntry> Journal, string Turn, WorkItem? Item, IReadOnlyList<OutcomeChoice> Outcomes,
    IReadOnlyList<Review> Panel, string? CertificateNumber, bool RecordChanged, SimilarSummary? Similar,
    FilingChanges? Changes)
{
    /// <summary>Draws and assignments whose names the reader may not read yet.</summary>
    public IReadOnlySet<Guid> SealedSources { get; init; } = new HashSet<Guid>();

    /// <summary>What the reader calls the expert of a seat: by name, or by its place while the names are sealed.</summary>
    public string NameOf(Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return review.SourceId is { } source && SealedSources.Contains(source)
            ? $"专家 {Panel.Where(p => p.Round == review.Round).TakeWhile(p => p.Id != review.Id).Count() + 1}（评审日开封）"
            : review.ExpertName;
    }

    /// <summary>Sessions that take the case: when and where for everybody who may read it, except experts; what came of it for the department.</summary>
    public IReadOnlyList<CaseMeeting> Meetings { get; init; } = [];

    /// <summary>The city's quota in this batch, for the city itself where there is one.</summary>
    public QuotaUse? Quota { get; init; }
}

/// <param name="Limit">What the city may recommend.</param>
/// <param name="Used">What it has recommended already.</param>
public sealed record QuotaUse(int Limit, int Used);

/// <summary>Everything the case page and the API say about a case, cut to what the reader may know.</summary>
public sealed class CaseShowQuery(ApplicationsDbContext db, DefinitionCatalog definitions, DelegationSource delegations, SealedSourcesQuery sources, CaseMeetingsQuery meetings)
{
    public async Task<CaseView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var compares = SimilarQuery.May(actor);
        var forCity = actor.Role == Roles.City;
        var meets = actor.Role != Roles.Expert;
        var checks = actor.IsDepartment || actor.Is(Roles.City, Roles.County);

        // One query for all there is one of. An open item is one of several only while branches run side by side.
        var found = (await (
            from a in db.Applications.AsNoTracking().VisibleTo(db, actor)
            join b in db.Batches on a.BatchId equals b.Id
            from f in db.Filings.Where(f => f.CaseId == a.Id && f.Round == a.FilingRound).DefaultIfEmpty()
            from w in db.WorkItems.Where(w => w.CaseId == a.Id && w.ClosedAt == null && w.Participant == null).DefaultIfEmpty()
            from q in db.Quotas.Where(q => forCity && q.BatchId == a.BatchId && q.CityId == a.CityId).DefaultIfEmpty()
            where a.Id == id
            select new
            {
                Application = a,
                Batch = b,
                Filing = f,
                Item = w,
                Compared = compares && db.CaseTexts.Any(t => t.CaseId == a.Id && t.ComparedAt != null),
                Alike = db.SimilarPairs.Count(p => compares && p.CaseId == a.Id && p.Characters > 0 && !p.IsOwn),
                Highest = db.SimilarPairs.Where(p => compares && p.CaseId == a.Id && !p.IsOwn).Max(p => (int?)p.Share),
                Own = db.SimilarPairs.Count(p => compares && p.CaseId == a.Id && p.Characters > 0 && p.IsOwn),
                Suspected = db.SimilarPairs.Count(p => compares && p.CaseId == a.Id && p.Verdict == SimilarityVerdict.Suspected),
                Reasonable = db.SimilarPairs.Count(p => compares && p.CaseId == a.Id && p.Verdict == SimilarityVerdict.Reasonable),
                Claimed = db.CaseClaims.Count(c => compares && c.CaseId == a.Id && db.CaseClaims.Any(o => o.Kind == c.Kind && o.Text == c.Text && o.EnterpriseId != c.EnterpriseId)),
                Quota = q,
                Meets = meets && db.Meetings.Any(m => m.BatchId == a.BatchId),
                RecordTouched = checks && db.Enterprises.Any(e => e.Id == a.EnterpriseId && f != null && e.UpdatedAt > f.FiledAt),
                Certificate = db.Certificates.Where(c => c.CaseId == a.Id).Select(c => c.Number).FirstOrDefault(),
            }).ToListAsync(ct)).FirstOrDefault() ?? throw new NotFoundException();
        var (application, batch, filing) = (found.Application, found.Batch, found.Filing);
        var item = application.Result is null ? found.Item : null;
        var files = await db.Attachments.AsNoTracking().Where(a => a.CaseId == id).OrderBy(a => a.FieldKey).ThenBy(a => a.AddedAt).ToListAsync(ct);
        var journal = await db.Journal.AsNoTracking().Where(j => j.SubjectId == id).OrderBy(j => j.Sequence).ToListAsync(ct);
        var flow = definitions.Workflow(application.State.DefinitionId);
        var outcomes = item is null || application.State.IsSuspended
            ? []
            : Outcomes(flow.Get(item.Activity), application, item, await ActingAsync(item, batch, actor, ct));
        var panel = actor.IsDepartment
            ? await db.Reviews.AsNoTracking().Where(r => r.CaseId == id).OrderBy(r => r.AssignedAt).ThenBy(r => r.Id).ToListAsync(ct)
            : [];
        var sealedSources = await sources.OfAsync(panel.Select(p => p.SourceId), actor, ct);
        var certificate = application.Selected == true && application.Result is not null ? found.Certificate : null;
        return new CaseView(
            application, batch, flow, definitions.Programme(batch.ProgrammeId), definitions.Form(batch.FormId), definitions.Rubric(batch.RubricId),
            filing is null ? null : Answers.Parse(filing.Answers), filing, [.. files.Where(f => f.IsOf(filing?.Round))], Cut(journal, actor, flow, application, sealedSources.Count > 0), await TurnAsync(application, found.Item, ct), item, outcomes, panel, certificate, found.RecordTouched,
            compares ? new SimilarSummary(found.Compared, found.Alike, found.Highest ?? 0, found.Own, found.Claimed, actor.IsDepartment ? found.Suspected : null, actor.IsDepartment ? found.Reasonable : null) : null,
            filing is null || filing.Round == 1 || actor.Role == Roles.Expert ? null : await ChangesAsync(batch, filing, files, ct))
        {
            SealedSources = sealedSources,
            Meetings = found.Meets ? await meetings.ExecuteAsync(application, actor, ct) : [],
            Quota = found.Quota is { } quota ? new QuotaUse(quota.Limit, quota.Used) : null,
        };
    }

    private async Task<FilingChanges> ChangesAsync(Batch batch, Filing filing, List<Attachment> files, CancellationToken ct)
    {
        var before = await db.Filings.AsNoTracking().SingleAsync(f => f.CaseId == filing.CaseId && f.Round == filing.Round - 1, ct);
        return FilingChanges.Between(definitions.Form(batch.FormId), batch, before, filing, files, FilingDesk.ReadMarks(filing.Marks));
    }

    /// <summary>The reader himself, or one in whose place he may decide; asked of the database only where that can be.</summary>
    private async Task<Actor> ActingAsync(WorkItem item, Batch batch, Actor actor, CancellationToken ct) =>
        item.Holder != actor.Holder && actor.Is(Roles.Officer, Roles.Head, Roles.Leader, Roles.City, Roles.County)
            ? await delegations.ActingAsync(actor, item, batch.ProgrammeKey, ct) ?? actor
            : actor;

    private async Task<string> TurnAsync(Application application, WorkItem? item, CancellationToken ct)
    {
        if (application.State.Tokens.Any(t => t.Chosen is not null))
        {
            return "等待加签人员签署";
        }

        if (item is { AssigneeName: { } assignee })
        {
            return assignee;
        }

        if (application.Holder?.Split(':') is not [var role, ..])
        {
            return application.Result is null ? "等待批次推进" : "已办结";
        }

        var bureau = role switch { Roles.County => application.CountyId, Roles.City => application.CityId, _ => null };
        return (bureau is null ? null : await db.Organisations.AsNoTracking().Where(o => o.Id == bureau).Select(o => o.Name).SingleOrDefaultAsync(ct))
            ?? (role == Roles.Applicant ? application.EnterpriseName : Navigation.RoleLabel(role));
    }

    private static List<OutcomeChoice> Outcomes(Activity activity, Application application, WorkItem item, Actor actor)
    {
        var settings = activity.SettingsAs<WorkItemSettings>();
        // Given to a colleague by name, it is no longer the reader's.
        var holder = item.Holder == actor.Holder && (item.AssigneeId is null || item.AssigneeId == actor.UserId);
        return [.. settings.OutcomesFor(actor.Role, activity, application.State)
            .Where(o => holder || settings.OtherRoles.ContainsKey(o))
            .Where(o => !(item.Task is Tasks.File or Tasks.CityList && o == settings.Outcomes[0]))
            .Select(o => OutcomeChoice.Of(settings, o))];
    }

    /// <summary>
    /// Applicants and bureaus learn that experts are at work, not who they are or what they said; experts do not learn of each other. What the
    /// department concludes from a site check or in its synthesis is its own until the case is over.
    /// </summary>
    private static List<JournalEntry> Cut(List<JournalEntry> journal, Actor actor, WorkflowDefinition flow, Application application, bool isSealed) => actor.IsDepartment
        ? (isSealed ? journal.FindAll(j => j.ActorRole != Roles.Expert) : journal)
        : [.. journal.Where(j => j.ActorRole != Roles.Expert && j.Kind is not ("enlist" or "reopen" or "answer") && (actor.Role != Roles.Applicant || !IsInternal(j.Kind))
            && (application.Result is not null || flow.Find(j.Activity)?.Settings is not WorkItemSettings { Task: Tasks.SiteCheck or Tasks.Synthesis }))];

    /// <summary>How a bureau shares its work is not the applicant's business; what was decided is.</summary>
    private static bool IsInternal(string kind) => kind is "reassign" or "add-signer" or "sign";
}
