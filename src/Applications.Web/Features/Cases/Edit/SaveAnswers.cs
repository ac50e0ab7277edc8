using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Forms;

namespace Applications.Web.Features.Cases.Edit;

/// <param name="Change">Makes the new answers out of those stored.</param>
/// <param name="Version">The version of the case the writer saw.</param>
public sealed record SaveAnswers(Guid CaseId, Guid Version, Func<FormDefinition, Answers, Answers> Change);

/// <summary>Keeps what was typed, right or wrong: checking is for later, losing nothing is for now.</summary>
public sealed class SaveAnswersHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, CaseFormQuery forms)
{
    /// <returns>The case's new version.</returns>
    /// <exception cref="StaleVersionException">A colleague saved meanwhile.</exception>
    /// <exception cref="RuleBrokenException"><c>not-open-for-editing</c>, <c>field-closed</c>.</exception>
    public Task<Guid> HandleAsync(SaveAnswers request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, null, "save-answers", ("case", request.CaseId), c => SaveAsync(request, actor, c), ct);
    }

    private async Task<Guid> SaveAsync(SaveAnswers request, Actor actor, CancellationToken ct)
    {
        var (application, batch, item) = await db.FilingAsync(request.CaseId, actor, ct);
        var form = definitions.Form(batch.FormId);

        // Before anything is refused: the page then still shows what was typed.
        var stored = Answers.Parse(application.Answers);
        var answers = request.Change(form, stored);
        item.RequireOpen();
        StaleVersionException.ThrowIfStale(request.Version, application.Version, "申报书");
        if (application.HasMarks && (await forms.ExecuteAsync(application, ct)).Open.ClosedChanges(form, stored, answers) is { Count: > 0 } closed)
        {
            throw FilingDesk.Closed(closed);
        }

        application.SaveAnswers(answers.ToJson(), actor.Name, host.Now);
        application.Version = Guid.NewGuid();
        return application.Version;
    }
}
