using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Corrections;
using Applications.Domain.Identifiers;
using Applications.Domain.Workflow;
using Applications.Web.Features.Enterprises;
using Applications.Web.Infrastructure.Workbooks;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Import;

/// <summary>Lays a workbook of applications beside the batch: which drafts would be new, which would change, and what the form's own check says against them.</summary>
public sealed class ApplicationPlanQuery(ApplicationsDbContext db, DefinitionCatalog definitions, TimeProvider clock)
{
    /// <exception cref="NotFoundException">The actor does not import applications, or there is no such batch.</exception>
    public async Task<ApplicationPlan> ExecuteAsync(Guid batchId, Workbook workbook, Actor actor, CancellationToken ct)
    {
        var batch = await BatchAsync(batchId, actor, ct);
        var form = definitions.Form(batch.FormId);
        var read = new ApplicationSheets(form).Read(workbook);
        var codes = read.Applications.Select(a => a.Uscc).Distinct().ToList();
        var enterprises = await db.Enterprises.VisibleTo(actor).Where(e => codes.Contains(e.Uscc)).ToDictionaryAsync(e => e.Uscc, ct);
        var ids = enterprises.Values.Select(e => e.Id).ToList();
        var running = (await db.Applications.Where(a => a.BatchId == batchId && ids.Contains(a.EnterpriseId) && a.Result == null).ToListAsync(ct)).ToDictionary(a => a.EnterpriseId);
        var twice = read.Applications.Where(a => a.Uscc.Length > 0).GroupBy(a => a.Uscc).Where(g => g.Count() > 1).ToDictionary(g => g.Key, g => string.Join("、", g.Select(a => a.Row.Number)));
        List<SheetFault> faults = [.. read.Faults];
        var rows = new List<PlannedApplication>();
        foreach (var one in read.Applications)
        {
            List<SheetFault> here = [.. one.Faults];
            var enterprise = enterprises.GetValueOrDefault(one.Uscc);
            var application = enterprise is null ? null : running.GetValueOrDefault(enterprise.Id);
            CheckEnterprise(one, enterprise, application, twice.GetValueOrDefault(one.Uscc), here);
            if (here.Count == 0 && Plan(form, CaseFormQuery.ScopeOf(batch, enterprise!.Profile, enterprise.Figures, ChinaTime.Today(clock)), one, enterprise, application, here) is { } planned && here.Count == 0)
            {
                rows.Add(planned);
            }

            faults.AddRange(here);
        }

        return new ApplicationPlan(batch, read, rows, [.. faults.GroupBy(f => f.Sheet).SelectMany(g => g.InOrder())]);
    }

    /// <summary>A batch for which the actor may hand in applications.</summary>
    public async Task<Batch> BatchAsync(Guid id, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(Roles.Officer, Roles.City) ? await db.Batches.SingleOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFoundException() : throw new NotFoundException();
    }

    private static void CheckEnterprise(SheetApplication one, Enterprise? enterprise, Application? application, string? rows, List<SheetFault> faults)
    {
        if (one.Uscc.Length > 0 && enterprise is null)
        {
            var check = Uscc.Check(one.Uscc);
            faults.Add(one.Row.Fault(ApplicationSheets.Uscc, check is { IsValid: false, MayBeOverridden: false } ? check.Message : "企业名录中没有这家企业（或不属于本市），请先导入企业。"));
        }

        if (rows is not null)
        {
            faults.Add(one.Row.Fault(ApplicationSheets.Uscc, $"第 {rows} 行是同一家企业，请只保留一行。"));
        }

        if (application is { IsDraft: false })
        {
            faults.Add(one.Row.Fault(ApplicationSheets.Uscc, "该企业在本批次的申报已提交，不能再导入。"));
        }
    }

    private static PlannedApplication Plan(FormDefinition form, FormScope scope, SheetApplication one, Enterprise enterprise, Application? draft, List<SheetFault> faults)
    {
        var before = FormPrefill.Fill(form, scope, draft is null ? null : Answers.Parse(draft.Answers));
        var after = before.Clone();
        foreach (var (key, value) in one.Answers.Json)
        {
            after[key] = value?.DeepClone();
        }

        after = FormPrefill.Fill(form, scope, after);
        var check = AnswerChecker.Check(form, after, null, scope);
        foreach (var error in check.Mistakes.Where(e => one.Fields.Contains(e.FieldKey)))
        {
            faults.Add(FaultOf(form, one, error));
        }

        // What another answer hides is not asked about, and so not checked; but nothing unreadable is kept for the day it is.
        foreach (var field in form.Fields.Where(f => one.Fields.Contains(f.Key) && check.Hidden.Contains(f.Key) && !f.IsTable && after[f.Key] is not null))
        {
            if (FieldCells.Problem(field, after[field.Key]!) is { } problem)
            {
                faults.Add(one.Row.Fault(field.Key, problem));
            }
        }

        IReadOnlyList<PlannedAnswer> changed = draft is null
            ? []
            : [.. form.Fields.Where(f => one.Fields.Contains(f.Key) && !OpenFields.Same(before[f.Key], after[f.Key])).Select(f => new PlannedAnswer(f, TextOf(f, before), TextOf(f, after)))];
        return new PlannedApplication(one, enterprise, draft, after, changed, check.Errors.Count);
    }

    private static SheetFault FaultOf(FormDefinition form, SheetApplication one, AnswerError error)
    {
        var field = form.FindField(error.FieldKey)!;
        if (error.Row is { } index && one.Rows.TryGetValue(field.Key, out var rows) && index < rows.Count)
        {
            // The place says which row it is.
            var words = error.Message.StartsWith($"第{index + 1}行：", StringComparison.Ordinal) ? error.Message[(error.Message.IndexOf('：', StringComparison.Ordinal) + 1)..] : error.Message;
            return rows[index].Fault(error.Column ?? ApplicationSheets.Uscc, field.FindColumn(error.Column ?? string.Empty) is { } column ? Explained(column, words) : words);
        }

        return one.Rows.TryGetValue(field.Key, out rows) ? rows[0].Fault(ApplicationSheets.Uscc, error.Message) : one.Row.Fault(field.Key, Explained(field, error.Message));
    }

    private static string Explained(FieldDefinition field, string words) => field.Kind is FieldKind.Choice ? $"{words.TrimEnd('。')}，应为{FieldCells.Expected(field)}。" : words;

    private static string TextOf(FieldDefinition field, Answers answers) => field.IsTable ? $"{answers.Rows(field.Key).Count} 行" : FormDisplay.Text(field, answers[field.Key]);
}
