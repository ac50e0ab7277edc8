using Applications.Data.Outbox;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Workflow;

/// <summary>
/// Loads the definition folders at start: every file is validated, recorded the first time its version is seen, and refused when its text
/// differs from what was recorded under the same version (published definitions are immutable). Older versions come back from the database.
/// </summary>
public sealed class DefinitionPublisher(ApplicationsDbContext db, DefinitionCatalog catalog, TimeProvider clock)
{
    /// <param name="root">The <c>workflows</c> folder.</param>
    /// <exception cref="DefinitionException">A file is unsound, or was changed without a new version.</exception>
    public async Task PublishAsync(string root, CancellationToken ct)
    {
        var recorded = await db.Definitions.ToDictionaryAsync(d => d.Id, ct);
        foreach (var folder in DefinitionFolders.Find(root))
        {
            foreach (var (id, kind, json, file) in DefinitionSet.Read(folder.Key, folder.Read, catalog))
            {
                Record(recorded, id, kind, folder.Key, json, $"{folder.Key}/{file}");
            }
        }

        foreach (var programme in recorded.Values.GroupBy(r => r.ProgrammeKey))
        {
            DefinitionSet.Restore(programme, catalog);
        }

        foreach (var row in recorded.Values.Where(r => r is { Kind: "workflow", DefinitionId: "" }))
        {
            var flow = catalog.Workflow(row.Id);
            (row.DefinitionId, row.Number, row.Name) = (flow.DefinitionId, flow.Version, flow.Name);
        }

        await db.SaveChangesAsync(ct);
    }

    private void Record(Dictionary<string, DefinitionRow> recorded, string id, string kind, string programme, string json, string file)
    {
        var hash = VersionPublisher.HashOf(json);
        if (recorded.TryGetValue(id, out var row))
        {
            if (row.ContentHash != hash)
            {
                throw new DefinitionException(file, id, "The file has changed, but this version is already published. Raise its version instead.");
            }

            return;
        }

        row = new DefinitionRow
        {
            Id = id,
            Kind = kind,
            ProgrammeKey = programme,
            ContentHash = hash,
            Json = json,
            PublishedAt = clock.GetUtcNow().UtcDateTime,
        };
        recorded.Add(id, row);
        db.Definitions.Add(row);
    }
}

/// <summary>The six files of one programme, read in the order in which they refer to one another.</summary>
internal static class DefinitionSet
{
    public static IReadOnlyList<(string Id, string Kind, string Json, string File)> Read(string key, Func<string, string> read, DefinitionCatalog catalog)
    {
        var formJson = read("form.json");
        var form = FormDefinition.Parse(formJson, $"{key}/form.json");
        var rubricJson = read("rubric.json");
        var rubric = RubricDefinition.Parse(rubricJson, $"{key}/rubric.json", form);
        var programmeJson = read("programme.json");
        var programme = ProgrammeDefinition.Parse(programmeJson, $"{key}/programme.json", form);
        var caseJson = read("case.workflow.json");
        var caseFlow = WorkflowLoader.Load(caseJson, $"{key}/case.workflow.json", Vocabulary.Known);
        var batchJson = read("batch.workflow.json");
        var batchFlow = WorkflowLoader.Load(batchJson, $"{key}/batch.workflow.json", Vocabulary.Known);
        var titleJson = read("title.workflow.json");
        var titleFlow = WorkflowLoader.Load(titleJson, $"{key}/title.workflow.json", Vocabulary.Known);
        FlowPair.Require(caseFlow, batchFlow, $"{key}/case.workflow.json");
        FlowRounds.Require(key, rubric, caseFlow, batchFlow);
        FlowGrounds.Require($"{key}/title.workflow.json", programme, titleFlow);

        catalog.Add(form);
        catalog.Add(rubric);
        catalog.Add(programme);
        catalog.Add(caseFlow);
        catalog.Add(batchFlow);
        catalog.Add(titleFlow);
        catalog.AddEdition(new ProgrammeEdition(programme, form, rubric, caseFlow, batchFlow, titleFlow));
        return
        [
            (Ids.Of(form), "form", formJson, "form.json"),
            (Ids.Of(rubric), "rubric", rubricJson, "rubric.json"),
            (Ids.Of(programme), "programme", programmeJson, "programme.json"),
            (caseFlow.Id, "workflow", caseJson, "case.workflow.json"),
            (batchFlow.Id, "workflow", batchJson, "batch.workflow.json"),
            (titleFlow.Id, "workflow", titleJson, "title.workflow.json"),
        ];
    }

    /// <summary>Brings back versions that running cases need and the folder no longer holds.</summary>
    public static void Restore(IEnumerable<DefinitionRow> rows, DefinitionCatalog catalog)
    {
        var all = rows.Where(r => !catalog.Knows(r.Id)).ToList();
        foreach (var row in all.Where(r => r.Kind == "form"))
        {
            catalog.Add(FormDefinition.Parse(row.Json, row.Id));
        }

        foreach (var row in all.Where(r => r.Kind == "workflow"))
        {
            catalog.Add(WorkflowLoader.Load(row.Json, row.Id, Vocabulary.Known));
        }

        // Rules and rubrics speak of the fields of a form; the edition they were published with is the newest form not younger than they are.
        var forms = rows.Where(r => r.Kind == "form").OrderByDescending(r => r.PublishedAt).ToList();
        foreach (var row in all.Where(r => r.Kind is "rubric" or "programme"))
        {
            var form = catalog.Form((forms.Find(f => f.PublishedAt <= row.PublishedAt) ?? forms[^1]).Id);
            if (row.Kind == "rubric")
            {
                catalog.Add(RubricDefinition.Parse(row.Json, row.Id, form));
            }
            else
            {
                catalog.Add(ProgrammeDefinition.Parse(row.Json, row.Id, form));
            }
        }
    }
}
