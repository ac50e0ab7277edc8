using System.Collections.Concurrent;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Data.Workflow;

/// <summary>The newest definitions of one programme; a new batch pins them.</summary>
public sealed record ProgrammeEdition(
    ProgrammeDefinition Programme, FormDefinition Form, RubricDefinition Rubric, WorkflowDefinition CaseFlow, WorkflowDefinition BatchFlow,
    WorkflowDefinition TitleFlow);

/// <summary>
/// Every definition version this node has met, by id. Versions never change, so what is here is right for ever; one that was published since the start, here
/// or on another node, is read from the database when it is first asked for.
/// </summary>
public sealed class DefinitionCatalog(IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<string, object> definitions = [];
    private readonly ConcurrentDictionary<string, ProgrammeEdition> editions = [];
    private readonly ConcurrentDictionary<string, (int Known, object Value)> remembered = [];

    /// <summary>The programmes in the definition folders, by key.</summary>
    public IReadOnlyDictionary<string, ProgrammeEdition> Editions => editions;

    public WorkflowDefinition Workflow(string id) => (WorkflowDefinition)Get(id);

    public FormDefinition Form(string id) => (FormDefinition)Get(id);

    public RubricDefinition Rubric(string id) => (RubricDefinition)Get(id);

    public ProgrammeDefinition Programme(string id) => (ProgrammeDefinition)Get(id);

    /// <summary>The versions of one workflow that this node has met.</summary>
    public IEnumerable<WorkflowDefinition> Versions(string definitionId) =>
        definitions.Values.OfType<WorkflowDefinition>().Where(d => d.DefinitionId == definitionId);

    /// <summary>What was worked out from all the versions this node has met, until it meets another.</summary>
    public T Remember<T>(string name, Func<T> workOut)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(workOut);
        var known = definitions.Count;
        if (remembered.TryGetValue(name, out var found) && found.Known == known)
        {
            return (T)found.Value;
        }

        var value = workOut();
        remembered[name] = (known, value);
        return value;
    }

    internal bool Knows(string id) => definitions.ContainsKey(id);

    internal void Add(WorkflowDefinition definition) => definitions[definition.Id] = definition;

    internal void Add(FormDefinition form) => definitions[Ids.Of(form)] = form;

    internal void Add(RubricDefinition rubric) => definitions[Ids.Of(rubric)] = rubric;

    internal void Add(ProgrammeDefinition programme) => definitions[Ids.Of(programme)] = programme;

    internal void AddEdition(ProgrammeEdition edition) => editions[edition.Programme.Key] = edition;

    private object Get(string id)
    {
        if (definitions.TryGetValue(id, out var known))
        {
            return known;
        }

        using var scope = scopes.CreateScope();
        var rows = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>().Definitions.AsNoTracking();
        DefinitionSet.Restore([.. rows.Where(r => rows.Any(asked => asked.Id == id && asked.ProgrammeKey == r.ProgrammeKey))], this);
        return definitions.TryGetValue(id, out var read) ? read : throw new KeyNotFoundException($"There is no definition '{id}'.");
    }
}

/// <summary>Version ids of definitions that carry name and version apart.</summary>
public static class Ids
{
    public static string Of(FormDefinition form) => $"{form.Id}.form.v{form.Version}";

    public static string Of(RubricDefinition rubric) => $"{rubric.Id}.rubric.v{rubric.Version}";

    public static string Of(ProgrammeDefinition programme) => $"{programme.Key}.programme.v{programme.Version}";
}
