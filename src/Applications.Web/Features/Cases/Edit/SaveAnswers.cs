using System.Text.Json;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Merging;

namespace Applications.Web.Features.Cases.Edit;

/// <param name="Change">Makes the new answers out of those stored.</param>
/// <param name="Version">The version of the case the writer saw; it decides where there is no <paramref name="Page"/>.</param>
/// <param name="Page">What the writer's page showed: his changes are then brought together with what others saved since.</param>
/// <param name="Reviewed">Fields the writer looked at and stands for: what was taken over in them from an earlier application is his word now. Null: none.</param>
public sealed record SaveAnswers(Guid CaseId, Guid Version, Func<FormDefinition, Answers, Answers> Change, SectionPage? Page = null, Func<FieldDefinition, bool>? Reviewed = null);

/// <param name="Section">Its key.</param>
/// <param name="Known">What was shown.</param>
/// <param name="Yields">Fields of an earlier conflict in which the other answer is to stand, with the rows in question.</param>
public sealed record SectionPage(string Section, AnswersBase Known, IReadOnlyDictionary<string, IReadOnlyList<string>> Yields);

/// <param name="Taken">Fields in which a colleague's change since was taken over.</param>
/// <param name="By">Who had saved before.</param>
public sealed record SavedAnswers(Guid Version, Answers Answers, FormDefinition Form, IReadOnlyList<FieldDefinition> Taken, string By);

/// <summary>Two people gave different answers to the same field.</summary>
/// <param name="merged">All that could be brought together, with the writer's own where it could not.</param>
public sealed class AnswersConflictException(MergedAnswers merged, string by, DateTime? at) : StaleVersionException("申报书")
{
    public MergedAnswers Merged => merged;

    public string By => by;

    /// <summary>When the other answer was saved, UTC.</summary>
    public DateTime? At => at;

    public override string Message => $"{by}同时修改了“{string.Join("”、“", merged.Conflicts.Select(c => c.Field.Label))}”，与您填写的不同。请选择保留哪一个，再保存。";
}

/// <summary>Keeps what was typed, right or wrong: checking is for later, losing nothing is for now.</summary>
public sealed class SaveAnswersHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, CaseFormQuery forms)
{
    /// <exception cref="AnswersConflictException">A colleague gave another answer to the same field meanwhile.</exception>
    /// <exception cref="StaleVersionException">A colleague saved meanwhile, and what the writer's page showed is not known.</exception>
    /// <exception cref="RuleBrokenException"><c>not-open-for-editing</c>, <c>field-closed</c>.</exception>
    public Task<SavedAnswers> HandleAsync(SaveAnswers request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, null, "save-answers", ("case", request.CaseId), c => SaveAsync(request, actor, c), ct);
    }

    private async Task<SavedAnswers> SaveAsync(SaveAnswers request, Actor actor, CancellationToken ct)
    {
        var (application, batch, item) = await db.FilingAsync(request.CaseId, actor, ct);
        var form = definitions.Form(batch.FormId);

        // Before anything is refused: the page then still shows what was typed.
        var stored = Answers.Parse(application.Answers);
        var typed = request.Change(form, stored);
        item.RequireOpen();
        var (answers, taken) = Merge(request, application, form, stored, typed, actor);
        if (application.HasMarks && (await forms.ExecuteAsync(application, ct)).Open.ClosedChanges(form, stored, answers) is { Count: > 0 } closed)
        {
            throw FilingDesk.Closed(closed);
        }

        var by = NameOf(application, actor);
        application.SaveAnswers(answers.ToJson(), actor.Name, host.Now);
        if (request.Reviewed is { } reviewed && application.ReadCarried() is { Count: > 0 } carried)
        {
            var left = carried.Where(key => form.FindField(key) is { } field && !reviewed(field));
            application.KeepCarried(JsonSerializer.Serialize(left, ApplicationsDbContext.Json));
        }

        application.Version = Guid.NewGuid();
        return new SavedAnswers(application.Version, answers, form, taken, by);
    }

    private static (Answers Answers, IReadOnlyList<FieldDefinition> Taken) Merge(SaveAnswers request, Application application, FormDefinition form, Answers stored, Answers typed, Actor actor)
    {
        if (request.Page is not { } page || form.FindSection(page.Section) is not { } section)
        {
            StaleVersionException.ThrowIfStale(request.Version, application.Version, "申报书");
            return (typed, []);
        }

        var merged = AnswersMerge.Merge(section, page.Known, stored, typed, page.Yields);
        return merged.Conflicts.Count == 0
            ? (merged.Answers, merged.Taken)
            : throw new AnswersConflictException(merged, NameOf(application, actor), application.AnswersSavedAt);
    }

    /// <summary>Who saved last; one who works on two pages at once is told so.</summary>
    private static string NameOf(Application application, Actor actor) =>
        application.AnswersSavedBy is null ? "同事" : application.AnswersSavedBy == actor.Name ? "您在另一个页面" : application.AnswersSavedBy;
}
