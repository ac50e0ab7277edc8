using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Corrections;
using Applications.Domain.Programmes;
using Applications.Web.Features.Enterprises;
using Applications.Web.Features.Shared;
using Applications.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases;

/// <summary>A case with its form, checked: what the task list, the sections, the submission and the API all look at.</summary>
/// <param name="Scope">What expressions see beside the answers.</param>
/// <param name="Open">What the applicant may change now.</param>
/// <param name="Filed">What was filed last; read only while a correction is asked for.</param>
public sealed record CaseForm(
    Application Application, Batch Batch, FormDefinition Form, Answers Answers, AnswerCheck Check, IReadOnlyList<Attachment> Files,
    IReadOnlyList<EligibilityResult> Eligibility, FormScope Scope, OpenFields Open, Answers? Filed) : IFilledForm
{
    /// <summary>Rows with cells that cannot be typed come from the record: nobody brings others.</summary>
    public string? SheetOf(FieldDefinition table) => table.IsTable && !table.ReadOnly && table.Columns.All(c => !c.ReadOnly) ? $"/cases/{Application.Id}/tables/{table.Key}" : null;

    /// <summary>Fields with answers of an earlier application that nobody has confirmed yet; those that are not asked need none.</summary>
    public IReadOnlyList<string> Carried { get; } = [.. Application.ReadCarried().Where(key => !Check.Hidden.Contains(key))];

    public bool MaySubmit => Check.IsValid && Carried.Count == 0 && EligibilityChecker.MaySubmit(Eligibility);
}

/// <summary>Reads and checks a case's draft. The one place where form, enterprise record, files and rules meet.</summary>
public sealed class CaseFormQuery(ApplicationsDbContext db, DefinitionCatalog definitions, HistoryQuery history, FileScans scans, TimeProvider clock)
{
    /// <summary>Checks the draft as it stands, or <paramref name="answers"/> in its place.</summary>
    public async Task<CaseForm> ExecuteAsync(Application application, CancellationToken ct, Answers? answers = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        // Found rather than queried: a command has them already.
        var batch = (await db.Batches.FindAsync([application.BatchId], ct))!;
        var enterprise = (await db.Enterprises.FindAsync([application.EnterpriseId], ct))!;
        var files = await db.Attachments.AsNoTracking()
            .Where(a => a.CaseId == application.Id && a.RemovedAt == null).OrderBy(a => a.AddedAt).ToListAsync(ct);
        var form = definitions.Form(batch.FormId);
        var programme = definitions.Programme(batch.ProgrammeId);
        var scope = ScopeOf(batch, enterprise.Profile, enterprise.Figures, ChinaTime.Today(clock)) with { History = await history.ExecuteAsync(enterprise.Id, ct) };
        var given = answers ?? Answers.Parse(application.Answers);
        var open = OpenFields.Of(form, application.ReadMarks().Keys);
        answers = FormPrefill.Fill(form, scope, given, open.Contains);
        var attached = files.GroupBy(f => f.FieldKey)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<AnswerFile>)[.. g.Select(f => new AnswerFile(f.FileName, f.Size, scans.TroubleOf(f)))]);
        var check = AnswerChecker.Check(form, answers, attached, scope);
        var eligibility = EligibilityChecker.Check(programme, form, programme.FindRuleSet(batch.RuleSetId)!, check, scope);
        var filed = open.IsAll
            ? null
            : await db.Filings.AsNoTracking().Where(f => f.CaseId == application.Id && f.Round == application.FilingRound).Select(f => f.Answers).SingleOrDefaultAsync(ct);
        return new CaseForm(application, batch, form, answers, check, files, eligibility, scope, Reopened(form, open, check, answers, filed), filed is null ? null : Answers.Parse(filed));
    }

    /// <summary>
    /// What a correction puts out of order elsewhere must be put in order too, or the application could never be handed in again; a field that was
    /// changed for that reason stays open.
    /// </summary>
    private static OpenFields Reopened(FormDefinition form, OpenFields open, AnswerCheck check, Answers answers, string? filed) => filed is null
        ? open
        : open.And(check.Errors.Select(e => e.FieldKey)).And(open.ClosedChanges(form, Answers.Parse(filed), answers).Select(f => f.Key));

    /// <param name="today">The day on which the form is looked at.</param>
    public static FormScope ScopeOf(Batch batch, EnterpriseProfile profile, IReadOnlyList<YearFigures> figures, DateOnly today) => new()
    {
        Year = batch.Year,
        Today = today,
        AsOf = ChinaTime.DateOf(batch.OpensAt),
        Enterprise = profile,
        Figures = figures,
    };
}
