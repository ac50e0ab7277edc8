using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Web.Features.Enterprises;
using Applications.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases;

/// <summary>A case with its form, checked: what the task list, the sections, the submission and the API all look at.</summary>
/// <param name="Scope">What expressions see beside the answers.</param>
public sealed record CaseForm(
    Application Application, Batch Batch, FormDefinition Form, Answers Answers, AnswerCheck Check, IReadOnlyList<Attachment> Files,
    IReadOnlyList<EligibilityResult> Eligibility, FormScope Scope) : IFilledForm
{
    public bool MaySubmit => Check.IsValid && EligibilityChecker.MaySubmit(Eligibility);
}

/// <summary>Reads and checks a case's draft. The one place where form, enterprise record, files and rules meet.</summary>
public sealed class CaseFormQuery(ApplicationsDbContext db, DefinitionCatalog definitions, HistoryQuery history)
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
        var scope = ScopeOf(batch, enterprise) with { History = await history.ExecuteAsync(enterprise.Id, ct) };
        answers = FormPrefill.Fill(form, scope, answers ?? Answers.Parse(application.Answers));
        var given = files.GroupBy(f => f.FieldKey)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<AnswerFile>)[.. g.Select(f => new AnswerFile(f.FileName, f.Size))]);
        var check = AnswerChecker.Check(form, answers, given, scope);
        var eligibility = EligibilityChecker.Check(programme, form, programme.FindRuleSet(batch.RuleSetId)!, check, scope);
        return new CaseForm(application, batch, form, answers, check, files, eligibility, scope);
    }

    public static FormScope ScopeOf(Batch batch, Enterprise enterprise) => new()
    {
        Year = batch.Year,
        Today = ChinaTime.DateOf(batch.OpensAt),
        Enterprise = enterprise.Profile,
        Figures = enterprise.Figures,
    };
}
