using System.Text.Json;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Outbox;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Programmes;
using Applications.Domain.Programmes.Crossing;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Web.Features.Cases.Checks;

namespace Applications.Web.Features.Cases.Submit;

/// <param name="Explanations">The applicant's words to findings, by the finding's key.</param>
public sealed record SubmitApplication(Guid CaseId, Guid Version, Guid IdempotencyKey, IReadOnlyDictionary<string, string?>? Explanations = null);

/// <summary>Files the application: first submission, correction or supplement, whichever the case waits for.</summary>
public sealed class SubmitApplicationHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, CaseFormQuery forms, CrossCheckQuery crossChecks, DefinitionCatalog definitions)
{
    /// <summary>Of a word to a finding.</summary>
    public const int LongestWord = 500;

    /// <returns>The application's number.</returns>
    /// <exception cref="RuleBrokenException"><c>window-closed</c>, <c>uscc-unconfirmed</c>, <c>answers-incomplete</c>, <c>carried-unread</c>, <c>not-eligible</c>, <c>explanation-required</c>, <c>not-open-for-editing</c>.</exception>
    public Task<string> HandleAsync(SubmitApplication request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "submit-application", ("case", request.CaseId), c => SubmitAsync(request, actor, c), ct);
    }

    private async Task<string> SubmitAsync(SubmitApplication request, Actor actor, CancellationToken ct)
    {
        var (application, batch, found) = await db.FilingAsync(request.CaseId, actor, ct);
        var item = found.RequireOpen();
        StaleVersionException.ThrowIfStale(request.Version, application.Version, "申报书");
        if (application.IsDraft && !batch.IsFilingOpen(host.Now))
        {
            throw new RuleBrokenException("window-closed", "申报已截止，不能提交。您填写的内容已保存。");
        }

        if (await db.Enterprises.FindAsync([application.EnterpriseId], ct) is { HasAcceptedUscc: false })
        {
            throw new RuleBrokenException("uscc-unconfirmed", "统一社会信用代码校验不符，须由市级工信部门核实后才能提交。请携营业执照联系市级工信部门。");
        }

        var form = await forms.ExecuteAsync(application, ct);
        if (!form.Check.IsValid)
        {
            throw new RuleBrokenException("answers-incomplete", $"还有 {form.Check.Errors.Count} 处需要填写或改正，请按列表逐项处理。");
        }

        if (form.Carried is { Count: > 0 } carried)
        {
            throw new RuleBrokenException("carried-unread", $"还有 {carried.Count} 栏沿用或导入的内容没有核对，请在申报书中逐页核对并保存。");
        }

        if (!EligibilityChecker.MaySubmit(form.Eligibility))
        {
            throw new RuleBrokenException("not-eligible", "未满足必须具备的申报条件，不能提交。请查看“申报条件自查”。");
        }

        application.Explain(Explained(await crossChecks.ExecuteAsync(form, ct), request.Explanations ?? new Dictionary<string, string?>()));
        application.SaveAnswers(form.Answers.ToJson(), actor.Name, host.Now);
        var isAgain = !application.IsDraft;
        var subject = FlowSubjects.Of(application, batch);
        await host.CompleteAsync(subject, item.Token, FilingOutcome(application, item), actor, null, ct);
        if (isAgain)
        {
            // The flow writes the first receipt; a correction or supplement goes on to whoever asked for it.
            db.Send(
                OutboxKinds.SendLetter, new SendLetter("receipt-again", subject.HolderFor(Roles.Applicant), batch.Id, application.Id, null, $"第 {application.FilingRound} 次提交"),
                $"receipt-again:{application.Id:N}:{application.FilingRound}", host.Now);
        }

        return application.Number!;
    }

    /// <summary>The words as they are kept: those to findings that there are.</summary>
    private static string Explained(IReadOnlyList<CrossFinding> findings, IReadOnlyDictionary<string, string?> given)
    {
        var words = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var finding in findings.Where(f => f.AsksReason))
        {
            var word = given.GetValueOrDefault(finding.Key)?.Trim();
            if (string.IsNullOrEmpty(word))
            {
                throw new RuleBrokenException("explanation-required", $"{finding.ForApplicant}请说明原因。", $"Explanations[{finding.Key}]");
            }

            if (word.Length > LongestWord)
            {
                throw new RuleBrokenException("text-too-long", $"说明不超过 {LongestWord} 字。", $"Explanations[{finding.Key}]");
            }

            words[finding.Key] = word;
        }

        return JsonSerializer.Serialize(words, ApplicationsDbContext.Json);
    }

    /// <summary>The first outcome the definition offers the applicant here is the one that files.</summary>
    private string FilingOutcome(Application application, WorkItem item) =>
        definitions.Workflow(application.State.DefinitionId).Get(item.Activity).SettingsAs<WorkItemSettings>().Outcomes[0];
}
